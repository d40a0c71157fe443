"""What chosen words would mean, by the program's own readers; and a meaning reads back as it is written."""

from __future__ import annotations

import datetime as dt

import pytest

from followthearms.exchange.corrections import QUANTITY, Written, meaning, read_correction
from followthearms.exchange.proposals import proposed
from followthearms.model import Claim, DateRange, Document, Equipment, Kind, Money, Party, Quantity, Slot, Span
from followthearms.model.spans import Extent

TEXT = (
    "In Moscow, officials said last October that dozens of AK-203 assault rifles worth about $2 billion would go to "
    "India by 2025. The order covers over 70,000 rifles, T-90S tanks, QX-9 drones and Rafales; x@7=y is no party."
)
DOCUMENT = Document(id="d", text=TEXT, date=dt.date(2019, 3, 4))
CLAIM = Claim(
    kind=(Kind.AGREEMENT,),
    evidence=Extent(start=0, end=len(TEXT)),
    trigger=DOCUMENT.quote(0, 2),
    equipment=(Equipment(**DOCUMENT.quote(54, 75).model_dump()),),
)


def span(words: str) -> Span:
    start = TEXT.index(words)
    return DOCUMENT.quote(start, start + len(words))


PROPOSED = [
    ("supplier", "Moscow", "RU"),
    ("recipient", "India", "IN"),
    ("speaker", "Moscow", "RU"),
    ("date", "last October", "2018-10-01..2018-10-31"),
    ("date", "October", "2018-10-01..2018-10-31"),
    ("date", "by 2025", "..2025-12-31"),
    (QUANTITY, "dozens", "24/over"),
    (QUANTITY, "70,000", "70000/over"),
    ("value", "$2 billion", "2000000000 USD/about"),
    ("equipment", "AK-203 assault rifles", "AK-203/assault rifle"),
    ("equipment", "T-90S tanks", "T-90S/tank"),
    ("equipment", "QX-9 drones", "QX-9/drone"),
    ("equipment", "Rafales", "Rafale/fighter aircraft"),
    ("equipment", "rifles", "/rifle"),
    ("equipment", "officials said", ""),
    ("supplier", "order covers", ""),
    ("place", "Moscow", ""),
]


@pytest.mark.parametrize(("slot", "words", "told"), PROPOSED)
def test_what_words_would_mean(slot: str, words: str, told: str) -> None:
    assert proposed(slot, span(words), DOCUMENT) == told


@pytest.mark.parametrize(("slot", "words", "told"), [one for one in PROPOSED if one[2]])
def test_a_proposal_can_be_taken_as_it_is(slot: str, words: str, told: str) -> None:
    written = Written(words, span(words).start, told)
    _, value = read_correction(slot, [written], DOCUMENT, CLAIM)
    first = value[0] if isinstance(value, tuple) else value
    assert meaning(first.quantity if slot == QUANTITY else first) == told


def test_words_with_the_signs_of_a_correction_are_words_when_given_apart() -> None:
    start = TEXT.index("x@7=y")
    _, value = read_correction("supplier", [Written("x@7=y", start, "NOBODY")], DOCUMENT, CLAIM)
    assert (value[0].text, value[0].start, value[0].code) == ("x@7=y", start, "NOBODY")


def test_what_is_written_is_what_is_meant() -> None:
    at = span("Moscow").model_dump()
    day = dt.date(2019, 1, 2)
    for made, told in (
        (Party(**at, code="RU"), "RU"),
        (Party(**at), ""),
        (Quantity(**at, number=2.5, bound="about"), "2.5/about"),
        (Money(**at, amount=2e9, currency="USD", per="per year"), "2000000000 USD/exact/per year"),
        (DateRange(**at, first=day, last=day), "2019-01-02"),
        (DateRange(**at), ".."),
        (Equipment(**at, designation="S-400"), "S-400/"),
        (Span(**at), ""),
    ):
        assert meaning(made) == told


def test_each_slot_can_be_asked_for() -> None:
    for slot in (*Slot, QUANTITY):
        assert isinstance(proposed(str(slot), span("Moscow"), DOCUMENT), str)
