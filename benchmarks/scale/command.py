"""The command of a measurement on made-up archives: pages of each size are measured, and the results told."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

Measured = TypeVar("Measured")


def run(
    about: str | None,
    pages: int,
    measure: Callable[[int, int, Path], Measured],
    page: Callable[[Sequence[Measured], int], str],
) -> None:
    """Measure so many pages of each size, in kB, in a folder for the archives; print what it came to, or write it."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=pages, help="How many of each size.")
    parser.add_argument("--sizes", default="170,68", help="kB, with commas between them.")
    parser.add_argument("--write", type=Path, metavar="FILE", help="Write the page of the documentation.")
    parser.add_argument("--below", type=Path, metavar="FILE", help="A section to go below, as another run wrote it.")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measured = [measure(int(size), asked.pages, Path(folder)) for size in asked.sizes.split(",")]
    told = page(measured, asked.pages)
    if asked.below:
        told = f"{told}\n{asked.below.read_text(encoding='utf-8')}"
    print(told)
    if asked.write:
        asked.write.write_text(told, encoding="utf-8")
