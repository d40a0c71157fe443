"""Adding what a run read of a document, within one transaction.

Invariant: a document's text, once added, is the only text under its id.
"""

from __future__ import annotations

import json
from enum import StrEnum

from sqlalchemy import Connection, insert, select

from followthearms.errors import FormatError, RegisterError
from followthearms.model import Document
from followthearms.register import rows
from followthearms.register.database import fault
from followthearms.register.run import Run
from followthearms.register.tables import claims, documents, readings, runs


class Added(StrEnum):
    """What came of adding a document."""

    NEW = "new"
    REREAD = "reread"  # the text was there; what is read of it has changed, or what read it
    UNCHANGED = "unchanged"


def add(connection: Connection, document: Document, run: Run, now: str) -> Added:
    """Add a checked document, at a time in ISO 8601.

    Raises RegisterError if its id is known for another text or address, FormatError if it cannot be stored.
    """
    _check_storable(document)
    known = connection.execute(select(documents).where(documents.c.id == document.id)).one_or_none()
    content = rows.content(document)
    if known is not None:
        *latest, metadata = _latest(connection, document.id)
        _check_same(document, known.text_hash, json.loads(metadata))
        if latest == [content, run.id]:
            return Added.UNCHANGED
    else:
        values = {"id": document.id, "text_hash": document.text_hash, "text": document.text, "added": now}
        connection.execute(insert(documents).values(values))
    _add_run(connection, run)
    _add_reading(connection, document, run, content, now)
    return Added.NEW if known is None else Added.REREAD


def _latest(connection: Connection, name: str) -> tuple[str, str, str]:
    """Content, run and metadata of the current reading of a document that has one."""
    asked = select(readings.c.content, readings.c.run, readings.c.metadata).where(readings.c.document == name)
    found = connection.execute(asked.order_by(readings.c.id.desc()).limit(1)).one()
    return str(found.content), str(found.run), str(found.metadata)


def _check_storable(document: Document) -> None:
    words = (document.id, document.text, *(claim.id for claim in document.claims))
    for word in words:
        if found := fault(word):
            raise FormatError(f"document {document.id!a}", f"holds {found}", "clean its text before adding it")


def _check_same(document: Document, text_hash: str, known: dict[str, str]) -> None:
    """One id, one text, from one place. What was unknown of it may become known."""
    remedy = "give one of the two another id"
    if text_hash != document.text_hash:
        told = known.get("title") or known.get("url") or "untitled"
        raise RegisterError(
            f"document {document.id} ({document.title or document.url or 'untitled'}): the register has another text "
            f"under this id ({told}); {remedy}"
        )
    for field, new in (("url", document.url), ("outlet", document.outlet)):
        old = known.get(field)
        if old and new and old != new:
            raise RegisterError(f"document {document.id}: its {field} is {new}, but {old} in the register; {remedy}")


def _add_run(connection: Connection, run: Run) -> None:
    if connection.execute(select(runs.c.id).where(runs.c.id == run.id)).one_or_none() is None:
        connection.execute(insert(runs).values(id=run.id, **run.model_dump(mode="json")))


def _add_reading(connection: Connection, document: Document, run: Run, content: str, now: str) -> None:
    values = {"document": document.id, "run": run.id, "content": content, "added": now}
    made = insert(readings).values(**values, metadata=rows.metadata(document)).returning(readings.c.id)
    reading = connection.execute(made).scalar_one()
    if found := rows.claim_rows(reading, document):
        connection.execute(insert(claims), found)
