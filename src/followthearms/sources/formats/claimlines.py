"""Files in the claim format: one document a line. Ids and texts stay as they came."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from followthearms.errors import InputError, UnreadableFile
from followthearms.model import Document
from followthearms.model.format import load_line
from followthearms.sources.options import DateBasis, ReadOptions
from followthearms.sources.text.decode import byte_mark, check_size

_UTF8 = "utf-8-sig"


def read_claim_lines(pieces: Iterable[bytes], where: str, options: ReadOptions) -> Iterator[Document | InputError]:
    """The documents of a file in the claim format, and an error for every line without one; see `numbered_lines`."""
    return (item for _, item in numbered_lines(pieces, where, options))


def numbered_lines(
    pieces: Iterable[bytes], where: str, options: ReadOptions
) -> Iterator[tuple[str, Document | InputError]]:
    """The documents of a file in the claim format, each after its place ("claims.jsonl, line 12"), and an error for
    every line that holds none.

    `pieces` are its lines with their line feeds, a line over the limit in several pieces. Empty lines are passed over.
    Raises `UnreadableFile` if the file is empty or not UTF-8 text at all.
    """
    number, within, read = 1, False, False
    for piece in pieces:
        if number == 1 and not within:
            _check_beginning(piece, where)
        if not within and piece.strip():
            read = True
            place = f"{where}, line {number}"
            yield place, _document(piece, place, options)
        within = not piece.endswith(b"\n")
        number += not within
    if not read:
        raise UnreadableFile(where, "is empty", "save it again, or leave it out")


def _check_beginning(piece: bytes, where: str) -> None:
    if byte_mark(piece) not in (None, _UTF8):
        raise UnreadableFile(where, "is not in UTF-8, which the claim format is always in", "save it as UTF-8")
    if b"\0" in piece:
        raise UnreadableFile(where, "is a binary file, not text")


def _document(line: bytes, where: str, options: ReadOptions) -> Document | InputError:
    try:
        check_size(len(line), where, options)
        document = load_line(line.decode(_UTF8), where, set_aside=options.set_aside)
        if not document.text.strip():
            raise UnreadableFile(where, "the text is empty")
    except UnicodeDecodeError as error:
        return UnreadableFile(where, f"is not in UTF-8 ({error.reason} at byte {error.start})", "save it as UTF-8")
    except InputError as error:
        return error
    dated = {"date": options.date, "date_basis": DateBasis.OPTION} if options.date else {}
    dropped = {} if options.keep_claims else {"claims": ()}
    return document.model_copy(update={**dated, **dropped})
