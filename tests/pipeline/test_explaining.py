"""An explanation says what was tried, what fits and which part was missing."""

from __future__ import annotations

from followthearms.pipeline import explain, read


def test_what_fits_and_what_does_not() -> None:
    explanation = explain("The committee rejected the motion.")
    assert not explanation.claims
    refused = [t for t in explanation.trials if t.frame == "refuse"]
    assert refused and all(t.failed for t in refused)


def test_the_claims_are_those_of_reading() -> None:
    explanation = explain("Sweden turned down Norway's request for howitzers.")
    assert explanation.claims == read(explanation.document).claims
    assert [t.failed for t in explanation.trials if t.frame == "refuse"][-1] is None
    assert {m.span.text for m in explanation.mentions} >= {"Sweden", "Norway", "howitzers"}
    assert [w.text for w in explanation.words][:3] == ["Sweden", "turned", "down"]
