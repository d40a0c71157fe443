#!/bin/sh
# Pins all dependencies with their hashes into requirements.lock and requirements-dev.lock, from pyproject.toml.
# One resolution holds for CPython 3.11 to 3.13 on every platform; wheels only, so that installing runs no one's code.
# UPGRADE=1 takes newer versions where there are any.
set -eu
cd "$(dirname "$0")/.."
UV=$(command -v uv || echo .venv/bin/uv)
"$UV" --version >/dev/null 2>&1 || { echo "make lock needs uv: pip install uv" >&2; exit 1; }

pin() {  # output, then the dependency groups
    out=$1; shift
    "$UV" pip compile pyproject.toml "$@" --universal --fork-strategy fewest --python-version 3.11 --generate-hashes --quiet \
        --only-binary :all: --emit-build-options --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" \
        ${UPGRADE:+--upgrade} --output-file "$out"
    echo "$out: $(grep -c '==' "$out") packages"
}

pin requirements-dev.lock --group dev
# The program itself gets the very versions that it was tested with.
pin requirements.lock --group build --constraints requirements-dev.lock
