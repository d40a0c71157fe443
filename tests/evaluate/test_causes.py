"""Each mistake has a cause, and causes add up to what the levels count."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from followthearms.evaluate import Cause, Level, causes, evaluate
from followthearms.evaluate.fit import reached
from followthearms.model import Document
from tests.evaluate.test_figures import REFUSAL, SALE, claim, document, span, spoiled

Fields = dict[str, Any]
ROCKETS = {**SALE, "equipment": [span("twelve howitzers", category="howitzer")]}
BOTH = {**REFUSAL, "recipient": [span("Estonia", code="EE")]}


def party(words: str, code: str) -> list[Fields]:
    return [span(words, code=code)]


CASES: dict[str, tuple[Fields | None, Fields | None, set[Cause]]] = {
    "right": (SALE, SALE, set()),
    "missed": (SALE, None, {Cause.MISSED}),
    "other kind": (SALE, {**SALE, "kind": ["delivery"]}, {Cause.OTHER_KIND}),
    "false alarm": (None, SALE, {Cause.FALSE_ALARM}),
    "second claim": (SALE, claim("delivery", "howitzers"), {Cause.MISSED, Cause.SECOND_CLAIM}),
    "swapped": (SALE, {**SALE, "supplier": SALE["recipient"], "recipient": SALE["supplier"]}, {Cause.SWAPPED}),
    "swapped, one side empty": (SALE, {**SALE, "supplier": SALE["recipient"], "recipient": []}, {Cause.SWAPPED}),
    "wrong party": (SALE, {**SALE, "supplier": party("Sweden", "SE")}, {Cause.WRONG_CODE}),
    "missing party": (SALE, {**SALE, "recipient": []}, {Cause.MISSING_PARTY}),
    "spurious party": (REFUSAL, BOTH, {Cause.SPURIOUS_PARTY}),
    "an inherited party is forgiven": (
        REFUSAL,
        {**REFUSAL, "recipient": [span("Latvia", code="LV", inherited=True)]},
        set(),
    ),
    "polarity": (SALE, {**SALE, "negated": True}, {Cause.POLARITY}),
    "equipment missed": (ROCKETS, SALE, {Cause.NO_EQUIPMENT}),
    "other equipment": (ROCKETS, {**SALE, "equipment": [span("licence")]}, {Cause.OTHER_EQUIPMENT}),
    "several": (
        ROCKETS,
        {**SALE, "recipient": [], "negated": True},
        {Cause.MISSING_PARTY, Cause.POLARITY, Cause.NO_EQUIPMENT},
    ),
    "optional": ({**SALE, "optional": True}, {**SALE, "negated": True}, set()),
}


@pytest.mark.parametrize("case", CASES)
def test_each_mistake_has_its_cause(case: str) -> None:
    wanted, made, expected = CASES[case]
    found = causes(*(document(*([fields] if fields else [])) for fields in (wanted, made)))
    assert found == Counter(expected)


def test_every_cause_is_tried() -> None:
    assert {cause for _, _, expected in CASES.values() for cause in expected} == set(Cause)


def test_a_claim_found_under_another_kind_is_taken_once() -> None:
    again = {**SALE, "kind": ["delivery"], "trigger": span("sold Latvia")}
    found = causes(document(SALE), document({**SALE, "kind": ["delivery"]}, again))
    assert found == Counter([Cause.OTHER_KIND, Cause.SECOND_CLAIM])


@pytest.mark.parametrize("seed", [11, 12, 13])
def test_causes_add_up_to_the_counts(seed: int, annotated: Callable[[str], list[Document]]) -> None:
    dice = random.Random(seed)
    gold = annotated("dev")
    predicted = [spoiled(text, dice) for text in gold]
    found: Counter[Cause] = Counter()
    for pair in zip(gold, predicted, strict=True):
        found += causes(*pair)
    counts = evaluate(gold, predicted).levels[0].counts
    assert found[Cause.MISSED] + found[Cause.OTHER_KIND] == counts.fn
    assert found[Cause.FALSE_ALARM] + found[Cause.SECOND_CLAIM] + found[Cause.OTHER_KIND] == counts.fp
    assert all(found[cause] for cause in Cause), "the predictions are not wrong enough to test anything"


@pytest.mark.parametrize("seed", [14, 15])
def test_an_aligned_claim_has_a_cause_unless_it_is_right(seed: int, annotated: Callable[[str], list[Document]]) -> None:
    dice = random.Random(seed)
    for text in annotated("dev"):
        other = spoiled(text, dice)
        for wanted in text.claims:
            for made in other.claims:
                level = reached(wanted, made)
                if level and not wanted.optional:
                    found = causes(text.with_claims((wanted,)), other.with_claims((made,)))
                    assert bool(found) == (level < Level.L3)
