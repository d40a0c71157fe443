"""What a search reads beside the derived tables: documents, quotes and deals with their words.

Invariants: a function of the log and the derived tables, made anew with them; a document's number is the smaller the
newer it is, its quotes' numbers follow on its own, so that the order of the index is the order of the answer.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import BigInteger, Column, Connection, Index, Integer, MetaData, Table, func, select

from followthearms.errors import RegisterError
from followthearms.knowledge.entities import source_id
from followthearms.register.chunks import chunks
from followthearms.register.database import TEXT
from followthearms.register.search import dialects
from followthearms.register.search.terms import indexed
from followthearms.register.tables import derived, documents, readings

metadata = MetaData()

_NUMBER = BigInteger().with_variant(Integer, "sqlite")  # there an INTEGER primary key is the order of the rows

pages = Table(  # documents
    "pages",
    metadata,
    Column("number", _NUMBER, primary_key=True, autoincrement=False),
    Column("document", TEXT, nullable=False, unique=True),
    Column("title", TEXT),
    Column("outlet", TEXT),
    Column("source", TEXT),  # the entity that the outlet is
    Column("published", TEXT),  # ISO 8601
    Index("pages_by_source", "source", "number"),
)

quotes = Table(  # the evidence of claims
    "quotes",
    metadata,
    Column("number", _NUMBER, primary_key=True, autoincrement=False),
    Column("document", TEXT, nullable=False),
    Column("position", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("first", TEXT),  # ISO 8601: the earliest day on which it may have happened
    Index("quotes_by_first", "first", "number"),
    Index("quotes_by_place", "document", "position", unique=True),
)

tellings = Table(  # deals: the evidence of all their claims
    "tellings",
    metadata,
    Column("number", _NUMBER, primary_key=True, autoincrement=False),
    Column("deal", TEXT, nullable=False, unique=True),
)

_CLAIM_BITS, _HASH_BITS, _DEAL_BITS = 14, 27, 60
_LAST_DAY = dt.date.max.toordinal()
_UNDATED = _LAST_DAY << (_HASH_BITS + _CLAIM_BITS)
"""The smallest number of a document without a date: beyond those of the first of all days."""


def create(connection: Connection, tables: Sequence[Table]) -> None:
    """Make some of the tables and their indices, once the derived tables are there."""
    metadata.create_all(connection, tables)
    for table in tables:
        dialects.create(connection, table)
    dialects.tell_planner(connection)


def drop(connection: Connection, tables: Sequence[Table]) -> None:
    """Take some of the tables and their indices away, as far as they are there."""
    for table in tables:
        dialects.drop(connection, table)
    metadata.drop_all(connection, tables)


def put(connection: Connection, names: Collection[str]) -> None:
    """Bring the words of documents, and of their claims, up to date, once the claims are in `derived.statements`.

    Raises RegisterError if a document has more than 16,384 claims.
    """
    for part in chunks(names):
        dialects.remove(connection, pages, pages.c.document.in_(part))
        dialects.remove(connection, quotes, quotes.c.document.in_(part))
        texts = _texts(connection, part)
        found = _described(connection, part)
        _number(connection, found)
        dialects.add(connection, pages, found, [indexed(p["title"] or "", texts[p["document"]]) for p in found])
        quoted = list(_quoted(connection, {page["document"]: page["number"] for page in found}))
        dialects.add(connection, quotes, quoted, [_evidence(quote, texts) for quote in quoted])


def put_deals(connection: Connection, names: Collection[str]) -> None:
    """Bring the words of deals up to date, once their claims are in `derived.strands`; a deal without any has none."""
    for part in chunks(names):
        dialects.remove(connection, tellings, tellings.c.deal.in_(part))
        told = _told(connection, part)
        new = [{"number": _hash(deal, _DEAL_BITS), "deal": deal} for deal in told]
        dialects.add(connection, tellings, new, [indexed(*said) for said in told.values()])


def numbers_of(first: dt.date | None, last: dt.date | None) -> tuple[int, int]:
    """The smallest number that documents and quotes of a period can have, and the first one beyond it.

    Both days are included, an end that is None is open; what has no date is in no period.
    """
    return _first_number(last or dt.date.max), _first_number(first or dt.date.min) + (1 << _HASH_BITS + _CLAIM_BITS)


def _first_number(day: dt.date) -> int:
    return (_LAST_DAY - day.toordinal()) << (_HASH_BITS + _CLAIM_BITS)


def _texts(connection: Connection, part: Sequence[str]) -> dict[str, str]:
    asked = select(documents.c.id, documents.c.text).where(documents.c.id.in_(part))
    return {row.id: row.text for row in connection.execute(asked)}


def _described(connection: Connection, part: Sequence[str]) -> list[dict[str, Any]]:
    """The rows of documents, without their numbers, by what their newest readings say."""
    newest = select(func.max(readings.c.id)).where(readings.c.document.in_(part)).group_by(readings.c.document)
    asked = (
        select(readings.c.document, readings.c.metadata).where(readings.c.id.in_(newest)).order_by(readings.c.document)
    )
    return [_page(row.document, json.loads(row.metadata)) for row in connection.execute(asked)]


def _page(document: str, known: dict[str, Any]) -> dict[str, Any]:
    outlet = known.get("outlet")
    source = source_id(outlet) if outlet else None
    published = known.get("date")
    return {
        "document": document,
        "title": known.get("title"),
        "outlet": outlet,
        "source": source,
        "published": published,
    }


def _number(connection: Connection, found: Sequence[dict[str, Any]]) -> None:
    """Give documents their numbers: by day, then by their ids; one that is taken gives way to the next."""
    for page in found:
        day = page["published"]
        number = _first_number(dt.date.fromisoformat(day)) if day else _UNDATED
        page["number"] = number + (_hash(page["document"], _HASH_BITS) << _CLAIM_BITS)
    taken = _taken(connection, [page["number"] for page in found])
    for page in found:
        while page["number"] in taken:
            page["number"] += 1 << _CLAIM_BITS
            taken |= _taken(connection, [page["number"]])
        taken.add(page["number"])


def _taken(connection: Connection, wanted: Sequence[int]) -> set[int]:
    return set(connection.execute(select(pages.c.number).where(pages.c.number.in_(wanted))).scalars())


def _quoted(connection: Connection, pages_: dict[str, int]) -> Iterator[dict[str, Any]]:
    told = derived.statements.c
    asked = select(told.document, told.position, told.start, told.end, told.first).where(told.document.in_(pages_))
    for row in connection.execute(asked):
        if row.position >= 1 << _CLAIM_BITS:
            raise RegisterError(f"{row.document}: has more than {1 << _CLAIM_BITS} claims; divide the document")
        number = pages_[row.document] + row.position
        yield {"number": number, **row._mapping}


def _told(connection: Connection, part: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """For each deal the different words of the evidence of its claims."""
    said, strands = derived.statements.c, derived.strands.c
    words = func.substr(documents.c.text, said.start + 1, said.end - said.start)
    asked = (
        select(strands.deal, strands.document, said.start, words.label("words"))
        .join(derived.statements, (said.document == strands.document) & (said.position == strands.position))
        .join(documents, documents.c.id == strands.document)
        .where(strands.deal.in_(part))
        .order_by(strands.deal, strands.document, said.start, said.end)
    )
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for row in connection.execute(asked):
        found[row.deal][row.words] = None
    return {deal: tuple(said) for deal, said in found.items()}


def _evidence(row: Any, texts: dict[str, str]) -> list[str]:
    return indexed(texts[row["document"]][row["start"] : row["end"]])


def _hash(name: str, bits: int) -> int:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big") >> (64 - bits)
