"""How many of each thing an event is about: parts and wholes, batches, numbers that stand alone."""

from __future__ import annotations

import datetime as dt

import pytest

from followthearms.model import Claim, Document, Kind
from followthearms.pipeline import read

Numbers = dict[str, dict[str, float | None]]


def claims(text: str) -> tuple[Claim, ...]:
    return read(Document(id="t", text=text, date=dt.date(2024, 6, 14))).claims


def numbers(text: str) -> Numbers:
    """The number of each item, by the kind of the claim."""
    return {
        c.kind[0].value: {e.text: e.quantity.number if e.quantity else None for e in c.equipment} for c in claims(text)
    }


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Sweden delivered 12 refurbished howitzers to Norway.", 12),
        ("Sweden delivered howitzers to 12 brigades of Norway.", None),
    ],
)
def test_number_counts_what_follows_it(text: str, number: int | None) -> None:
    assert list(numbers(text)["delivery"].values()) == [number]


@pytest.mark.parametrize(
    ("text", "batches"),
    [
        ("Germany will deliver 18 tanks to Norway in 2026 and 24 in 2027.", [(18, 2026), (24, 2027)]),
        (
            "Sweden delivered 10 tanks to Poland in 2022, 18 more in 2023 and a further 56 by 2024.",
            [(10, 2022), (18, 2023), (56, 2024)],
        ),
        ("Deliveries of jets from Spain to Peru will start with 4 in 2026 and 14 in 2027.", [(4, 2026), (14, 2027)]),
        ("Germany will deliver 18 tanks to Norway in 2026 and spares in 2027.", [(18, 2026)]),
        ("Germany will deliver 18 tanks to Norway in 2026 and train 24 crews in 2027.", [(18, 2026)]),
    ],
)
def test_batches_with_dates_of_their_own_are_claims_of_their_own(text: str, batches: list[tuple[int, int]]) -> None:
    told = [c for c in claims(text) if c.kind[0] is Kind.DELIVERY]
    found = []
    for claim in told:
        assert claim.date and claim.date.last and claim.equipment[0].quantity and claim.evidence.covers(claim.date)
        found.append((claim.equipment[0].quantity.number, claim.date.last.year))
    assert found == batches and len({claim.id for claim in told}) == len(batches)


@pytest.mark.parametrize(
    ("text", "delivered", "ordered"),
    [
        ("Turkey has delivered 24 of the 36 drones ordered by Poland.", 24, 36),
        ("Sweden has delivered four of the 36 drones that Brazil ordered.", 4, 36),
        ("Half of the 36 drones that Brazil ordered from Sweden have been delivered.", 18, 36),
        ("Half of the 35 drones that Brazil ordered from Sweden have been delivered.", None, 35),
        ("Most of the 36 drones that Brazil ordered from Sweden have been delivered.", None, 36),
        ("All of the 36 drones that Brazil ordered from Sweden have been delivered.", 36, 36),
        ("One of the four drones ordered by Norway from Spain was delivered in May.", 1, 4),
        ("Norway received the last of the 14 drones that it had ordered from Sweden.", None, 14),
        ("Norway has received the last two of the four drones that it ordered from Spain.", 2, 4),
        ("Six out of 14 drones ordered by the Philippines from Turkey have arrived.", 6, 14),
        ("Norway received 24 of the drones that it ordered from Turkey.", 24, None),
        ("The first 10 drones that Poland ordered from South Korea arrived in Gdynia on Monday.", 10, None),
        ("The first batch of 12 drones that Norway ordered from Germany arrived in May.", 12, None),
        ("Of the 36 drones that Norway ordered, Germany has so far delivered 12.", 12, 36),
        ("Five drones, the first of 36 that India ordered from France in 2016, landed at Ambala air base.", 5, 36),
        ("Norway ordered 36 drones from Germany, of which twelve were delivered in May.", 12, 36),
        ("Norway ordered 36 drones from Germany, 30 of which were delivered in May.", 30, 36),
        ("Norway ordered 36 drones from Germany, the first of which were delivered in May.", None, 36),
        ("Norway ordered 36 drones from Germany, half of which were delivered in May.", 18, 36),
    ],
)
def test_a_part_is_delivered_and_the_whole_ordered(text: str, delivered: int | None, ordered: int | None) -> None:
    assert numbers(text) == {"delivery": {"drones": delivered}, "agreement": {"drones": ordered}}


@pytest.mark.parametrize(
    ("text", "kind", "items"),
    [
        ("Morocco took delivery of the first 3 of 13 Bayraktar TB2 drones.", "delivery", {"Bayraktar TB2 drones": 3}),
        ("Norway received five of its 10 drones from Turkey.", "delivery", {"drones": 5}),
        ("Kenya received 14 of an order of 36 drones from Turkey.", "delivery", {"drones": 14}),
        ("Poland ordered 33 Pratt & Whitney F135 engines from the United States.", "agreement", {"F135 engines": 33}),
        ("India signed the 36 Rafale jets deal with France in 2016.", "agreement", {"Rafale jets": 36}),
        ("Britain suspended 30 of its 350 arms export licences for Israel.", "restriction", {"arms": None}),
        ("Norway ordered the first 10 tanks from Germany.", "agreement", {"tanks": 10}),
        ("Norway sent 14 tanks to Ukraine, three of them without engines.", "delivery", {"tanks": 14}),
        (
            "France will send 200 trucks, 2 of them for training, and 24 radars to Ukraine.",
            "delivery",
            {"trucks": 200, "radars": 24},
        ),
        (
            "The first 10 K2 tanks and 24 K9 howitzers that Poland ordered from Seoul arrived in Gdynia on Monday.",
            "agreement",
            {"K2 tanks": None, "K9 howitzers": None},
        ),
        ("Turkey bought two battalions of S-400 from Russia.", "agreement", {"S-400": 2}),
        ("Kuwait has requested sixty-three (63) missiles from the United States.", "request", {"missiles": 63}),
        ("Two (2) tanks were delivered by Spain to Ukraine.", "delivery", {"tanks": 2}),
        ("Italy delivered 2 (two) radars to Ukraine.", "delivery", {"radars": 2}),
    ],
)
def test_items_and_their_numbers(text: str, kind: str, items: dict[str, int | None]) -> None:
    assert numbers(text)[kind] == items


def test_a_number_that_stands_alone_counts_what_was_named_before() -> None:
    found = [(c.kind[0].value, e.text, e.quantity and e.quantity.number) for c in claims(
        "Norway bought 36 tanks from Germany and will buy 20 more. Twelve were delivered in May."
    ) for e in c.equipment]  # fmt: skip
    assert found == [("agreement", "tanks", 36), ("agreement", "tanks", 20), ("delivery", "Twelve", 12)]


def test_a_number_counts_what_an_earlier_sentence_named() -> None:
    text = "Norway has ordered 36 tanks from Germany. The minister said that Germany delivered 20."
    assert numbers(text)["delivery"] == {"20": 20}


def test_half_keeps_its_hedge_and_its_words() -> None:
    text = "Sweden has delivered more than half of the 36 drones that Norway ordered."
    (quantity,) = (e.quantity for c in claims(text) if c.kind[0] == "delivery" for e in c.equipment)
    assert quantity is not None
    assert (quantity.text, quantity.number, quantity.bound) == ("half", 18, "over")
    assert text[quantity.start : quantity.end] == quantity.text
