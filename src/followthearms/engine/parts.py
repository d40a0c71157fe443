"""What is given to be read, cut into the parts of a run: what one task reads, and one file holds the results of.

Invariant: the parts depend on the inputs and on the size that was asked for, not on who reads them; so the folder that
a run fills does not either.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from followthearms.engine.inputs import Input, as_input
from followthearms.errors import InputError, UsageError
from followthearms.sources import ReadOptions
from followthearms.sources.files import STANDARD_INPUT, is_address, listed, raw_source, read_stretch, size_of, stretches
from followthearms.sources.stretches import WHOLE, Stretch

PART_MEGABYTES = 1_100
"""A part has about so much at most: an archive of Common Crawl's news, each of which has just above 1 GB."""
PART_FILES = 500
"""A part has so many files at most: of small ones there may be a million, and each may take a tenth of a second."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A file, a stretch of one, or an address."""

    path: str
    stretch: Stretch = WHOLE


Part = Sequence[Piece | InputError]
"""Pieces in their order, and what is wrong with folders on the way."""


def parts(paths: Iterable[str | Path], options: ReadOptions, megabytes: float = PART_MEGABYTES) -> Iterator[Part]:
    """The parts of what lies at some paths. Small files go together in their order; a large archive or table is cut.

    Files are named by their whole paths, as whoever reads them may stand elsewhere. Raises UsageError for the standard
    input, which only one process could read.
    """
    wanted = list(paths)
    if STANDARD_INPUT in map(str, wanted):
        raise UsageError("-: the standard input is read by one process alone; save it, or use `fta read`")
    pieces = (found for path in wanted for found in _pieces(path, options))
    return _gathered(pieces, options, round(megabytes * 1_000_000))


def _gathered(pieces: Iterable[tuple[Piece | InputError, int]], options: ReadOptions, most: int) -> Iterator[Part]:
    waiting: list[Piece | InputError] = []
    size = 0
    for piece, own in pieces:
        cut = stretches(Path(piece.path), most, options) if isinstance(piece, Piece) and own > most else []
        if waiting and (cut or size + own > most or len(waiting) >= PART_FILES):
            yield waiting
            waiting, size = [], 0
        if cut and isinstance(piece, Piece):
            yield from ([Piece(piece.path, stretch)] for stretch in cut)
        else:
            waiting.append(piece)
            size += own
    if waiting:
        yield waiting


def inputs_of_part(part: Part, options: ReadOptions) -> Iterator[Input]:
    """What a part holds, still unread."""
    for piece in part:
        if isinstance(piece, InputError):
            yield as_input(piece)
        elif piece.stretch == WHOLE:
            yield from map(as_input, raw_source(piece.path, options))
        else:
            yield from map(as_input, read_stretch(Path(piece.path), piece.stretch, options))


def _pieces(path: str | Path, options: ReadOptions) -> Iterator[tuple[Piece | InputError, int]]:
    """What lies at a path, each with its bytes."""
    if is_address(path):
        yield Piece(str(path)), 0
        return
    for found in listed(Path(path).absolute(), options):
        if isinstance(found, InputError):
            yield found, 0
        else:
            yield Piece(str(found)), size_of(found) or 0
