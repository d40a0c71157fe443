"""The trail of decisions: all of them, in order, by person, sort and day, and on whole pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from followthearms.errors import UsageError
from followthearms.model import Act
from followthearms.model.decisions import Accept, Note, Reject
from followthearms.register import Register, Run
from followthearms.register.decisions.history import Effect
from followthearms.register.decisions.trail import Wanted
from tests.link.drafts import draft, said

NOON = dt.datetime(2026, 5, 1, 12, tzinfo=dt.UTC)
RUN = Run(version="1", ruleset="r", parser="p", started=NOON)


@pytest.fixture
def register(register_url: str) -> Iterator[Register]:
    """Five decisions on five days: Ann accepts, Ben rejects, Ann notes, Ben undoes his, Ann rejects."""
    day = -1

    def clock() -> dt.datetime:
        return NOON + dt.timedelta(days=max(day, 0))

    with Register.open(register_url, clock=clock) as register:
        told = said("agreement", "ordered", recipient="India/IN", equipment="rifles//rifle")
        register.add(draft("d", "India ordered rifles.", told), RUN)
        ledger = register.ledger
        claim = ledger.claim(register.claims()[0].claim.id)
        for who, ruling in (
            ("Ann", Accept(claim=claim)),
            ("Ben", Reject(claim=claim)),
            ("Ann", Note(about=claim, text="Seen.")),
        ):
            day += 1
            ledger.decide(ruling, who, f"day {day}")
        day += 1
        ledger.undo(ledger.decisions()[1].id, "Ben")
        day += 1
        ledger.decide(Reject(claim=claim), "Ann")
        yield register


def days(register: Register, **wanted: object) -> list[int]:
    """The days, from the first on, of the decisions that are wanted."""
    found = register.trail.find(Wanted(**wanted))  # type: ignore[arg-type]
    assert found.total == len(found.steps) and found.next is None
    return [(step.entry.decision.when - NOON).days for step in found.steps]


def test_all_of_them_the_newest_first_with_what_came_of_them(register: Register) -> None:
    found = register.trail.find(Wanted())
    assert [step.entry.decision for step in found.steps] == list(reversed(register.ledger.decisions()))
    assert {step.entry for step in found.steps} == set(register.ledger.history())
    assert [step.entry.effect for step in found.steps][-2] is Effect.UNDONE
    assert isinstance(found.steps[1].ruling, Reject)  # what the undoing undid
    assert found.people == (("Ann", 3), ("Ben", 2))


def test_by_person_sort_and_day(register: Register) -> None:
    assert days(register, who="Ben") == [3, 1]
    assert days(register, act=Act.REJECT) == [4, 1]
    assert days(register, who="Ann", act=Act.REJECT) == [4]
    assert days(register, who="ann") == []
    first = NOON.date()
    assert days(register, since=first + dt.timedelta(days=3)) == [4, 3]
    assert days(register, until=first + dt.timedelta(days=1)) == [1, 0]
    assert days(register, since=first + dt.timedelta(days=2), until=first + dt.timedelta(days=2)) == [2]


@pytest.mark.parametrize("size", [1, 2, 3, 5, 6])
def test_pages_hold_each_once(register: Register, size: int) -> None:
    seen, after = [], None
    while True:
        page = register.trail.find(Wanted(), size, after)
        assert len(page.steps) <= size and page.total == 5
        seen += [step.entry for step in page.steps]
        after = page.next
        if after is None:
            break
    assert seen == [step.entry for step in register.trail.find(Wanted()).steps]


def test_a_page_after_what_is_not_there_is_an_error(register: Register) -> None:
    with pytest.raises(UsageError, match="no decision 'j0' is among those"):
        register.trail.find(Wanted(), 2, "j0")
