"""Registers with a past: documents, re-readings, decisions and undoings, at times that a test sets."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st
from sqlalchemy import Engine, insert, select

from followthearms.model import Document
from followthearms.model.decisions import (
    Accept,
    AddClaim,
    Correct,
    Decision,
    Grade,
    GradeSource,
    Reject,
    Same,
    Slot,
    Target,
    Undo,
    dump_decision,
    subjects,
)
from followthearms.model.format import dump_line
from followthearms.model.snapshots import frozen_line
from followthearms.register import Run, adding, folding
from followthearms.register.session import Session
from followthearms.register.tables import decisions, derived, documents, touched
from tests.link.drafts import Fields, draft, said

START = dt.datetime(2026, 1, 2, 12, tzinfo=dt.UTC)
RUN = Run(version="1.0", ruleset="abc", parser="sm 3.8", started=START)
PARTIES: Fields = {"supplier": "Russia/RU", "recipient": "India/IN"}
AK = "AK-203 rifles/AK-203/assault rifle"


def _told(name: str, text: str, trigger: str, kind: str, number: int, day: str, outlet: str) -> Document:
    claim = said(kind, trigger, equipment=f"{AK}/{number}", **PARTIES)
    return draft(name, text, claim, date=day, outlet=outlet)


ORDER = _told(
    *("order", "India ordered 600,000 AK-203 rifles from Russia.", "ordered", "agreement", 600000),
    *("2019-03-04", "Quillon"),
)
MORE = _told(
    *("more", "It is 670,000 AK-203 rifles that India ordered from Russia.", "ordered", "agreement", 670000),
    *("2019-03-05", "Ravelin"),
)
CAME = _told(
    *("came", "Russia has delivered 70,000 AK-203 rifles to India.", "delivered", "delivery", 70000),
    *("2022-01-25", "Tellers"),
)
SEIZURE = draft(
    "seizure",
    "Customs seized 12 pistols in Lagos.",
    said("seizure", "seized", actor="Customs/NG", equipment="pistols//pistol", place="Lagos"),
    date="2021-01-01",
    outlet="Quillon",
)
ALL = (ORDER, MORE, CAME, SEIZURE)


@dataclass
class Past:
    """A register on an engine, with a clock that goes forward when it is told to."""

    engine: Engine
    now: dt.datetime = START
    made: list[Decision] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.session = Session(self.engine, lambda: self.now)
        folding.prepare(self.session)

    def wait(self, **time: int) -> None:
        """Let time go by: `wait(days=1)`."""
        self.now += dt.timedelta(**time)

    def read(self, *found: Document, ruleset: str = "abc") -> None:
        """Add readings of documents."""
        run = RUN.model_copy(update={"ruleset": ruleset})
        stamp = self.now.isoformat(timespec="seconds")
        with self.session.writing() as connection:
            for document in found:
                adding.add(connection, document, run, stamp)
            folding.update(connection, [document.id for document in found], stamp)

    def rule(self, ruling: Any, why: str = "misread", who: str = "Ann") -> Decision:
        """Make a decision."""
        made = Decision(who=who, when=self.now, why=why, ruling=ruling)
        values = {
            "id": made.id,
            "act": made.act.value,
            "who": who,
            "made": made.when.isoformat(timespec="microseconds"),
        }
        with self.session.writing() as connection:
            row = insert(decisions).values(**values, body=dump_decision(made)).returning(decisions.c.seq)
            number = connection.execute(row).scalar_one()
            told = [{"decision": number, "subject": subject} for subject in subjects(ruling)]
            connection.execute(insert(touched), told)
            folding.rule(connection, [made], self.now.isoformat(timespec="seconds"))
        self.made.append(made)
        self.wait(seconds=1)  # no two decisions with one content at one time
        return made


def target(document: Document) -> Target:
    """The first claim of a document."""
    return Target.of(document.id, document.claims[0])


def export(engine: Engine) -> dict[str, list[str]]:
    """All that a register publishes, as lines."""
    with engine.connect() as connection:
        names = connection.execute(select(derived.deals.c.id)).scalars().all()
        known = connection.execute(select(documents.c.id)).scalars().all()
        ruled = connection.execute(select(decisions.c.body).order_by(decisions.c.seq)).scalars().all()
        read = [dump_line(one.document) for one in folding.standing(connection, known)]
        return {
            "deals": [frozen_line(deal) for deal in folding.built(connection, names)],
            "read": read,
            "ruled": [*ruled],
        }


WITHOUT = {document.id: document.with_claims(()) for document in ALL}
"""What a worse ruleset reads."""

_MISSED = [
    AddClaim(document=one.id, claim=draft(one.id, one.text, claim).claims[0])
    for one, claim in (
        (CAME, said("delivery", "delivered", **PARTIES)),
        (MORE, said("agreement", "ordered", recipient="Russia/RU", supplier="India/IN")),
    )
]
"""Claims that analysts add: one that the program reads too, and one that it reads otherwise."""

_RULINGS = [
    *_MISSED,
    Reject(claim=target(MORE)),
    Reject(claim=target(CAME)),
    Accept(claim=target(ORDER)),
    Correct(claim=target(CAME), slot=Slot.DISPUTED, value=True),
    Correct(claim=target(SEIZURE), slot=Slot.PLACE, value=None),
    Same(left=target(ORDER), right=target(SEIZURE)),
    GradeSource(source="source:quillon", grade=Grade.B),
]
_NAMES = st.sampled_from([document.id for document in ALL])
STEPS = st.lists(
    st.tuples(st.just("read"), _NAMES)
    | st.tuples(st.just("reread"), _NAMES)
    | st.tuples(st.just("rule"), st.sampled_from(range(len(_RULINGS))))
    | st.tuples(st.just("undo"), st.integers(0, 3))
    | st.tuples(st.just("wait"), st.sampled_from([1, 11, 12, 24])),
    max_size=8,
)
"""Histories: what is done, one step after the other."""


def do(past: Past, what: str, which: Any) -> None:
    """Take one step."""
    if what == "read":
        past.read(next(document for document in ALL if document.id == which))
    elif what == "reread":
        past.read(WITHOUT[which], ruleset="worse")
    elif what == "rule":
        past.rule(_RULINGS[which])
    elif what == "undo" and past.made:
        past.rule(Undo(decision=past.made[which % len(past.made)].id))
    elif what == "wait":
        past.wait(hours=which)
