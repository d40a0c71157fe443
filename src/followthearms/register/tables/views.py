"""Views for other programs: the deals and the claims of the register as plain columns.

Invariant: these stay as they are, whatever becomes of the tables below them, and with them what others have built on
them, and whom they let read them: a new column goes to the end. Names and meanings are those of the CSV files; the SQL
is plain, so that every program that opens the file can run it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    and_,
    case,
    exists,
    func,
    inspect,
    or_,
    select,
    text,
)
from sqlalchemy.exc import DBAPIError

from followthearms.register.database import sqlstate
from followthearms.register.tables import derived
from followthearms.register.tables.log import documents

BETWEEN = "; "
"""What stands between several values of one column."""

Told = tuple[str, ColumnElement[Any], str]
"""A column: its name, what it is, and what it means."""


@dataclass(frozen=True)
class View:
    """A view: what a row of it is, its columns, and where they come from."""

    name: str
    about: str
    columns: tuple[Told, ...]
    source: FromClause

    @property
    def asked(self) -> Select[Any]:
        """What it asks for."""
        return select(*(made.label(name) for name, made, _ in self.columns)).select_from(self.source)


def create(connection: Connection) -> None:
    """Make the views, once their tables are there, in the place of those that are."""
    for view in VIEWS:
        asked = view.asked.compile(connection.engine, compile_kwargs={"literal_binds": True})
        if connection.dialect.name == "sqlite":
            connection.execute(text(f"CREATE VIEW {view.name} AS {asked}"))
        else:
            _replace(connection, view.name, str(asked))
            connection.execute(text(f"DROP TABLE IF EXISTS {_parked(view)}"))


def park(connection: Connection) -> None:
    """Take the views off their tables, so that these can be changed.

    PostgreSQL takes no view away that another stands on; there each is put on a copy of what it says until `create`.
    In SQLite a view looks for what it stands on when it is read.
    """
    known = set(inspect(connection).get_view_names())
    for view in VIEWS:
        if connection.dialect.name == "sqlite":
            connection.execute(text(f"DROP VIEW IF EXISTS {view.name}"))
        elif view.name in known and not inspect(connection).has_table(_parked(view)):
            connection.execute(text(f"CREATE TABLE {_parked(view)} AS TABLE {view.name}"))
            connection.execute(text(f"CREATE OR REPLACE VIEW {view.name} AS TABLE {_parked(view)}"))


def _parked(view: View) -> str:
    return f"{view.name}_parked"


def _replace(connection: Connection, name: str, asked: str) -> None:
    try:
        with connection.begin_nested():
            connection.execute(text(f"CREATE OR REPLACE VIEW {name} AS {asked}"))
    except DBAPIError as error:
        if sqlstate(error) != "42P16":
            raise
        connection.execute(text(f"DROP VIEW {name}"))  # its columns are no longer those; fails if others stand on it
        connection.execute(text(f"CREATE VIEW {name} AS {asked}"))


_deals, _sheets = derived.deals.c, derived.sheets.c
_said, _lots, _origins = derived.statements.c, derived.lots.c, derived.origins.c
_placed = derived.strands.alias("placed")
_more = derived.lots.alias("more")
_parts = (
    select(derived.strands.c.document, derived.strands.c.position, derived.strands.c.item, derived.strands.c.deal)
    .where(derived.strands.c.deal.is_not(None))
    .distinct()
    .subquery("parts")
)


def _same(columns: Any) -> ColumnElement[bool]:
    """That a row is of the same claim."""
    return and_(columns.document == _said.document, columns.position == _said.position)


def _plain(table: Any, *named: tuple[str, str]) -> Iterator[Told]:
    return ((name, table[name], meaning) for name, meaning in named)


_CODES = "their codes (ISO 3166 for states), in the same order"
_NUMBER = (
    ("number", "how many, as read; of a deal by the best figure, whatever its status says is done with them"),
    ("bound", "how the number limits it: exact, about, over (*at least*), up_to"),
    ("unit", "what is counted, if not pieces"),
)
_MONEY = (
    ("currency", "of the amount (ISO 4217)"),
    ("value_bound", "how the amount limits it"),
    ("value_per", "the period of a rate"),
)

DEALS = View(
    "deal_register",
    "a row for each deal",
    (
        ("deal", _deals.id, "the id of the deal"),
        *_plain(_deals, ("nature", "what it is: transfer, licensed production, embargo, …")),
        *_plain(_deals, ("status", "where it stands: requested, agreed, delivered, …")),
        *_plain(
            _sheets,
            ("supplier", "who supplies, by name"),
            ("supplier_code", _CODES),
            ("recipient", "who receives, by name"),
            ("recipient_code", _CODES),
            ("parties", "both sides, where neither gives nor gets"),
            ("parties_code", _CODES),
            ("actors", "third parties, by name"),
            ("actors_code", _CODES),
            ("equipment", "what it is about, the most specific first"),
            ("designation", "types of it, each once"),
            ("category", "categories of it, each once"),
            *_NUMBER,
            ("delivered_total", "how many are told to have come, batches of different days added up"),
            ("amount", "a sum of money: the best figure that is told of it alone"),
            *_MONEY,
        ),
        *_plain(
            _deals,
            ("first", "the earliest day of what is told (ISO 8601)"),
            ("last", "the latest day of what is told, plans included"),
            ("reached", "the day by which it had got where it stands"),
        ),
        ("reported", _deals.told, "the day of the latest report"),
        ("sources", _deals.sources, "how many independent sources tell of it"),
        ("documents", _sheets.documents, "how many documents tell of it"),
        ("claims", _deals.claims, "how many claims tell of it"),
        ("contradictions", _sheets.contradictions, "how often reports differ"),
        ("conflicts", _deals.conflicts, "how often so that one must be wrong and nobody has ruled"),
        *_plain(_sheets, ("companies", "companies and agencies"), ("places", "places")),
    ),
    derived.deals.join(derived.sheets, _sheets.deal == _deals.id),
)

_OF_ITEM = or_(
    _parts.c.item == _lots.start,
    ~exists().where(_same(_placed.c), _placed.c.deal.is_not(None), _placed.c.item == _lots.start),
)
"""That a part of a claim is about an item: its own, or any where no part is about this one alone."""

_HAS_SEVERAL_ROWS = or_(
    exists().where(_same(_more.c), _more.c.item == 2),
    exists().where(_same(_placed.c), _placed.c.deal != _parts.c.deal),
)
"""That a claim has another item, or an item of it another deal."""

_EVIDENCE = func.substr(documents.c.text, _said.start + 1, _said.end - _said.start)

CLAIMS = View(
    "claim_register",
    "a row for each item of equipment of a claim and each deal that this item is part of; a claim without equipment or "
    "without a deal has a row too",
    (
        (
            "deal",
            _parts.c.deal,
            "the deal that the item is part of; null for a rejected claim, or one of no party",
        ),
        ("claim", _said.claim, "the id of the claim"),
        ("item", _lots.item, "which of its items, from 1"),
        ("standing", _said.standing, "with the analysts: pending, accepted, corrected, rejected"),
        ("kind", _said.kind, "what it says happened, the best of several kinds"),
        ("modality", _said.modality, "how firmly: actual, planned, possible, hypothetical"),
        ("negated", _said.negated, "true if it says that this did not happen"),
        ("disputed", _said.disputed, "true if its text shows that this is disputed"),
        *_plain(
            _said,
            ("supplier", "who supplies, in the words of the text"),
            ("supplier_code", _CODES),
            ("recipient", "who receives, in the words of the text"),
            ("recipient_code", _CODES),
            ("parties", "both sides, where neither gives nor gets"),
            ("parties_code", _CODES),
            ("actor", "third parties, in the words of the text"),
            ("actor_code", _CODES),
        ),
        *_plain(
            _lots,
            ("equipment", "the item in the words of the text"),
            ("designation", "its type"),
            ("category", "its category"),
            ("quantity", "its number in the words of the text"),
            *_NUMBER,
        ),
        ("amount", case((~_HAS_SEVERAL_ROWS, _said.amount)), "a sum of money of a claim that has this row alone"),
        (
            "shared_amount",
            case((_HAS_SEVERAL_ROWS, _said.amount)),
            "a sum of money of a claim that has several rows: of all of them together, told in each",
        ),
        *_plain(_said, *_MONEY),
        ("date_from", _said.first, "the earliest day on which it may have happened or is due (ISO 8601)"),
        ("date_to", _said.last, "the latest such day"),
        *_plain(
            _said, ("place", "where, in the words of the text"), ("company", "companies, in the words of the text")
        ),
        ("evidence", _EVIDENCE, "the words that carry it"),
        ("evidence_start", _said.start, "where they begin in the text, in code points"),
        ("evidence_end", _said.end, "where they end"),
        ("document", _said.document, "the id of the document"),
        *_plain(
            _origins,
            ("url", "where the document was published"),
            ("title", "its title"),
            ("outlet", "its outlet"),
            ("published", "the day of its publication (ISO 8601)"),
        ),
    ),
    derived.statements.join(documents, documents.c.id == _said.document)
    .join(derived.origins, _origins.document == _said.document)
    .outerjoin(derived.lots, _same(_lots))
    .outerjoin(_parts, and_(_same(_parts.c), _OF_ITEM)),
)

VIEWS = (DEALS, CLAIMS)
