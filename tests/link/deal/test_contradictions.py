from __future__ import annotations

import pytest

from followthearms.exchange import words
from followthearms.link import deals
from followthearms.model import Bound, Consistency, Contradiction, Document, Figure, Topic
from tests.link.drafts import draft, said

PARTIES = {"supplier": "Russia/RU", "recipient": "India/IN"}
ITEM = "AK-203 rifles/AK-203/assault rifle"


def ordered(name: str, number: int, bound: str = "exact", kind: str = "agreement", **slots: object) -> Document:
    text = f"Report {name}: Russia to give India {number:,} AK-203 rifles under a deal."
    return draft(name, text, said(kind, "deal", equipment=f"{ITEM}/{number}/{bound}", **PARTIES, **slots))


def found(*documents: Document) -> list[Contradiction]:
    (deal,) = deals(documents)
    return list(deal.contradictions)


@pytest.mark.parametrize(
    ("left", "right", "consistency"),
    [
        (("over", 600_000), ("exact", 700_000), Consistency.COMPATIBLE),
        (("exact", 500_000), ("up_to", 700_000), Consistency.COMPATIBLE),
        (("exact", 690_000), ("exact", 700_000), Consistency.COMPATIBLE),  # rounding
        (("about", 700_000), ("exact", 670_000), Consistency.COMPATIBLE),
        (("about", 700_000), ("exact", 750_000), Consistency.CONFLICTING),
        (("exact", 700_000), ("exact", 750_000), Consistency.CONFLICTING),
        (("exact", 500_000), ("over", 700_000), Consistency.CONFLICTING),
    ],
)
def test_two_numbers(left: tuple[str, int], right: tuple[str, int], consistency: Consistency) -> None:
    (one,) = found(ordered("a", left[1], left[0]), ordered("b", right[1], right[0]))
    assert (one.topic, one.consistency) == (Topic.QUANTITY, consistency)
    assert one.reason and {one.left.refs[0].document, one.right.refs[0].document} == {"a", "b"}


@pytest.mark.parametrize("bound", list(Bound))
def test_a_side_has_the_words_for_its_bound_that_figures_have_everywhere(bound: Bound) -> None:
    (one,) = found(ordered("a", 600_000, bound), ordered("b", 700_000))
    assert one.left.value == words.figure(Figure(number=600_000, bound=bound))
    assert (one.left.value == "at least 600,000") is (bound is Bound.OVER)


def test_equal_numbers_contradict_nothing() -> None:
    assert found(ordered("a", 700_000), ordered("b", 700_000)) == []


def test_parts_are_told_from_the_whole_across_documents() -> None:
    told = found(*(ordered(f"n{number}", number) for number in (70_000, 600_000, 670_000, 750_000)))
    classes = {(one.left.value, one.right.value): one.consistency for one in told}
    assert classes == {
        ("70,000", "600,000"): Consistency.PARTIAL,
        ("70,000", "670,000"): Consistency.PARTIAL,
        ("70,000", "750,000"): Consistency.PARTIAL,
        ("600,000", "670,000"): Consistency.PARTIAL,
        ("600,000", "750,000"): Consistency.PARTIAL,
        ("670,000", "750,000"): Consistency.CONFLICTING,
    }


def test_the_reason_of_a_part_fits_its_pair() -> None:
    told = found(*(ordered(f"n{number}", number) for number in (70_000, 600_000, 670_000, 750_000)))
    reasons = {(one.left.value, one.right.value): one.reason for one in told}
    assert reasons == {
        ("70,000", "600,000"): "the two add up to 670,000, told as well",
        ("70,000", "670,000"): "the smaller and 600,000, told as well, add up to the greater",
        ("70,000", "750,000"): "the smaller and 600,000 add up to 670,000, which is what the greater compares with",
        ("600,000", "670,000"): "the smaller and 70,000, told as well, add up to the greater",
        ("600,000", "750,000"): "the smaller and 70,000 add up to 670,000, which is what the greater compares with",
        ("670,000", "750,000"): "the greater is 12% more than the smaller",
    }


def test_a_part_that_one_text_tells_with_its_whole() -> None:
    text = "Of the 670,000 AK-203 rifles that Russia sold India under the deal, 70,000 come ready-made."
    whole, part = (said("agreement", "deal", equipment=f"{ITEM}/{number}", **PARTIES) for number in (670_000, 70_000))
    assert [one.consistency for one in found(draft("a", text, whole, part))] == [Consistency.PARTIAL]


def test_a_request_is_superseded_by_the_contract() -> None:
    assert [one.consistency for one in found(ordered("a", 500_000, kind="request"), ordered("b", 700_000))] == [
        Consistency.SUPERSEDED
    ]


def test_what_was_delivered_is_not_held_against_what_was_ordered() -> None:
    assert found(ordered("a", 700_000), ordered("b", 35_000, kind="delivery")) == []


def test_negated_and_hypothetical_numbers_are_not_compared() -> None:
    denied = found(ordered("a", 700_000), ordered("b", 900_000, negated=True))
    assert [one.topic for one in denied] == [Topic.EXISTENCE]
    assert found(ordered("a", 700_000), ordered("b", 900_000, modality="hypothetical")) == []


def priced(name: str, amount: int, currency: str = "USD") -> Document:
    text = f"Report {name}: Russia sells India AK-203 rifles in a deal worth {amount} {currency}."
    return draft(
        name,
        text,
        said("agreement", "deal", equipment=ITEM, value=(f"{amount} {currency}", amount, currency), **PARTIES),
    )


def test_money_is_compared_in_one_currency() -> None:
    assert [(one.topic, one.consistency) for one in found(priced("a", 500), priced("b", 700))] == [
        (Topic.VALUE, Consistency.CONFLICTING)
    ]
    assert [one.consistency for one in found(priced("a", 700), priced("b", 710))] == [Consistency.COMPATIBLE]
    assert found(priced("a", 500), priced("b", 700, "INR")) == []


def signed(
    name: str, first: str, last: str, place: str = "Moscow", kind: str = "agreement", modality: str = "actual"
) -> Document:
    text = f"Report {name}: on {first} in {place} Russia and India signed for AK-203 rifles."
    return draft(
        name,
        text,
        said(kind, "signed", equipment=ITEM, date=(first, first, last), place=place, modality=modality, **PARTIES),
    )


@pytest.mark.parametrize(
    ("left", "right", "classes"),
    [
        (("2018-10-01", "2018-10-31"), ("2018-10-05", "2018-10-05"), []),
        (("2018-10-01", "2018-10-31"), ("2018-12-05", "2018-12-05"), [Consistency.CONFLICTING]),
        (("2018-10-01", "2018-10-31"), ("2021-12-06", "2021-12-06"), [Consistency.SUPERSEDED]),
        (("2018-10-01", "2018-10-31"), ("2019-01-01", "2021-12-06"), []),
    ],
)
def test_days_of_one_event(left: tuple[str, str], right: tuple[str, str], classes: list[Consistency]) -> None:
    told = found(signed("a", *left), signed("b", *right))
    assert [one.consistency for one in told if one.topic is Topic.DATE] == classes


def test_a_planned_day_is_superseded_by_the_day_itself() -> None:
    told = found(signed("a", "2018-10-05", "2018-10-05", modality="planned"), signed("b", "2018-12-05", "2018-12-05"))
    assert [one.consistency for one in told] == [Consistency.SUPERSEDED]


@pytest.mark.parametrize(
    ("place", "classes"),
    [
        ("Korwa", []),
        ("Amethi", [Consistency.COMPATIBLE]),
        ("Amethi district", [Consistency.COMPATIBLE]),
        ("India", [Consistency.COMPATIBLE]),
        ("Izhevsk", [Consistency.CONFLICTING]),
    ],
)
def test_places_of_one_event(place: str, classes: list[Consistency]) -> None:
    day = ("2019-03-03", "2019-03-03")
    told = found(signed("a", *day, place="Korwa", kind="production"), signed("b", *day, place=place, kind="production"))
    assert [one.consistency for one in told if one.topic is Topic.PLACE] == classes


def test_places_of_different_kinds_of_event_are_not_compared() -> None:
    day = ("2019-03-03", "2019-03-03")
    assert found(signed("a", *day, place="Moscow"), signed("b", *day, place="Korwa", kind="production")) == []


def lots(name: str, day: str, date: str) -> Document:
    text = f"On {day}, Russia delivered to India 10 and 20 AK-203 rifles."
    told = [
        said(
            "delivery",
            "delivered",
            equipment=f"{ITEM}/{number}",
            date=(day, date, date),
            id=f"{name}{number}",
            **PARTIES,
        )
        for number in (10, 20)
    ]
    return draft(name, text, *told)


def test_lots_that_came_on_the_same_two_days_make_one_contradiction_of_all_their_claims() -> None:
    told = [
        one
        for one in found(lots("a", "1 May", "2020-05-01"), lots("b", "3 May", "2020-05-03"))
        if one.topic is Topic.DATE
    ]
    (one,) = told
    assert [len(side.refs) for side in (one.left, one.right)] == [2, 2]
