"""The text layer of a PDF, character by character, in a process of its own.

Run as a script, with the bytes of memory, the seconds of work and the bytes of its answer that it may take at most.
The file comes on the standard input; a line of JSON for the whole and one for each page go to the standard output. PDFs
come from strangers, and the library that reads them is written in C++: if one makes it crash, hang or fill the memory,
only this process ends (docs/decisions/0021-readers.md).
Nothing of the package is imported here, so that it starts in a tenth of a second.

Scripts in a PDF never run: the build has no JavaScript engine, and the part that would call one (forms) is not started.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

_FAR, _BACK, _LOW = 1.2, 0.5, 0.5
"""Heights of a letter: the gap that parts columns or the cells of a table, how far a character may stand back over the
last one (accents, kerning), and how far above or below it in the same line (a raised figure)."""
_UPRIGHT = 0.1
"""Radians by which a line of text may lean."""


def main() -> None:
    """Read a PDF from the standard input, and tell what is in it."""
    _limit(*map(int, sys.argv[1:]))
    try:
        document = pypdfium2.PdfDocument(sys.stdin.buffer.read())
    except pypdfium2.PdfiumError as error:
        _write({"error": "password" if error.err_code == pdfium.FPDF_ERR_PASSWORD else str(error)})
        return
    told = {key.lower(): document.get_metadata_value(key) for key in ("Title", "Author")}
    _write({"pages": len(document), **told})
    for number in range(len(document)):
        try:
            page = document[number]
            _write({"segments": list(_segments(page.get_textpage()))})
            page.close()
        except pypdfium2.PdfiumError as error:
            _write({"error": str(error)})


def _limit(memory: int, seconds: int, answer: int) -> None:
    """Bound memory, time of work and the length of the answer, where the system can."""
    try:
        import resource
    except ImportError:  # Windows has none; the time is bounded by the one who waits
        return
    limits = {
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_FSIZE: answer,
        resource.RLIMIT_CORE: 0,
    }
    for what, most in limits.items():
        _, hard = resource.getrlimit(what)
        resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _segments(page: pypdfium2.PdfTextPage) -> Iterator[list[Any]]:
    """Stretches of a line without a wide gap in it, in the order of the file, as [text, left, bottom, right, top], in
    points, upwards. What does not run from left to right (a stamp on the margin) is left out."""
    box = pdfium.FS_RECTF()
    run: list[Any] = []
    for at in range(page.count_chars()):
        character = chr(pdfium.FPDFText_GetUnicode(page, at))
        if character in "\r\n\0" or not pdfium.FPDFText_GetLooseCharBox(page, at, box):
            continue
        if run and not _goes_on(run, box):
            yield run
            run = []
        if run:
            run[0] += character
            run[3] = max(run[3], box.right)
        elif not character.isspace() and abs(pdfium.FPDFText_GetCharAngle(page, at)) < _UPRIGHT:
            run = [character, box.left, box.bottom, box.right, box.top]
    if run:
        yield run


def _goes_on(run: list[Any], box: Any) -> bool:
    """Whether a character stands in the line of those before it, and close to the last of them."""
    height = run[4] - run[2]
    return bool(-_BACK * height < box.left - run[3] < _FAR * height and abs(box.bottom - run[2]) < _LOW * height)


def _write(line: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    main()
