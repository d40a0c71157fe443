"""The pipeline over a stream of documents, in one process.

Invariant: for every document or error that goes in, one comes out, in the same order; what fails on one document is
the error of that document, and the next one is read.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from followthearms.errors import FollowTheArmsError, InputError
from followthearms.model import ALL_VOICES, Document, Voice
from followthearms.rules.tree import Sentence
from followthearms.sources import ReadOptions, read_sources

if TYPE_CHECKING:
    from followthearms.extract.llm import LanguageModel

Outcome = Document | InputError
"""What became of one input."""

AHEAD_DOCUMENTS = 1_000
AHEAD_CHARACTERS = 20_000_000
"""How far the stream is read ahead, so that the total is known early; bounded so that memory is."""
PARSED_TOGETHER = 16
"""Documents that are parsed at once; more save little (`benchmarks/reading/stages.py`)."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: inputs done, how many there are (null until that is known), and the last one's name."""

    done: int
    total: int | None
    where: str


OnProgress = Callable[[Progress], None]
_Reader = Callable[[Document], Outcome]


def read_paths(
    paths: Iterable[str | Path],
    options: ReadOptions | None = None,
    on_progress: OnProgress | None = None,
    voices: Set[Voice] = ALL_VOICES,
    model: LanguageModel | None = None,
) -> Iterator[Outcome]:
    """Read files, folders or, for "-", the standard input: each document with its claims, or why it could not be read.

    With `options.keep_claims`, a document that came with claims keeps them and is not read again.
    """
    options = options or ReadOptions()
    return run(read_sources(paths, options), on_progress, keep_claims=options.keep_claims, voices=voices, model=model)


def run(
    inputs: Iterable[Outcome],
    on_progress: OnProgress | None = None,
    *,
    keep_claims: bool = False,
    voices: Set[Voice] = ALL_VOICES,
    model: LanguageModel | None = None,
) -> Iterator[Outcome]:
    """Each document with its claims; errors pass through, and a document that fails becomes an error."""
    reading = partial(_claims_of, voices=voices, model=model)
    for done, (item, total, reader) in enumerate(_readers(_counted(inputs), keep_claims, reading), start=1):
        outcome = reader(item) if reader and isinstance(item, Document) else item
        if on_progress:
            on_progress(Progress(done, total, item.where if isinstance(item, InputError) else item.title or item.id))
        yield outcome


def _readers(
    stream: Iterator[tuple[Outcome, int | None]], keep_claims: bool, reading: Callable[..., Outcome]
) -> Iterator[tuple[Outcome, int | None, _Reader | None]]:
    """Each input with what reads it, if it is to be read: several documents are parsed together."""
    while group := list(islice(stream, PARSED_TOGETHER)):
        unread = [n for n, (item, _) in enumerate(group) if not (keep_claims and _has_claims(item))]
        documents = {n: item for n in unread if isinstance(item := group[n][0], Document)}
        sentences = dict(zip(documents, _parsed(list(documents.values())), strict=True))
        for n, (item, total) in enumerate(group):
            reader = partial(reading, sentences=sentences.pop(n)) if n in documents else None
            yield item, total, reader


def _has_claims(item: Outcome) -> bool:
    return isinstance(item, Document) and "claims" in item.model_fields_set


def _parsed(documents: Sequence[Document]) -> Sequence[list[Sentence] | None]:
    """The sentences of each document; of none if the parser fails, so that each is tried, and fails, by itself."""
    if not documents:
        return []
    from followthearms import pipeline  # with it come the parser and the knowledge: seconds, not wanted for --help

    try:
        return pipeline.parsed(documents)
    except Exception:  # noqa: BLE001 - `_claims_of` meets the error again on the document whose it is, and tells it
        return [None] * len(documents)


def _claims_of(
    document: Document, sentences: list[Sentence] | None, voices: Set[Voice], model: LanguageModel | None
) -> Outcome:
    from followthearms import pipeline

    try:
        return pipeline.read(document, sentences, voices, model)
    except InputError as error:
        return error
    except FollowTheArmsError:  # the package's data are broken or a server is away: no other document would fare better
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
