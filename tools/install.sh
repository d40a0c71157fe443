#!/bin/sh
# install.sh VENV LOCK: makes the virtual environment if need be, installs the lock into it, then the package itself.
# Every file is checked against its hash in the lock; uv does it where it is on the PATH, pip otherwise. Nothing is compiled
# ahead: Python does so with what it loads, which is a part.
set -eu
venv=$1 lock=$2

# from 3.11 on, and up to the version given
usable() { "$1" -c "import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, $2))" 2>/dev/null; }

find_python() {
    for newest in 13 99; do
        for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11}; do
            if usable "$candidate" $newest; then
                [ $newest = 13 ] || echo "Only Python newer than 3.13 is here, on which this is not tested." >&2
                echo "$candidate"
                return
            fi
        done
    done
    echo "Follow the Arms needs Python 3.11 or newer, and found none${PYTHON:+ at $PYTHON}." >&2
    echo "Install one, or name it: make demo PYTHON=/path/to/python3.12" >&2
    exit 1
}

make_venv() {
    python=$(find_python)
    echo "Making $venv with $("$python" --version)"
    if command -v uv >/dev/null 2>&1; then
        uv venv --quiet --allow-existing --python "$python" "$venv"
    elif ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        echo "$python cannot make a virtual environment with pip in it." >&2
        echo "On Debian and Ubuntu: sudo apt-get install python3-venv; or put uv on the PATH." >&2
        exit 1
    else
        "$python" -m venv "$venv"
    fi
}

if ! usable "$venv/bin/python" 99; then make_venv; fi

if [ -t 1 ]; then on_terminal=1; else on_terminal=; fi

# Reads what pip says and, on a terminal, counts its packages in one line; ends with pip's exit status.
count() {
    n=0 status=1
    while read -r word name _; do
        case $word in
        exit) status=$name ;;
        Collecting)
            n=$((n + 1))
            [ -z "$on_terminal" ] || printf '\r  %d of %d  %-40s' $n "$packages" "${name%%=*}"
            ;;
        esac
    done
    [ -z "$on_terminal" ] || printf '\r%60s\r' ''
    return "$status"
}

packages=$(grep -c '==' "$lock")
echo "Installing $packages packages from $lock"
if command -v uv >/dev/null 2>&1; then
    uv pip install --quiet --python "$venv/bin/python" --require-hashes -r "$lock"
    uv pip install --quiet --python "$venv/bin/python" --no-deps --no-build-isolation --editable .
else
    "$venv/bin/python" -m pip --version >/dev/null 2>&1 || "$venv/bin/python" -m ensurepip >/dev/null
    pip() { "$venv/bin/python" -m pip --disable-pip-version-check "$@"; }
    { pip install --progress-bar off --no-compile --require-hashes -r "$lock" && echo "exit 0" || echo "exit $?"; } | count
    pip install --quiet --no-deps --no-build-isolation --editable .
fi
