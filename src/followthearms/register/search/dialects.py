"""The words of texts in the full-text indices of the two databases: an FTS5 table, or a `tsvector` column.

Invariant: both hold the same terms at the same places, cut by `search.terms`; the database cuts and stems nothing. What
a search looks for reaches it as terms, which hold letters and digits alone, in a bound value.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Select,
    Table,
    and_,
    column,
    exists,
    insert,
    literal,
    literal_column,
    select,
    text,
)
from sqlalchemy import cast as sql_cast
from sqlalchemy import table as plain_table
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR

from followthearms.model.query import Words
from followthearms.register.search.terms import asked

_FURTHEST = 16_383
"""The last place that a `tsvector` tells apart: of a longer text, later words are found, but no phrases of them."""

Texts = Iterable[tuple[int, Sequence[str]]]
"""Numbers of rows, with their terms."""


def create(connection: Connection, table: Table) -> None:
    """Make the index of a table."""
    name = table.name
    if connection.dialect.name == "sqlite":
        options = "terms, content='', columnsize=0, tokenize='ascii'"
        connection.execute(text(f"CREATE VIRTUAL TABLE {name}_words USING fts5({options})"))
    else:
        connection.execute(text(f"ALTER TABLE {name} ADD COLUMN words tsvector"))
        connection.execute(text(f"CREATE INDEX {name}_words ON {name} USING gin (words)"))


def drop(connection: Connection, table: Table) -> None:
    """Take the index of a table away, if there is one; a column goes with its table."""
    if connection.dialect.name == "sqlite":
        connection.execute(text(f"DROP TABLE IF EXISTS {table.name}_words"))


def add(
    connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]], terms: Sequence[Sequence[str]]
) -> None:
    """Insert rows with their terms."""
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        connection.execute(insert(table), list(rows))
        index = plain_table(f"{table.name}_words", column("rowid"), column("terms"))
        said = zip(rows, terms, strict=True)
        connection.execute(insert(index), [{"rowid": row["number"], "terms": " ".join(t)} for row, t in said])
    else:
        vectors = [{**row, "words": _vector(said)} for row, said in zip(rows, terms, strict=True)]
        whole = plain_table(table.name, *(column(name) for name in rows[0]), column("words", TSVECTOR))
        connection.execute(insert(whole), vectors)


def remove(connection: Connection, table: Table, texts: Texts) -> None:
    """Take rows out of the index of a table. FTS5 must be told the terms that it was given; a column needs nothing."""
    values = [{"number": number, "terms": " ".join(terms)} for number, terms in texts]
    if values and connection.dialect.name == "sqlite":
        name = f"{table.name}_words"
        statement = f"INSERT INTO {name} ({name}, rowid, terms) VALUES ('delete', :number, :terms)"  # noqa: S608
        connection.execute(text(statement), values)


def numbers(connection: Connection, table: Table, words: Sequence[Words]) -> Select[Any]:
    """Asks for the numbers of the rows that hold the words. At least one is not negated."""
    if connection.dialect.name == "sqlite":
        index = plain_table(f"{table.name}_words", column("rowid", BigInteger))
        return select(index.c.rowid.label("number")).where(_matches(table, words))
    return select(table.c.number).where(_vector_holds(table, words))


def holds(connection: Connection, table: Table, words: Sequence[Words]) -> ColumnElement[bool]:
    """Whether a row holds the words."""
    if connection.dialect.name != "sqlite":
        return _vector_holds(table, words)
    index = plain_table(f"{table.name}_words", column("rowid", BigInteger))
    wanted, unwanted = [w for w in words if not w.negated], [w for w in words if w.negated]
    found = exists().select_from(index).where(index.c.rowid == table.c.number)
    conditions: list[ColumnElement[bool]] = [found.where(_matches(table, wanted))] if wanted else []
    conditions += [~found.where(_matches(table, [Words(w.text, w.beginning)])) for w in unwanted]
    return and_(*conditions)


def _matches(table: Table, words: Sequence[Words]) -> ColumnElement[bool]:
    """FTS5's condition; of its language only quoted terms, AND, NOT and the star are used."""
    wanted = " AND ".join(_phrase(w) for w in words if not w.negated)
    unwanted = "".join(f" NOT {_phrase(w)}" for w in words if w.negated)
    return literal_column(f"{table.name}_words").op("MATCH")(literal(f"({wanted}){unwanted}"))


def _phrase(words: Words) -> str:
    return f'"{" ".join(asked(words))}"{" *" * words.beginning}'


def _vector_holds(table: Table, words: Sequence[Words]) -> ColumnElement[bool]:
    said = " & ".join(("!" if w.negated else "") + _followed(w) for w in words)
    return literal_column(f"{table.name}.words", TSVECTOR).op("@@")(sql_cast(literal(said), TSQUERY))


def _followed(words: Words) -> str:
    terms = [f"'{term}'" for term in asked(words)]
    return f"({' <-> '.join(terms)}{':*' * words.beginning})"


def _vector(terms: Sequence[str]) -> str:
    """The terms as PostgreSQL writes a `tsvector`."""
    places: dict[str, list[str]] = {}
    for place, term in enumerate(terms, 1):
        places.setdefault(term, []).append(str(min(place, _FURTHEST)))
    return " ".join(f"'{term}':{','.join(at)}" for term, at in places.items())
