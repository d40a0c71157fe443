"""The derived tables are what the log comes to, however it was written, on both databases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, select, text

from followthearms.errors import NotInRegister, UsageError
from followthearms.link import link
from followthearms.model import Document
from followthearms.model.decisions import AddClaim, Different, Merge, Reject, Same, Target
from followthearms.register import Register, Run, folding
from followthearms.register.tables import derived
from tests.link.drafts import draft, said

RUN = Run(version="1.0", ruleset="abc", parser="sm", started=dt.datetime(2026, 1, 2, tzinfo=dt.UTC))
STATES = {"India": "IN", "Russia": "RU", "Egypt": "EG"}
ITEMS = {"AK-203": "rifle", "AK-74": "rifle", "Su-35": "fighter aircraft", "": "rifle"}
KINDS = {"delivery": "delivered", "agreement": "ordered", "request": "sought"}


@st.composite
def documents(draw: Any) -> Document:
    """A document of a few claims among few parties and types, so that documents meet."""
    name = draw(st.sampled_from("abcdefgh"))
    sentences, claims = [], []
    for place in range(draw(st.integers(1, 3))):
        kind = draw(st.sampled_from(sorted(KINDS)))
        giver, taker = draw(st.permutations([*STATES, ""]))[:2]
        item = draw(st.sampled_from(sorted(ITEMS)))
        number = draw(st.sampled_from((5, 12, 40)))
        count = number * 100 + place
        sentences.append(
            f"{place} {giver or 'Somebody'} {KINDS[kind]} {count:,} {item or 'rifles'} {taker or 'elsewhere'}."
        )
        claims.append((place, kind, giver, taker, item, count))
    return _document(name, " ".join(sentences), claims, draw(st.sampled_from((None, "2015-03-01", "2021-06-05"))))


def _document(name: str, text: str, claims: list[Any], date: str | None) -> Document:
    made = []
    for place, kind, giver, taker, item, count in claims:
        start = text.index(f"{place} {giver or 'Somebody'} {KINDS[kind]}")
        part = text[start:]
        fields: dict[str, Any] = {"supplier": f"{giver}/{STATES[giver]}"} if giver else {}
        fields |= {"recipient": f"{taker}/{STATES[taker]}"} if taker else {}
        said_of = said(kind, KINDS[kind], equipment=f"{item or 'rifles'}/{item}/{ITEMS[item]}/{count}", **fields)
        [claim] = draft(name, part, said_of).claims
        made.append(_moved(claim.model_dump(mode="json", by_alias=True, exclude={"id"}), start, len(part)))
    return Document(id=name, text=text, date=dt.date.fromisoformat(date) if date else None, claims=made)


def _moved(value: Any, by: int, length: int) -> Any:
    """A claim of the end of a text as a claim of the whole text."""
    if isinstance(value, dict):
        moved = {key: _moved(part, by, length) for key, part in value.items()}
        return moved | {key: value[key] + by for key in ("start", "end") if key in value}
    return [_moved(part, by, length) for part in value] if isinstance(value, list) else value


groups = st.lists(st.lists(documents(), min_size=1, max_size=3), min_size=1, max_size=6)


def content(register: Register) -> dict[str, list[Any]]:
    """All derived rows, sorted."""
    with register._session.reading() as connection:
        return _rows(connection)


def _rows(connection: Connection) -> dict[str, list[Any]]:
    tables = derived.metadata.sorted_tables
    return {table.name: sorted(map(tuple, connection.execute(select(table))), key=repr) for table in tables}


def rebuilt(register: Register) -> dict[str, list[Any]]:
    """The derived rows made anew from the log."""
    with register._session.writing() as connection:
        folding.rebuild(connection, "2026-01-02T00:00:00+00:00")
        return _rows(connection)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=groups)
def test_step_by_step_or_all_at_once(told: list[list[Document]], tmp_path_factory: pytest.TempPathFactory) -> None:
    with Register.open(tmp_path_factory.mktemp("fold") / "register.db") as register:
        known: dict[str, Document] = {}
        for group in told:
            add(register, known, group)
        assert register.deals() == link(known.values()).deals
        assert {statement.ref for statement in register.unassigned()} == set(link(known.values()).unassigned)
        assert content(register) == rebuilt(register)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=groups, dice=st.randoms(use_true_random=False))
def test_decisions_between_the_steps(
    told: list[list[Document]], dice: Random, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with Register.open(tmp_path_factory.mktemp("fold") / "register.db") as register:
        known: dict[str, Document] = {}
        for group in told:
            add(register, known, group)
            for _ in range(2):
                decide(register, dice)
        assert register.deals() == link(known.values(), register.ledger.decisions()).deals
        assert content(register) == rebuilt(register)


def add(register: Register, known: dict[str, Document], group: list[Document]) -> None:
    """Add documents; one whose id is known with another text is left out."""
    fresh = [d for d in {d.id: d for d in group}.values() if d.id not in known or known[d.id].text == d.text]
    register.add_many(fresh, RUN)
    known |= {document.id: document for document in fresh}


def decide(register: Register, dice: Random) -> None:
    """Some decision on what is there; one that makes no sense is refused, and nothing is done."""
    ledger, deals = register.ledger, [deal.id for deal in register.deals()]
    refs = [statement.ref for statement in register.claims()]
    if not deals or not refs:
        return
    claim = f"{(ref := dice.choice(refs)).document}:{ref.claim}"
    pick = dice.randrange(8)
    with suppress(UsageError, NotInRegister):
        if pick == 0:
            ledger.decide(Reject(claim=ledger.claim(claim)), "Ann")
        elif pick == 1:
            ledger.decide(ledger.merging([dice.choice(deals), dice.choice(deals)]), "Ann")
        elif pick == 2:
            name = dice.choice(deals)
            inside = dice.choice(register.deal(name).events).ref
            ledger.decide(ledger.splitting(name, [f"{inside.document}:{inside.claim}"]), "Ann")
        elif pick in (3, 4):
            names = dice.choice([deals, [f"{one.document}:{one.claim}" for one in refs]])
            left, right = ledger.pair(dice.choice(names), dice.choice(names))
            assert isinstance(left, Target) and isinstance(right, Target)
            ledger.decide(Same(left=left, right=right) if pick == 3 else Different(left=left, right=right), "Ann")
        elif pick == 5:
            ledger.decide(Merge(entities=tuple(dice.sample(["RU", "EG", "IN"], 2))), "Ann")
        elif pick == 6:
            document, own = ledger.standing(ref.document).read, ledger.statement(ledger.claim(claim))[1]
            slots = {"equipment": (), "recipient": own.recipient if dice.random() < 0.5 else ()}
            ledger.decide(AddClaim(document=document.id, claim=own.model_copy(update=slots)), "Ann")
        elif made := ledger.decisions():
            ledger.undo(dice.choice(made).id, "Ann")


def test_on_both_databases(new_url: Callable[[], str]) -> None:
    words = "Russia delivered 500 AK-203 rifles to India. India ordered 700 AK-203 rifles."
    first = draft(
        "a",
        words,
        said(
            "delivery", "delivered", supplier="Russia/RU", recipient="India/IN", equipment="AK-203 rifles/AK-203/rifle"
        ),
        said("agreement", "ordered", recipient="India/IN", equipment="AK-203 rifles/AK-203/rifle"),
    )
    with Register.open(new_url()) as register:
        register.add(first, RUN)
        [deal] = register.deals()
        assert [party.code for party in deal.supplier] == ["RU"]
        assert len(deal.events) == 2
        assert content(register) == rebuilt(register)


def test_a_long_rebuild_tells_the_planner_what_it_fills(
    new_url: Callable[[], str], database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folding, "_BATCH", 1)
    bought = said("agreement", "bought", supplier="Russia/RU", recipient="India/IN", equipment="rifles//rifle/5")
    with Register.open(new_url()) as register:
        register.add_many([draft(name, f"{name}: India bought 5 rifles from Russia.", bought) for name in "abc"], RUN)
        before = content(register)
        assert rebuilt(register) == before
        if database == "postgresql":
            with register._session.reading() as connection:
                seen = connection.execute(
                    text("SELECT reltuples FROM pg_class WHERE relname IN ('sketches', 'quotes')")
                )
                assert all(rows > 0 for rows in seen.scalars())
