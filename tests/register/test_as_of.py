"""A register as of a past day is the register as it stood when that day ended."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from sqlalchemy import Engine

from followthearms.model.decisions import Reject, Undo
from followthearms.register import folding
from followthearms.register.database import memory_engine, open_engine
from followthearms.register.log import replay
from followthearms.register.log.replay import replayed
from followthearms.register.session import Session
from tests.register.histories import ALL, CAME, MORE, ORDER, SEIZURE, STEPS, WITHOUT, Past, do, export, target


def as_of(source: Engine, day: dt.date | None) -> dict[str, list[str]]:
    with source.connect() as connection, connection.begin():
        engine = replayed(connection, day)
    folding.prepare(Session(engine))
    found = export(engine)
    engine.dispose()
    return found


@settings(max_examples=6)
@given(STEPS)
def test_each_past_day_is_as_it_was_when_it_ended(steps: list[tuple[str, object]]) -> None:
    past = Past(memory_engine())
    stood: dict[dt.date, dict[str, list[str]]] = {}
    for what, which in steps:
        before, was = past.now.date(), export(past.engine)
        do(past, what, which)
        day = before
        while day < past.now.date():  # the days that end with this step, if it was to wait
            stood[day] = was
            day += dt.timedelta(days=1)
    for day, expected in stood.items():
        assert as_of(past.engine, day) == expected
    assert as_of(past.engine, past.now.date()) == as_of(past.engine, None) == export(past.engine)
    assert as_of(past.engine, dt.date(1990, 1, 1)) == {"deals": [], "read": [], "ruled": []}
    past.engine.dispose()


@pytest.fixture
def past(register_url: str):
    engine = open_engine(register_url, create=True)
    yield Past(engine)
    engine.dispose()


def test_readings_decisions_and_undoings_of_later_days_are_left_out(past: Past) -> None:
    days = []

    def end_of_day() -> None:
        days.append((past.now.date(), export(past.engine)))
        past.wait(days=1)

    past.read(ORDER, SEIZURE)
    end_of_day()
    past.read(MORE, CAME)
    end_of_day()
    ruled = past.rule(Reject(claim=target(MORE)))
    end_of_day()
    past.rule(Undo(decision=ruled.id))
    past.read(WITHOUT["came"], ruleset="worse")
    end_of_day()
    assert len({str(found) for _, found in days}) == 4
    for day, expected in days:
        assert as_of(past.engine, day) == expected


def test_a_day_ends_at_midnight_in_utc(past: Past) -> None:
    past.now = dt.datetime(2026, 1, 2, 23, 59, 59, tzinfo=dt.UTC)
    past.read(ORDER)
    past.now = dt.datetime(2026, 1, 3, 0, 0, 0, tzinfo=dt.UTC)
    past.read(MORE)
    assert len(as_of(past.engine, dt.date(2026, 1, 1))["read"]) == 0
    assert len(as_of(past.engine, dt.date(2026, 1, 2))["read"]) == 1
    assert len(as_of(past.engine, dt.date(2026, 1, 3))["read"]) == 2
    assert len(as_of(past.engine, dt.date.max)["read"]) == 2


def test_more_rows_than_are_held_at_once_are_copied(past: Past, monkeypatch: pytest.MonkeyPatch) -> None:
    past.read(*ALL)
    monkeypatch.setattr(replay, "_ROWS", 3)
    assert as_of(past.engine, None) == export(past.engine)
