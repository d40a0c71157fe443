"""Dates, places, money, numbers, firms and people: which event they belong to."""

from __future__ import annotations

import datetime as dt

import pytest

from followthearms.model import Claim, Document, Voice
from followthearms.pipeline import read

DAY = dt.date(2024, 6, 14)


def claims(text: str) -> list[Claim]:
    return list(read(Document(id="t", text=text, date=DAY), voices={Voice.FRAME}).claims)


def only(text: str, kind: str) -> Claim:
    found = [c for c in claims(text) if c.kind[0].value == kind]
    assert len(found) == 1, [(c.kind, c.trigger.text) for c in claims(text)]
    return found[0]


@pytest.mark.parametrize(
    ("text", "kind", "date"),
    [
        ("Sweden delivered 12 howitzers to Norway in 2019.", "delivery", "2019"),
        ("Last week the minister said that Sweden delivered 12 howitzers to Norway.", "delivery", None),
        ("Sweden is now delivering 12 howitzers to Norway.", "delivery", None),
        ("Sweden, which joined NATO in 2024, delivered 12 howitzers to Norway.", "delivery", None),
        ("It was in 2021 that Norway ordered 12 howitzers from Sweden.", "agreement", "2021"),
    ],
)
def test_date(text: str, kind: str, date: str | None) -> None:
    found = only(text, kind).date
    assert (found.text if found else None) == date


def test_each_event_keeps_its_own_date() -> None:
    told = claims("Norway ordered 12 howitzers from Sweden in 2018 and Sweden delivered the howitzers in 2021.")
    assert [(c.trigger.text, c.date and c.date.text) for c in told] == [("ordered", "2018"), ("delivered", "2021")]


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        ("Police seized 40 rifles in Tijuana.", "seizure", "Tijuana"),
        ("Police seized 40 rifles in Mexico.", "seizure", "Mexico"),
        ("Norway signed a contract for howitzers in Sweden.", "agreement", None),
    ],
)
def test_place(text: str, kind: str, place: str | None) -> None:
    found = only(text, kind).place
    assert (found.text if found else None) == place


def test_value_reaches_out_of_a_side_clause() -> None:
    value = only("Norway signed a contract with Sweden for howitzers, which is worth $90 million.", "agreement").value
    assert value is not None and value.amount == 90_000_000


def test_persons_are_those_who_act() -> None:
    claim = only("President Joe Biden approved the sale of F-16 fighter jets to Bahrain.", "approval")
    assert [p.text for p in claim.persons] == ["Joe Biden"]
    quiet = only(
        "The United States approved the sale of F-16 fighter jets to Bahrain during the term of Joe Biden.", "approval"
    )
    assert quiet.persons == ()


def test_firms_of_the_clause() -> None:
    claim = only("Saab signed a contract with Norway for howitzers.", "agreement")
    assert [c.text for c in claim.company] == ["Saab"]


@pytest.mark.parametrize(
    "text",
    [
        "Police seized 40 rifles in Tijuana on Monday, officials told Reuters.",
        "Saab will deliver 12 howitzers worth $90 million to Norway by 2027.",
    ],
)
def test_every_span_is_the_texts_own(text: str) -> None:
    for claim in claims(text):
        singles = [s for s in (claim.date, claim.place, claim.value, claim.medium) if s]
        for span in (*singles, *claim.company, *claim.persons, *claim.speaker, *claim.equipment):
            assert text[span.start : span.end] == span.text
