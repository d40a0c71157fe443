"""The pipeline over a stream of documents, in one process.

Invariant: for every document or error that goes in, one comes out, in the same order; what fails on one document is
the error of that document, and the next one is read.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from followthearms.errors import FollowTheArmsError, InputError
from followthearms.model import Document
from followthearms.sources import ReadOptions, read_sources

Outcome = Document | InputError
"""What became of one input."""

AHEAD_DOCUMENTS = 1_000
AHEAD_CHARACTERS = 20_000_000
"""How far the stream is read ahead, so that the total is known early; bounded so that memory is."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: inputs done, how many there are (null until that is known), and the last one's name."""

    done: int
    total: int | None
    where: str


OnProgress = Callable[[Progress], None]


def read_paths(
    paths: Iterable[str | Path], options: ReadOptions | None = None, on_progress: OnProgress | None = None
) -> Iterator[Outcome]:
    """Read files, folders or, for "-", the standard input: each document with its claims, or why it could not be read.

    With `options.keep_claims`, a document that came with claims keeps them and is not read again.
    """
    options = options or ReadOptions()
    return run(read_sources(paths, options), on_progress, keep_claims=options.keep_claims)


def run(
    inputs: Iterable[Outcome], on_progress: OnProgress | None = None, *, keep_claims: bool = False
) -> Iterator[Outcome]:
    """Each document with its claims; errors pass through, and a document that fails becomes an error."""
    for done, (item, total) in enumerate(_counted(inputs), start=1):
        match item:
            case Document() if not (keep_claims and "claims" in item.model_fields_set):
                outcome = _claims_of(item)
            case _:
                outcome = item
        if on_progress:
            on_progress(Progress(done, total, item.where if isinstance(item, InputError) else item.title or item.id))
        yield outcome


def _claims_of(document: Document) -> Outcome:
    from followthearms import pipeline  # with it come the parser and the knowledge: seconds, not wanted for --help

    try:
        return pipeline.read(document)
    except InputError as error:
        return error
    except FollowTheArmsError:  # the package's own data are broken: no other document would fare better
        raise
    except Exception as error:  # noqa: BLE001 - one text must not end a run over thousands; the error is told, not lost
        failed = InputError(
            f"document {document.id}",
            f"the program failed on it ({type(error).__name__}: {error})",
            "please report it together with the text",
        )
        failed.__cause__ = error
        return failed


def _counted(inputs: Iterable[Outcome]) -> Iterator[tuple[Outcome, int | None]]:
    """Each input with the number of all of them, as soon as reading ahead has come to the end."""
    stream, ahead, characters, seen = iter(inputs), deque[Outcome](), 0, 0
    total: int | None = None
    while True:
        while total is None and len(ahead) < AHEAD_DOCUMENTS and characters < AHEAD_CHARACTERS:
            item = next(stream, None)
            if item is None:
                total = seen
                break
            ahead.append(item)
            seen += 1
            characters += _size(item)
        if not ahead:
            return
        item = ahead.popleft()
        characters -= _size(item)
        yield item, total


def _size(item: Outcome) -> int:
    return len(item.text) if isinstance(item, Document) else 0
