"""PDF: the text layer, in reading order. Offsets are into our text; `pages` says where in it each page begins.

Invariant: what is no text (a scanned page, a picture of words) is told and never guessed, and no file ends this process
or takes more than its share of memory and time, as another process reads it (`pdfium`). The day on which the file was
made is not the day of publication, and is not taken for it.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from followthearms.errors import InputError, UnreadableFile
from followthearms.model import Document, Mend
from followthearms.sources.article import article
from followthearms.sources.formats.layout import Stretch, columns, without_running_heads
from followthearms.sources.options import ReadOptions
from followthearms.sources.raw import Raw
from followthearms.sources.text.prose import text_of

_READER = Path(__file__).with_name("pdfium.py")
_MEMORY = 1 << 30
"""Bytes of address space for the other process; 0.2 GB are there before a file is read. A PDF of 0.3 MB was made that
takes 1.4 GB."""
_SECONDS = 60
"""Of its work, in which 2,000 pages are read; by the clock it may take twice as long."""
_LINE_BYTES = 40
"""Of its answer, for one letter of text: each line of text comes with its place, and some letters as \\uXXXX."""
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_HYPHENS = str.maketrans({"\x02": "-", "\ufffe": "-", "\xa0": " "})
"""What pdfium puts for a hyphen at the end of a line; and spaces that hold words together are spaces."""
_LIGATURE = re.compile("[\ufb00-\ufb06]")
_NO_TITLE = re.compile(
    r"(?:\(?(?:untitled|anonymous)\)?|microsoft (?:word|powerpoint)\b.*|.*\.\w{2,4})?", re.IGNORECASE
)
_NAMES = re.compile(r"\s*;\s*|\s+and\s+")
_SCANNED = "have its text recognised (OCR), and read that"


def read_pdf(raw: Raw, options: ReadOptions) -> Iterator[Document | InputError]:
    """The document of a PDF, and an error for each page without a text layer.

    Raises `UnreadableFile` if it has none at all, is damaged, or is behind a password.
    """
    lines, ending = _answer(raw, options)
    if not lines or "error" in lines[0]:
        raise _unopened(raw.where, lines[0]["error"] if lines else ending)
    head, *told = lines
    pages = [[s for segment in page.get("segments", ()) if (s := _stretch(*segment))] for page in told]
    if ending:
        problem = f"is read up to page {len(pages)} of {head['pages']}: {ending}"
        yield UnreadableFile(raw.where, problem, "print it to a new PDF")
    elif not any(pages) and not any("error" in page for page in told):
        raise UnreadableFile(raw.where, f"has no text layer on any of its {len(pages)} pages: it is a scan", _SCANNED)
    for number, (page, stretches) in enumerate(zip(told, pages, strict=True), 1):
        if not stretches:
            problem = f"cannot be read ({page['error']})" if "error" in page else "has no text layer"
            yield UnreadableFile(f"{raw.where}, page {number}", problem, _SCANNED)
    text, starts = text_of([columns(page) for page in without_running_heads(pages)])
    if text:
        yield _document(raw, text, starts, head, options)


def _unopened(where: str, problem: str) -> UnreadableFile:
    if problem == "password":
        return UnreadableFile(where, "is behind a password", "save it without one")
    return UnreadableFile(where, f"is damaged, or no PDF ({problem})", "fetch it again, or print it to a new PDF")


def _document(raw: Raw, text: str, starts: list[int], head: dict[str, Any], options: ReadOptions) -> Document:
    title = " ".join((head.get("title") or "").split())
    made = article(
        text,
        raw.name,
        options,
        title=None if _NO_TITLE.fullmatch(title) else title,
        authors=_NAMES.split(head.get("author") or ""),
        url=raw.url,
    )
    return made.model_copy(update={"pages": tuple(_moved(start, made.mended) for start in starts)})


def _moved(start: int, mended: Sequence[Mend]) -> int:
    """Where a place in the text as it came is in the mended one."""
    moved = 0
    for mend in mended:
        if mend.start - moved < start:
            moved += mend.end - mend.start - len(mend.raw)
    return start + moved


def _stretch(text: str, left: float, bottom: float, right: float, top: float) -> Stretch | None:
    """A stretch as it came, its letters mended; null if it has none."""
    whole = text.translate(_HYPHENS).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    plain = _LIGATURE.sub(lambda found: unicodedata.normalize("NFKC", found[0]), _CONTROL.sub("", whole)).strip()
    return Stretch(" ".join(plain.split()), left, bottom, right, top) if plain else None


def _answer(raw: Raw, options: ReadOptions) -> tuple[list[dict[str, Any]], str]:
    """What the other process says of the file and of each page, and why it stopped before the end, if it did."""
    limits = map(str, (_MEMORY, _SECONDS, _LINE_BYTES * options.max_bytes))
    command = [sys.executable, "-P", str(_READER), *limits]
    ending = ""
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as answer:
        given.write(raw.data)
        given.seek(0)
        try:
            run = subprocess.run(
                command, stdin=given, stdout=answer, stderr=subprocess.DEVNULL, timeout=2 * _SECONDS, check=False
            )
        except subprocess.TimeoutExpired:
            ending = f"it took more than {2 * _SECONDS} s"
        else:
            if run.returncode:
                ending = f"it takes more memory, time or text than one file may, or ends its reader ({run.returncode})"
        answer.seek(0)
        lines = [json.loads(line) for line in answer if line.endswith(b"\n")]  # the last may be cut
    return lines, ending
