"""Our own sentences for each class of mistake, read by the program as it is.

Invariant: every class has a meaning and a sentence, and a sentence is annotated by quotes that stand in it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import Field

from followthearms.errors import KnowledgeError
from followthearms.evaluate import Cause, causes
from followthearms.model import Claim, Document, Frozen, Kind
from followthearms.pipeline import read
from followthearms.tables import read_table

TABLE = Path(__file__).with_name("mistakes.yaml")
DAY = dt.date(2024, 3, 5)
"""When the sentences are taken to have been published."""


class Annotation(Frozen):
    """One claim as a reader notes it: quotes of the sentence, parties with their codes."""

    kind: Kind
    trigger: str
    supplier: dict[str, str] = Field(default_factory=dict)
    recipient: dict[str, str] = Field(default_factory=dict)
    equipment: tuple[str, ...] = ()
    negated: bool = False


class Sentence(Frozen):
    """A sentence and what a reader finds in it."""

    text: str
    reader: tuple[Annotation, ...]


class Class(Frozen):
    """What a class of mistakes means, with sentences that show it."""

    meaning: str
    sentences: tuple[Sentence, ...]


@lru_cache(maxsize=1)
def classes() -> dict[Cause, Class]:
    """The table of classes. Raises `KnowledgeError` if it is malformed or lacks a class."""
    table = read_table(TABLE, dict[Cause, Class])
    if bare := [cause.value for cause in Cause if cause not in table or not table[cause].sentences]:
        raise KnowledgeError(f"{TABLE.name}: no sentence for {', '.join(bare)}; write one")
    return table


def shown(cause: Cause) -> Iterator[str]:
    """Lines of Markdown: each sentence of a class, what a reader finds, what the program makes of it."""
    for sentence in classes()[cause].sentences:
        wanted, made = compared(sentence)
        is_made = cause in causes(wanted, made)
        yield f"> {sentence.text}\n"
        yield f"- a reader: {_claims(wanted)}"
        yield f"- the program: {_claims(made)}{'' if is_made else ' (no longer this mistake)'}\n"


def compared(sentence: Sentence) -> tuple[Document, Document]:
    """The sentence with what a reader finds, and with what the program does."""
    bare = Document(text=sentence.text, date=DAY)
    return bare.with_claims(tuple(_claim(bare, note) for note in sentence.reader)), read(bare)


def _claim(document: Document, note: Annotation) -> Claim:
    """The annotation in the claim format; its evidence is the whole text."""
    return Claim.model_validate(
        {
            "kind": [note.kind],
            "evidence": {"start": 0, "end": len(document.text)},
            "trigger": _quote(document, note.trigger),
            "supplier": [_quote(document, words) | {"code": code} for words, code in note.supplier.items()],
            "recipient": [_quote(document, words) | {"code": code} for words, code in note.recipient.items()],
            "equipment": [_quote(document, words) for words in note.equipment],
            "negated": note.negated,
        }
    )


def _quote(document: Document, words: str) -> dict[str, Any]:
    start = document.text.find(words)
    if start < 0:
        raise KnowledgeError(f"{TABLE.name}: {words!r} does not stand in {document.text!r}; quote the sentence")
    return {"start": start, "end": start + len(words), "text": words}


def _claims(document: Document) -> str:
    return "; ".join(map(_told, document.claims)) or "no claim"


def _told(claim: Claim) -> str:
    """A claim in a few words: "delivery (“sent”), NO → UA, howitzers"."""
    supplier, recipient = (", ".join(p.code or "?" for p in side) for side in (claim.supplier, claim.recipient))
    parties = ", ".join(party.code or "?" for party in claim.parties)
    sides = f"{supplier or '–'} → {recipient or '–'}" if supplier or recipient else parties or "no party"
    items = ", ".join(item.text for item in claim.equipment) or "no equipment"
    return f"{claim.kind[0]}{', negated' * claim.negated} (“{claim.trigger.text}”), {sides}, {items}"
