"""The words of texts in the full-text indices of the two databases: an FTS5 table, or a `tsvector` column.

Invariant: both hold the same terms at the same places, cut by `search.terms`; the database cuts and stems nothing. What
a search looks for reaches it as terms, which hold letters and digits alone, in a bound value.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    BindParameter,
    Column,
    ColumnElement,
    Connection,
    Select,
    Table,
    TableClause,
    Text,
    UnaryExpression,
    and_,
    column,
    delete,
    func,
    insert,
    literal,
    literal_column,
    select,
    text,
)
from sqlalchemy import cast as sql_cast
from sqlalchemy import table as plain_table
from sqlalchemy.dialects.postgresql import ARRAY, TSQUERY, TSVECTOR
from sqlalchemy.sql.operators import custom_op
from sqlalchemy.types import TypeEngine

from followthearms.model.query import Words
from followthearms.register.search.terms import asked

_FURTHEST = 16_383
"""The last place that a `tsvector` tells apart: of a longer text, later words are found, but no phrases of them."""


_STATISTICS = {
    ("cells", "cells_by_entity"): "3000000 1000 1000 5 1",
    ("cells", "cells"): "3000000 15 3 1",
    ("deals", "deals_by_nature"): "130000 1000 1000 2 1",
    ("deals", "deals_by_status"): "130000 1000 2 1",
    ("deals", "sqlite_autoindex_deals_1"): "130000 1",
    ("differences", "differences_by_class"): "30000 1000 1000",
    ("differences", "differences_of_deal"): "30000 2",
    ("items", "items_by_entity"): "650000 1000 1",
    ("items", "items"): "650000 5 1",
    ("kinds_of", "kinds_of_wider"): "5000 20",
    ("kinds_of", "kinds_of"): "5000 5 1",
    ("pages", "pages_by_source"): "200000 1000 1",
    ("quotes", "quotes_by_place"): "1000000 5 1",
    ("roles", "roles_by_entity"): "260000 1000 1000 1",
    ("roles", "roles"): "260000 2 1 1",
    ("statements", "sqlite_autoindex_statements_1"): "1000000 5 1",
    ("statements", "statements_by_kind"): "1000000 1000 5 1 1",
    ("statements", "statements_by_standing"): "1000000 1000 5 1",
    ("strands", "strands_of_deal"): "1000000 8 2 1",
    ("strands", "strands_of_document"): "1000000 5 1 1",
}
"""Of indices: all rows, then how many have the same first column, the same first two, … in a register of a million
claims. 1,000 stands for "many": what SQLite itself counts up to if it is asked not to count all."""


def create(connection: Connection, table: Table) -> None:
    """Make the index of a table."""
    for statement in definition(connection.dialect.name, table):
        connection.execute(text(statement))


def definition(dialect: str, table: Table) -> tuple[str, ...]:
    """The statements that make the index of a table."""
    name = table.name
    if dialect == "sqlite":
        return (f"CREATE VIRTUAL TABLE {name}_words USING fts5(terms, columnsize=0, tokenize='ascii')",)
    return (f"ALTER TABLE {name} ADD COLUMN words tsvector", f"CREATE INDEX {name}_words ON {name} USING gin (words)")


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
        said = sorted(zip(rows, terms, strict=True), key=lambda pair: pair[0]["number"])
        connection.execute(insert(_index(table)), [{"rowid": row["number"], "terms": " ".join(t)} for row, t in said])
    else:
        vectors = [{**row, "words": vector(said)} for row, said in zip(rows, terms, strict=True)]
        whole = plain_table(table.name, *(column(name) for name in rows[0]), column("words", TSVECTOR))
        connection.execute(insert(whole), vectors)


def remove(connection: Connection, table: Table, where: ColumnElement[bool]) -> None:
    """Delete rows with their terms."""
    if connection.dialect.name == "sqlite":
        gone = select(table.c.number).where(where)
        connection.execute(delete(_index(table)).where(column("rowid").in_(gone)))
    connection.execute(delete(table).where(where))


def numbers(connection: Connection, table: Table, words: Sequence[Words]) -> Select[Any]:
    """Asks for the numbers of the rows that hold the words. At least one is not negated."""
    if connection.dialect.name != "sqlite":
        return select(table.c.number).where(_vector_holds(table, words))
    wanted = " AND ".join(_phrase(w) for w in words if not w.negated)
    unwanted = "".join(f" NOT {_phrase(w)}" for w in words if w.negated)
    matches = literal_column(f"{table.name}_words").op("MATCH")(literal(f"({wanted}){unwanted}"))
    return select(_index(table).c.rowid.label("number")).where(matches)


def searches_slowly(connection: Connection) -> bool:
    """Whether to look words up twice takes longer than to keep what was found: not where it has to cross a wire."""
    return connection.dialect.name == "sqlite"


def listed(connection: Connection, values: Sequence[int] | Sequence[str], of: TypeEngine[Any]) -> Select[Any]:
    """Asks for values of a type that are given: as one bound value, however many they are."""
    dialect = connection.dialect.name
    return listed_as(dialect, literal(packed(dialect, values), None if dialect == "sqlite" else ARRAY(of)), of)


def listed_as(dialect: str, bound: BindParameter[Any], of: TypeEngine[Any]) -> Select[Any]:
    """Asks for values of a type that are bound, `packed`, to a parameter: for statements that are made but once."""
    if dialect == "sqlite":
        return select(func.json_each(bound).table_valued("value").c.value.label("listed"))
    return select(func.unnest(sql_cast(bound, ARRAY(of))).label("listed"))


def packed(dialect: str, values: Sequence[int] | Sequence[str]) -> str | list[Any]:
    """Values as one that can be bound."""
    return json.dumps(list(values)) if dialect == "sqlite" else list(values)


def holds(connection: Connection, table: Table, words: Sequence[Words]) -> ColumnElement[bool]:
    """Whether a row holds the words. FTS5 takes long to say so of a single row, and even to give its terms; to look
    into them where it keeps them (https://sqlite.org/fts5.html#the_data_structures_section) does not."""
    if connection.dialect.name != "sqlite":
        return _vector_holds(table, words)
    kept = plain_table(f"{table.name}_words_content", column("id", BigInteger), column("c0", Text))
    terms = select(literal(" ") + kept.c.c0 + literal(" ")).where(kept.c.id == table.c.number)
    said = [f" {' '.join(asked(w))}{'' if w.beginning else ' '}" for w in words]
    places = [func.instr(terms.scalar_subquery(), phrase) for phrase in said]
    return and_(*(place == 0 if w.negated else place > 0 for place, w in zip(places, words, strict=True)))


def unindexed(connection: Connection, value: Column[Any]) -> ColumnElement[Any]:
    """A column by which SQLite looks nothing up: where rows are gone through in an order, it would leave that order
    for the index of any condition. PostgreSQL knows better."""
    if connection.dialect.name != "sqlite":
        return value
    return UnaryExpression(value, operator=custom_op("+"), type_=value.type)


def tell_planner(connection: Connection) -> None:
    """Tell SQLite how the tables are going to be filled: it plans for what it is told, and asks no more than that.

    Without it, it takes any index for a good one, and looks through all that Russia supplied to see whether one deal
    is among it.
    """
    if connection.dialect.name == "sqlite":
        connection.execute(text("ANALYZE pages"))  # makes the table of statistics
        told = text("INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (:tbl, :idx, :stat)")
        rows = [{"tbl": t, "idx": i, "stat": stat} for (t, i), stat in _STATISTICS.items()]
        connection.execute(told, rows)
        connection.execute(text("ANALYZE sqlite_schema"))


def look_again(connection: Connection, tables: Iterable[Table]) -> None:
    """Let PostgreSQL look at how tables are filled that one transaction makes and fills, which it does by itself only
    afterwards: until then it goes through all rows of `sketches` for each document."""
    if connection.dialect.name != "sqlite":
        for table in tables:
            connection.execute(text(f"ANALYZE {table.name}"))


def _index(table: Table) -> TableClause:
    return plain_table(f"{table.name}_words", column("rowid", BigInteger), column("terms", Text))


def _phrase(words: Words) -> str:
    return f'"{" ".join(asked(words))}"{" *" * words.beginning}'


def _vector_holds(table: Table, words: Sequence[Words]) -> ColumnElement[bool]:
    said = " & ".join(("!" if w.negated else "") + _followed(w) for w in words)
    return literal_column(f"{table.name}.words", TSVECTOR).op("@@")(sql_cast(literal(said), TSQUERY))


def _followed(words: Words) -> str:
    terms = [f"'{term}'" for term in asked(words)]
    return f"({' <-> '.join(terms)}{':*' * words.beginning})"


def vector(terms: Sequence[str]) -> str:
    """The terms as PostgreSQL writes a `tsvector`."""
    places: dict[str, list[str]] = {}
    for place, term in enumerate(terms, 1):
        places.setdefault(term, []).append(str(min(place, _FURTHEST)))
    return " ".join(f"'{term}':{','.join(at)}" for term, at in places.items())
