"""What adding to a register costs as it grows, and how fast it answers, on the made-up world of `world`.

    python -m benchmarks.register [--claims 10000,100000] [--database sqlite,postgresql]
                                  [--write docs/reference/register-speed.md]

The registers are built once and kept in build/register-bench, as are the figures: the page is written of all that were
measured, in whatever run. `--claims` may be empty, to write the page alone.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.register.bases import FOLDER, place
from benchmarks.register.measuring import Figures, measure
from benchmarks.register.page import HEAD, tables

DATABASES = ("sqlite", "postgresql")


def main() -> None:
    """Measure, print, and write the page if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=_sizes, default=[10_000, 100_000], help="sizes")
    parser.add_argument("--database", type=_databases, default=list(DATABASES), help="sqlite, postgresql")
    parser.add_argument("--write", type=Path, help="the page")
    asked = parser.parse_args()
    measured = []
    for name in asked.database if asked.claims else ():
        with place(name) as where:
            for size in asked.claims:
                measured.append(figures := measure(where, size))
                figures.keep()
    if measured:
        print(tables(measured))
    if asked.write:
        kept = [Figures.kept(file) for file in FOLDER.glob("*.json")]
        asked.write.write_text(HEAD + tables(kept), encoding="utf-8")


def _sizes(words: str) -> list[int]:
    return sorted(int(word) for word in words.split(",") if word)


def _databases(words: str) -> list[str]:
    found = words.split(",")
    if unknown := set(found) - set(DATABASES):
        raise argparse.ArgumentTypeError(f"no database {', '.join(sorted(unknown))}; there are {', '.join(DATABASES)}")
    return found


if __name__ == "__main__":
    main()
