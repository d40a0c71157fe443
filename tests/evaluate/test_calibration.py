"""The bins of the score, and the gain of one reader over another."""

from __future__ import annotations

import pytest

from followthearms.evaluate import Bin, Level, calibrate, evaluate, expected_error, gain
from followthearms.model import Document
from tests.evaluate.test_figures import REFUSAL, SALE, Fields, claim, document


def scored(fields: Fields, score: float) -> Fields:
    return {**fields, "method": {"by": "test", "score": score}}


ALARM = claim("delivery", "howitzers")
GOLD = document(SALE, REFUSAL)


def test_claims_are_judged_in_the_bin_of_their_score() -> None:
    read = document(scored({**SALE, "negated": True}, 0.9), scored(REFUSAL, 1.0), scored(ALARM, 0.42))
    assert calibrate([(GOLD, read)], Level.L1) == (Bin(0.4, 0.5, 1, 0.42, 0), Bin(0.9, 1.0, 2, pytest.approx(0.95), 2))
    assert [found.share for found in calibrate([(GOLD, read)], Level.L2)] == [0.0, 0.5]


def test_the_expected_error_weighs_bins_by_their_claims() -> None:
    assert expected_error([Bin(0.4, 0.5, 1, 0.4, 0), Bin(0.9, 1.0, 3, 1.0, 3)]) == pytest.approx(0.1)
    assert expected_error([]) == 0


def test_a_claim_aligned_with_an_optional_one_is_left_out_and_so_is_one_without_a_score() -> None:
    gold = document({**SALE, "optional": True}, REFUSAL)
    read = document(scored(SALE, 0.5), REFUSAL)
    assert calibrate([(gold, read)], Level.L1) == ()


def named(name: str, *claims: Fields) -> Document:
    return document(*claims).model_copy(update={"id": name})


def test_the_gain_is_the_difference_and_its_interval_holds_it() -> None:
    gold = [named(str(n), SALE, REFUSAL) for n in range(8)]
    better = evaluate(gold, gold)
    worse = evaluate(gold, [named(str(n), SALE, *([ALARM] if n % 2 else [])) for n in range(8)])
    difference, low, high = gain(better, worse, Level.L1)
    assert difference == pytest.approx(1 - worse.levels[0].counts.f1)
    assert 0 < low <= difference <= high < 1
    assert gain(worse, better, Level.L1)[0] == -difference


def test_what_is_hard_for_both_does_not_widen_the_interval() -> None:
    gold = [named(str(n), SALE, REFUSAL) for n in range(8)]
    read = evaluate(gold, [named(str(n), *([SALE] if n % 2 else [])) for n in range(8)])
    assert read.levels[0].interval is not None
    assert read.levels[0].interval[0] < read.levels[0].interval[1]
    assert gain(read, read, Level.L1) == (0, 0, 0)


def test_reports_on_different_numbers_of_documents_are_not_compared() -> None:
    with pytest.raises(ValueError, match="shorter"):
        gain(evaluate([GOLD, named("e", SALE)], []), evaluate([GOLD], []), Level.L1)
