"""Reports of one deal that differ in who took part, in how it ended, or in whether it happened."""

from __future__ import annotations

import datetime as dt

import pytest

from followthearms.link import deals, link
from followthearms.model import Consistency, Contradiction, Decision, Document, Target, Topic
from followthearms.model.decisions import Same
from tests.link.drafts import draft, said

TANKS = "T-90 tanks/T-90/tank"


def told(name: str, kind: str, published: str | None, supplier: str = "Russia/RU", **slots: object) -> Document:
    words = f"Report {name}: {supplier.partition('/')[0]} and India, T-90 tanks, {kind}."
    return draft(
        name, words, said(kind, kind, supplier=supplier, recipient="India/IN", equipment=TANKS, **slots), date=published
    )


def found(topic: Topic, *documents: Document) -> list[Contradiction]:
    (deal,) = deals(documents)
    return [one for one in deal.contradictions if one.topic is topic]


@pytest.mark.parametrize(
    ("delivered", "refused", "consistency"),
    [
        ("2020-03-01", "2020-03-01", Consistency.CONFLICTING),
        ("2020-03-01", "2020-05-01", Consistency.SUPERSEDED),
        ("2020-05-01", "2020-03-01", Consistency.SUPERSEDED),
        (None, "2020-03-01", Consistency.CONFLICTING),
    ],
)
def test_a_delivery_and_a_refusal(delivered: str | None, refused: str, consistency: Consistency) -> None:
    (one,) = found(Topic.STATUS, told("a", "delivery", delivered), told("b", "refusal", refused))
    assert (one.left.value, one.right.value, one.consistency) == ("delivered", "refused", consistency)
    assert {ref.document for side in (one.left, one.right) for ref in side.refs} == {"a", "b"}


def test_a_request_that_is_refused_is_no_contradiction() -> None:
    assert found(Topic.STATUS, told("a", "request", "2020-03-01"), told("b", "refusal", "2020-03-01")) == []


@pytest.mark.parametrize(
    ("happened", "denied", "consistency"),
    [
        ("2020-03-01", "2020-03-01", Consistency.CONFLICTING),
        ("2020-03-01", "2020-05-01", Consistency.CONFLICTING),  # denied after it was told
        ("2020-05-01", "2020-03-01", Consistency.SUPERSEDED),  # not yet
    ],
)
def test_a_delivery_that_is_denied(happened: str, denied: str, consistency: Consistency) -> None:
    (one,) = found(Topic.EXISTENCE, told("a", "delivery", happened), told("b", "delivery", denied, negated=True))
    assert (one.left.value, one.right.value) == ("delivery: denied", "delivery: told")
    assert one.consistency is consistency and one.reason


def test_what_is_disputed_is_held_against_what_is_told_as_a_fact() -> None:
    (one,) = found(
        Topic.EXISTENCE, told("a", "delivery", "2020-03-01"), told("b", "delivery", "2020-03-01", disputed=True)
    )
    assert one.left.value == "delivery: disputed" and one.consistency is Consistency.CONFLICTING


def test_plans_and_possibilities_deny_nothing() -> None:
    planned = told("b", "delivery", "2020-03-01", modality="planned", negated=True)
    assert found(Topic.EXISTENCE, told("a", "delivery", "2020-03-01"), planned) == []


def test_other_suppliers_of_one_deal_conflict() -> None:
    """Texts that name other parties are of one deal only where an analyst says so."""
    documents = [told("a", "delivery", "2020-03-01"), told("b", "delivery", "2020-03-02", supplier="Belarus/BY")]
    targets = [Target.of(document.id, document.claims[0]) for document in documents]
    same = Decision(
        who="Mara", when=dt.datetime(2026, 1, 1, tzinfo=dt.UTC), ruling=Same(left=targets[0], right=targets[1])
    )
    (deal,) = link(documents, [same]).deals
    (one,) = [c for c in deal.contradictions if c.topic is Topic.PARTY]
    assert (one.left.value, one.right.value) == ("supplier: BY", "supplier: RU")
    assert one.consistency is Consistency.CONFLICTING


def test_a_term_is_no_day_of_what_has_happened() -> None:
    slots = {"supplier": "Russia/RU", "recipient": "India/IN", "equipment": TANKS}
    text = "Russia and India, T-90 tanks: in May an agreement."
    may = said("agreement", "agreement", date=("May", "2019-05-01", "2019-05-31"), **slots)
    signed = draft("a", text, may, date="2020-03-01")
    words = "Report b: Russia and India, T-90 tanks, agreement renewed to 2031."
    term = said("agreement", "agreement", date=("2031", "2031-01-01", "2031-12-31"), **slots)
    assert (
        found(Topic.DATE, told("c", "agreement", "2020-03-02"), signed, draft("b", words, term, date="2020-03-03"))
        == []
    )
