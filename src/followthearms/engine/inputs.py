"""What is given to be read, cut into the chunks in which it is read and stored.

Invariant: where a chunk ends depends on the inputs alone, not on who reads them or when; so that a run that was stopped
and goes on stores in the same steps as one that was left alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from followthearms.errors import InputError
from followthearms.model import Document
from followthearms.model.format import dump_line
from followthearms.sources.raw import Raw

CHUNK_INPUTS = 16
"""Inputs of a chunk, whose documents are parsed together; more save little (`benchmarks/reading/stages.py`)."""
CHUNK_BYTES = 4_000_000
"""At so many bytes a chunk ends before that, so that the chunks that wait to be read take a bounded memory."""
FIRST_WORDS = 60
"""Code points of the title or text that a row of a table is called by."""


@dataclass(frozen=True, slots=True)
class Input:
    """An input: bytes that are still to be read, a document without claims, or why there is neither.

    `address` is the name that a person finds it by; `raw_hash` the SHA-256 of its content, null where there is none.
    """

    address: str
    raw_hash: str | None
    content: Raw | Document | InputError

    @property
    def size(self) -> int:
        """About how many bytes it takes."""
        match self.content:
            case Raw():
                return len(self.content.data)
            case Document():
                return len(self.content.text)
            case InputError():
                return 0


def as_input(content: Raw | Document | InputError) -> Input:
    """What a source gives, with its address and hash."""
    match content:
        case Raw():
            return Input(content.where, content.hash, content)
        case Document():
            digest = hashlib.sha256(dump_line(content).encode()).hexdigest()
            return Input(_called(content), digest, content)
        case InputError():
            return Input(content.where, None, content)


def _called(document: Document) -> str:
    """How a person finds a row of a table again: by its first words, as the id may be one that was made of them."""
    return f"document {document.id} ({' '.join((document.title or document.text)[:FIRST_WORDS].split())})"


def chunked(inputs: Iterable[Input]) -> Iterator[list[Input]]:
    """The inputs in their order, some at a time."""
    chunk: list[Input] = []
    size = 0
    for one in inputs:
        chunk.append(one)
        size += one.size
        if len(chunk) == CHUNK_INPUTS or size >= CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk
