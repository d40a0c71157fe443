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
"""Heights of a letter: the gap that parts columns or the cells of a table, how far a word may stand back over the last
one (kerning, accents), and how far above or below it in the same line (a raised figure)."""
_UPRIGHT = 0.1
"""Radians by which a line of text may lean."""
_PARTING = frozenset({0x02, 0xFFFE})
"""What stands for a hyphen at the end of a line, and for the end of the line with it."""
_NOT_IN_WORDS = frozenset(map(ord, "\0\t\n\r \u00a0\u2003"))


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
    run: list[Any] = []
    for word in _words(page.raw, page.count_chars()):
        if run and _goes_on(run, word):
            run[0] += f" {word[0]}"
            run[3] = max(run[3], word[3])
        else:
            if run:
                yield run
            run = word
    if run:
        yield run


def _words(page: Any, count: int) -> Iterator[list[Any]]:
    """The words of a page, with the box from first to last letter; to ask for every letter takes thrice as long."""
    codes = [*(pdfium.FPDFText_GetUnicode(page, at) for at in range(count)), ord(" ")]
    first, last = pdfium.FS_RECTF(), pdfium.FS_RECTF()
    start = 0
    for at, code in enumerate(codes):
        if code not in _NOT_IN_WORDS and code not in _PARTING:
            continue
        end = at + (code in _PARTING)
        ends = start, end - 1
        start = at + 1
        if ends[0] > ends[1] or abs(pdfium.FPDFText_GetCharAngle(page, ends[0])) > _UPRIGHT:
            continue
        if all(
            pdfium.FPDFText_GetLooseCharBox(page, place, box) for place, box in zip(ends, (first, last), strict=True)
        ):
            word = "".join(map(chr, codes[ends[0] : end]))
            yield [word, first.left, first.bottom, last.right, first.top]


def _goes_on(run: list[Any], word: list[Any]) -> bool:
    """Whether a word stands in the line of those before it, and close to the last of them."""
    height = run[4] - run[2]
    return bool(-_BACK * height < word[1] - run[3] < _FAR * height and abs(word[2] - run[2]) < _LOW * height)


def _write(line: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()  # what was read stands, whatever the next page does


if __name__ == "__main__":
    main()
