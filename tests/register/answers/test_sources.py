from __future__ import annotations

import datetime as dt

import pytest

from followthearms.errors import NotInRegister
from followthearms.model.decisions import Grade, GradeSource
from followthearms.register import Register


def test_sources_under_one_name_with_what_they_published(filled_url: str) -> None:
    with Register.open(filled_url) as register:
        found = {one.id: one for one in register.sources.all()}
        assert register.sources.unnamed() == 1
    assert set(found) == {"source:TASS", "source:VALLEY COURIER"}
    courier, tass = found["source:VALLEY COURIER"], found["source:TASS"]
    assert (courier.documents, courier.stories, courier.months) == (2, 2, (("2020-05", 2),))
    assert courier.last == dt.date(2020, 5, 9)
    assert (courier.kind, courier.state, courier.name) == (None, None, "Valley Courier")
    assert (tass.kind, tass.state, tass.documents, tass.cited) == ("agency", "RU", 1, 1)
    assert tass.grade is None


def test_a_source_by_any_of_its_names(filled_url: str) -> None:
    with Register.open(filled_url) as register:
        assert {register.sources.get(name).id for name in ("TASS", "tass.com", "ITAR-TASS", "source:TASS")} == {
            "source:TASS"
        }
        with pytest.raises(NotInRegister, match="Hilltop Post"):
            register.sources.get("Hilltop Post")


def test_a_source_has_the_grade_that_an_analyst_gave_it_last(filled_url: str) -> None:
    with Register.open(filled_url) as register:
        for grade in (Grade.C, Grade.B):
            register.ledger.decide(GradeSource(source=register.ledger.source("tass.com"), grade=grade), "ada")
        assert register.sources.get("TASS").grade is Grade.B
        register.ledger.undo(register.ledger.decisions()[-1].id, "ada")
        assert register.sources.get("TASS").grade is Grade.C
