"""Corrections as a person writes them become values that quote the text; what is unclear is asked back."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from followthearms.errors import UsageError
from followthearms.exchange.corrections import read_correction
from followthearms.model import Bound, Document, Equipment, Extent, Kind, Modality, Party, Quantity, Slot, Span
from followthearms.model.decisions import Correct, Target
from tests.link.drafts import draft, said

TEXT = (
    "Envoys met in Oslo. Norway will give Ukraine 22 howitzers and dozens of rifles worth $2 billion by June. "
    "Oslo said so; so did Oslo's envoys in Kyiv."
)
START = TEXT.index("Norway")
TOLD = draft("a", TEXT, said("pledge", "give", supplier="Norway/NO", equipment=["howitzers//howitzer/22", "rifles"]))
TOLD = TOLD.with_claims(
    (TOLD.claims[0].model_copy(update={"evidence": Extent(start=START, end=TEXT.index(" Oslo said"))}),)
)
CLAIM = TOLD.claims[0]


def read(slot: str, *values: str, item: str | None = None) -> tuple[Slot, Any]:
    found = read_correction(slot, values, TOLD, CLAIM, item)
    ruling = Correct(claim=Target.of("a", CLAIM), slot=found[0], value=found[1])
    for span in ruling.spans:
        assert TEXT[span.start : span.end] == span.text
    return found


def test_words_are_looked_for_in_the_evidence_first_then_nearest_to_it() -> None:
    assert read("supplier", "Norway=NO", "Envoys=MEDIATORS")[1] == (
        Party(start=START, end=START + 6, text="Norway", code="NO"),
        Party(start=0, end=6, text="Envoys", code="MEDIATORS", inherited=True),
    )


def test_words_cut_no_number_and_other_words_only_where_they_must() -> None:
    text = "Up to 245,000 shells and 2.24 tonnes went with Leopards to Kyiv. Later 24 radars came, and a Leopard."
    told = draft("b", text, said("supply", "went", equipment="shells"))

    def place(words: str) -> int:
        return read_correction("place", [words], told, told.claims[0])[1].start

    assert place("24") == text.index("24 radars")
    assert place("Leopard") == text.index("Leopard.")
    assert place("Leop@47") == text.index("Leopards")
    with pytest.raises(UsageError, match="'45' does not stand"):
        place("45")


def test_words_that_stand_there_several_times_are_listed_with_their_places() -> None:
    twice = draft("b", "Oslo or Oslo.", said("pledge", "or"))
    with pytest.raises(UsageError, match=r"2 times; write which one: Oslo@0 \(…Oslo or Oslo\.…\); Oslo@8"):
        read_correction("place", ["Oslo"], twice, twice.claims[0])
    assert read_correction("place", ["Oslo@8"], twice, twice.claims[0])[1].start == 8
    with pytest.raises(UsageError, match="'Oslo' does not stand at 3 in document b"):
        read_correction("place", ["Oslo@3"], twice, twice.claims[0])


@pytest.mark.parametrize(
    "slot, value, wanted",
    [
        ("kind", "supply", (Kind.SUPPLY,)),
        ("modality", "planned", Modality.PLANNED),
        ("negated", "yes", True),
        ("disputed", "No", False),
    ],
)
def test_what_quotes_nothing(slot: str, value: str, wanted: Any) -> None:
    assert read(slot, value) == (Slot(slot), wanted)


def test_spans() -> None:
    assert read("persons", "Envoys")[1] == (Span(start=0, end=6, text="Envoys", inherited=True),)
    assert read("speaker", "envoys")[1][0].code is None
    assert read("speaker", "Norway=no")[1][0].code == "NO"
    assert read("place", "Kyiv")[1].inherited


def test_money() -> None:
    found = read("value", "$2 billion=2 billion USD/about/per year")[1]
    assert (found.amount, found.currency, found.bound, found.per) == (2_000_000_000, "USD", Bound.ABOUT, "per year")
    assert read("value", "$2 billion=2,000,000,000")[1].currency is None


@pytest.mark.parametrize(
    "written, first, last",
    [
        ("2022-06-01..2022-06-30", (2022, 6, 1), (2022, 6, 30)),
        ("2022-06-01", (2022, 6, 1), (2022, 6, 1)),
        ("..2022-06-30", None, (2022, 6, 30)),
        ("2022-06-01..", (2022, 6, 1), None),
        ("", None, None),
    ],
)
def test_dates(written: str, first: tuple[int, int, int] | None, last: tuple[int, int, int] | None) -> None:
    found = read("date", f"June={written}")[1]
    assert (found.first, found.last) == (first and dt.date(*first), last and dt.date(*last))


def test_equipment_keeps_the_quantity_on_its_words() -> None:
    [howitzers] = read("equipment", "22 howitzers=M109/howitzer")[1]
    assert isinstance(howitzers, Equipment)
    assert (howitzers.designation, howitzers.category) == ("M109", "howitzer")
    assert howitzers.quantity == CLAIM.equipment[0].quantity
    assert read("equipment", "rifles=/rifle")[1][0].designation is None


def _named(words: str) -> Equipment:
    start = TEXT.index(words)
    return Equipment(start=start, end=start + len(words), text=words)


def test_a_quantity_is_of_one_item() -> None:
    slot, items = read("quantity", "dozens=24/over", item="Rifle")
    assert slot is Slot.EQUIPMENT and items[0] == CLAIM.equipment[0]
    assert isinstance(items[1].quantity, Quantity)
    assert (items[1].quantity.number, items[1].quantity.bound) == (24, Bound.OVER)
    assert read("quantity", item="howitzers")[1][0].quantity is None
    assert read("quantity", "22", item="rifles")[1][1].quantity.number == 22
    more = TOLD.with_claims((CLAIM.model_copy(update={"equipment": (*CLAIM.equipment, _named("dozens of rifles"))}),))
    items = read_correction("quantity", ["dozens=24/over"], more, more.claims[0], "rifles")[1]
    assert [bool(one.quantity) for one in items] == [True, True, False]  # it is called so, not only in part
    with pytest.raises(UsageError, match="the claim's items are “howitzers”, “rifles”; say with --item"):
        read("quantity", "22")


@pytest.mark.parametrize(
    "slot, values, problem",
    [
        ("trigger", ["give"], "no such slot: trigger; there are kind, supplier"),
        ("supplier", ["Norway"], "says not what the words mean"),
        ("supplier", ["Norway=QQ"], "as in 'Moscow=RU'"),
        ("supplier", ["Norway="], "as in 'Moscow=RU'"),
        ("supplier", ["Sweden=SE"], "'Sweden' does not stand in document a"),
        ("supplier", ["=SE"], "quote some words"),
        ("place", ["Kyiv", "Norway"], "place takes one value, not 2"),
        ("equipment", ["rifles=rifle"], "designation and category"),
        ("value", ["$2 billion=much USD"], "amount and currency"),
        ("value", ["$2 billion=2 USD/weekly"], "amount and currency"),
        ("date", ["June=June 2022"], "a day or the first and last"),
        ("date", ["June=2022-06-30..2022-06-01"], "a day or the first and last"),
        ("quantity", ["dozens=some"], "cannot be understood"),
        ("negated", ["perhaps"], "neither yes nor no"),
        ("modality", ["sure"], "no such modality: sure; there are actual"),
        ("kind", ["gift"], "no such kind: gift; there are interest"),
    ],
)
def test_what_cannot_be_understood_says_what_to_write(slot: str, values: list[str], problem: str) -> None:
    with pytest.raises(UsageError, match=problem):
        read(slot, *values, item="rifles")


def test_no_value_empties_the_slot() -> None:
    assert read("place") == (Slot.PLACE, None)


def test_the_text_is_hostile() -> None:
    hostile = Document(id="h", text="(.*)+$ \x1b[2J=RU", claims=draft("h", "(.*)+$", said("supply", "(.*)+$")).claims)
    assert read_correction("place", ["(.*)+$"], hostile, hostile.claims[0])[1].start == 0
    with pytest.raises(UsageError, match=r"\(\.\*\)x"):
        read_correction("place", ["(.*)x"], hostile, hostile.claims[0])
