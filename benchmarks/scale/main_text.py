"""How well the main text of a page is found, on pages that others chose and marked; run in place, nothing is copied.

    pip download --no-deps --no-binary :all: trafilatura==1.0.0 && tar xzf trafilatura-1.0.0.tar.gz
    python -m benchmarks.scale.main_text trafilatura-1.0.0

Its tests hold some hundred saved pages, and for each what a person found to be part of its main text and what not. They
are the tests of one of the compared libraries, and were picked where it once failed. Seconds are the processor's.
"""

from __future__ import annotations

import argparse
import ast
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import trafilatura
from resiliparse.extract.html2text import extract_plain_text

from followthearms.errors import UnreadableFile, UsageError
from followthearms.sources import ReadOptions
from followthearms.sources.formats.html import declared_in, read_html
from followthearms.sources.raw import Form, Raw
from followthearms.sources.skimming import skim
from followthearms.sources.text.decode import decoded

TESTS, PAGES = Path("tests/realworld_tests.py"), Path("tests/cache")


@dataclass(frozen=True)
class Marked:
    """A page, and stretches of words that are in its main text and that are not."""

    data: bytes
    wanted: set[str] = field(default_factory=set)
    unwanted: set[str] = field(default_factory=set)


def marked(folder: Path) -> list[Marked]:
    """The marked pages of an unpacked source distribution. Raises UsageError if it has none."""
    try:
        tests = ast.parse((folder / TESTS).read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{folder}: no {TESTS}; see the docstring of {__name__} for where to get it") from error
    files = _files(tests)
    said: dict[str, Marked] = defaultdict(lambda: Marked(b""))
    for function in (node for node in tests.body if isinstance(node, ast.FunctionDef)):
        at = ""
        for address, words, is_wanted in _said(function):
            at = address or at
            if words and at:
                (said[at].wanted if is_wanted else said[at].unwanted).add(words)
    found = ((folder / PAGES / files[address], one) for address, one in said.items() if address in files)
    return [Marked(path.read_bytes(), one.wanted, one.unwanted) for path, one in found if path.is_file()]


def _files(tests: ast.Module) -> Mapping[str, str]:
    """The names of the saved pages by their addresses."""
    tables = (node.value for node in tests.body if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict))
    return {key: name for table in tables for key, name in _pairs(table)}


def _pairs(table: ast.Dict) -> Iterator[tuple[str, str]]:
    for key, value in zip(table.keys, table.values, strict=True):
        if isinstance(key, ast.Constant) and isinstance(value, ast.Constant):
            yield str(key.value), str(value.value)


def _said(function: ast.FunctionDef) -> Iterator[tuple[str, str, bool]]:
    """In the order of the lines: the address of a page that is read, or words that its text has or has not."""
    nodes = [node for node in ast.walk(function) if isinstance(node, ast.Call | ast.Compare)]
    for node in sorted(nodes, key=lambda node: (node.lineno, node.col_offset)):
        match node:
            case ast.Call(func=ast.Name(id="load_mock_page"), args=[ast.Constant(value=str(address)), *_]):
                yield address, "", False
            case ast.Compare(
                left=ast.Constant(value=str(words)),
                ops=[ast.In() | ast.NotIn() as how],
                comparators=[ast.Name("result")],
            ):
                yield "", words, isinstance(how, ast.In)


def _ours(data: bytes) -> str:
    try:
        return read_html(data, "", "", ReadOptions()).text
    except UnreadableFile:
        return ""


def _page(data: bytes) -> str:
    return decoded(data, "", ReadOptions(), declared_in(data))[0]


def _trafilatura(data: bytes, *, fast: bool) -> str:
    return trafilatura.extract(_page(data), include_comments=False, fast=fast) or ""


WAYS: Mapping[str, Callable[[bytes], str]] = {
    "what is stored (`sources.formats.html`)": _ours,
    "trafilatura": lambda data: _trafilatura(data, fast=False),
    "trafilatura, fast": lambda data: _trafilatura(data, fast=True),
    "what screens archives (`sources.skimming`)": lambda data: skim(Raw("", "", Form.HTML, data), ReadOptions()) or "",
    "all that a page shows (resiliparse)": lambda data: extract_plain_text(_page(data)),
}


def table(pages: list[Marked]) -> str:
    """Precision, recall and F1 of each way over all marked stretches, and how many pages it takes in a second."""
    wanted, unwanted = sum(len(one.wanted) for one in pages), sum(len(one.unwanted) for one in pages)
    lines = [
        f"{len(pages)} pages, {wanted} stretches of main text and {unwanted} of what is not.\n",
        "| text | precision | recall | F1 | pages a second |\n|---|---:|---:|---:|---:|",
    ]
    for name, text_of in WAYS.items():
        begun = time.process_time()
        texts = [" ".join(text_of(one.data).split()) for one in pages]
        rate = len(pages) / (time.process_time() - begun)
        hits = sum(_has(text, words) for text, one in zip(texts, pages, strict=True) for words in one.wanted)
        slips = sum(_has(text, words) for text, one in zip(texts, pages, strict=True) for words in one.unwanted)
        precision, recall = hits / (hits + slips), hits / wanted
        f1 = 2 * precision * recall / (precision + recall)
        lines.append(f"| {name} | {precision:.3f} | {recall:.3f} | {f1:.3f} | {rate:,.0f} |")
    return "\n".join(lines)


def _has(text: str, words: str) -> bool:
    return " ".join(words.split()) in text


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="The unpacked source distribution.")
    print(table(marked(parser.parse_args().folder)))


if __name__ == "__main__":
    main()
