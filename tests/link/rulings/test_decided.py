"""Documents under decisions, and what decisions bind the linking to: functions of the log, whatever stands in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followthearms.link.joining.unite import Union
from followthearms.link.rulings.bindings import NO_BINDINGS, Bindings, bindings
from followthearms.link.rulings.decided import ANALYST, decided
from followthearms.model import (
    Consistency,
    Contradiction,
    Decision,
    Document,
    Kind,
    Modality,
    Side,
    Standing,
    Target,
    Topic,
)
from followthearms.model.decisions import (
    Accept,
    Correct,
    Different,
    Disagreement,
    Grade,
    GradeSource,
    Merge,
    Note,
    Reject,
    Resolve,
    Ruling,
    Same,
    Slot,
    Split,
    Undo,
    Verdict,
    dump_decision,
    in_force,
)
from tests.link.drafts import draft, said

NOON = dt.datetime(2026, 1, 2, 12, tzinfo=dt.UTC)
TEXT = "Norway delivered 22 howitzers to Ukraine, and Denmark ordered more from Norway."
READ = draft(
    "a",
    TEXT,
    said("delivery", "delivered", supplier="Norway/NO", recipient="Ukraine/UA"),
    said("agreement", "ordered", supplier="Norway/NO", recipient="Denmark/DK"),
)
FIRST, SECOND = (Target.of("a", claim) for claim in READ.claims)
DENMARK = {"start": TEXT.index("Denmark"), "end": TEXT.index("Denmark") + 7, "text": "Denmark", "code": "DK"}
SUPPLIER = Correct(claim=FIRST, slot=Slot.SUPPLIER, value=[DENMARK])


def log(*rulings: Ruling) -> list[Decision]:
    return [Decision(who="Ann", when=NOON + dt.timedelta(minutes=n), ruling=one) for n, one in enumerate(rulings)]


def standings(*rulings: Ruling) -> tuple[Standing, ...]:
    return decided(READ, log(*rulings)).standings


def test_without_decisions_a_document_is_as_it_was_read() -> None:
    found = decided(READ, ())
    assert found.document is READ and found.linked is READ
    assert found.standings == (Standing.PENDING, Standing.PENDING) and not found.stale and not found.on


@pytest.mark.parametrize(
    "rulings, standing",
    [
        ([Accept(claim=FIRST)], Standing.ACCEPTED),
        ([Accept(claim=FIRST), Reject(claim=FIRST)], Standing.REJECTED),
        ([Reject(claim=FIRST), Accept(claim=FIRST)], Standing.ACCEPTED),
        ([SUPPLIER], Standing.CORRECTED),
        ([SUPPLIER, Accept(claim=FIRST)], Standing.CORRECTED),
        ([Reject(claim=FIRST), SUPPLIER], Standing.CORRECTED),
        ([SUPPLIER, Reject(claim=FIRST)], Standing.REJECTED),
        ([Note(about=FIRST, text="?")], Standing.PENDING),
        ([Accept(claim=SECOND)], Standing.PENDING),
    ],
)
def test_the_last_word_stands(rulings: list[Ruling], standing: Standing) -> None:
    assert standings(*rulings)[0] is standing


def test_a_rejected_claim_is_kept_but_not_linked() -> None:
    found = decided(READ, log(Reject(claim=FIRST)))
    assert found.document.claims == READ.claims
    assert found.linked.claims == READ.claims[1:]


def test_a_corrected_slot_says_that_an_analyst_filled_it() -> None:
    modality = Correct(claim=FIRST, slot=Slot.MODALITY, value="planned")
    found = decided(READ, log(SUPPLIER, modality, Correct(claim=FIRST, slot=Slot.RECIPIENT)))
    claim = found.document.claims[0]
    [party] = claim.supplier
    assert (party.text, party.code, party.by) == ("Denmark", "DK", ANALYST)
    assert claim.modality is Modality.PLANNED and claim.recipient == ()
    assert claim.id == READ.claims[0].id and found.read.claims[0] == READ.claims[0]
    assert found.corrected(0) == (Slot.SUPPLIER, Slot.RECIPIENT, Slot.MODALITY) and found.corrected(1) == ()


def reread(kind: str = "delivery", *more: dict[str, Any]) -> Document:
    """What another ruleset reads: other slots, so that the claims have other ids."""
    return draft("a", TEXT, said(kind, "delivered", recipient="Ukraine/UA"), *more)


def test_a_decision_finds_its_claim_in_a_newer_reading() -> None:
    newer = reread()
    assert newer.claims[0].id != READ.claims[0].id
    assert decided(newer, log(Reject(claim=FIRST))).standings == (Standing.REJECTED,)


@pytest.mark.parametrize(
    "newer", [reread("supply"), reread("delivery", said("delivery", "delivered")), READ.with_claims(READ.claims[1:])]
)
def test_a_decision_whose_claim_is_lost_or_not_the_only_one_is_stale(newer: Document) -> None:
    made = log(Reject(claim=FIRST))
    found = decided(newer, made)
    assert found.stale == tuple(made) and set(found.standings) == {Standing.PENDING}
    assert decided(READ, made).stale == ()


def test_a_correction_that_does_not_quote_the_text_changes_nothing() -> None:
    elsewhere = Correct(claim=FIRST, slot=Slot.SUPPLIER, value=[{**DENMARK, "start": 0, "end": 7}])
    found = decided(READ, log(elsewhere))
    assert found.document is READ and [one.ruling for one in found.stale] == [elsewhere]


RULINGS: tuple[Ruling, ...] = (
    Accept(claim=FIRST),
    Reject(claim=FIRST),
    SUPPLIER,
    Correct(claim=FIRST, slot=Slot.SUPPLIER),
    Correct(claim=SECOND, slot=Slot.KIND, value=["supply", "agreement"]),
    Reject(claim=SECOND),
    Reject(claim=FIRST.model_copy(update={"document": "b"})),
)
STEPS = st.lists(st.sampled_from(range(len(RULINGS))) | st.integers(-6, -1), max_size=10)


def acted(steps: Sequence[int], rulings: Sequence[Ruling] = RULINGS) -> list[Decision]:
    """A log: a ruling of the list, or the undoing of the decision that many places back."""
    made: list[Decision] = []
    for number, step in enumerate(steps):
        if step < -len(made):
            continue
        ruling = rulings[step] if step >= 0 else Undo(decision=made[step].id)
        made.append(Decision(who="Ann", when=NOON + dt.timedelta(minutes=number), ruling=ruling))
    return made


def undo_all(made: Sequence[Decision]) -> list[Decision]:
    rulings = [Undo(decision=one.id) for one in in_force(made)]
    later = [Decision(who="Ben", when=NOON + dt.timedelta(days=1), ruling=ruling) for ruling in rulings]
    return [*made, *later]


@given(STEPS)
def test_a_document_is_a_function_of_the_decisions_that_hold(steps: list[int]) -> None:
    made = acted(steps)
    found = decided(READ, made)
    again = [Decision.model_validate_json(dump_decision(one)) for one in made]
    assert decided(READ, again) == found
    assert decided(READ, in_force(made)) == found
    assert decided(READ, undo_all(made)) == decided(READ, ())
    assert [claim.id for claim in found.document.claims] == [claim.id for claim in READ.claims]


STRANDS = [
    Target(document=name, claim=f"c{name}", kind=Kind.DELIVERY, start=0, end=1, anchor=name * 16) for name in "abcdef"
]
A, B, C, D, E, F = STRANDS


def pairs(*found: tuple[Target, Target]) -> tuple[tuple[Target, Target], ...]:
    return found


def test_no_decisions_bind_nothing() -> None:
    assert bindings(()) == NO_BINDINGS
    assert bindings(log(Accept(claim=FIRST))) == NO_BINDINGS


def test_what_is_ruled_on_deals_binds_their_strands() -> None:
    found = bindings(log(Merge(deals=(B, A, C)), Different(left=D, right=A), Split(deal=A, claims=(E, F))))
    assert found.together == pairs((A, B), (B, C), (E, F))
    assert found.apart == pairs((A, D), (A, E), (A, F))
    assert found.groups == ((E, F),)


def test_the_newer_of_rulings_at_odds_binds_however_far_apart() -> None:
    made = log(Different(left=A, right=C), Same(left=A, right=B), Same(left=B, right=C))
    found = bindings(made)
    assert found.together == pairs((A, B), (B, C)) and found.apart == ()
    assert found.overruled == {made[0].id}
    turned = log(Same(left=A, right=B), Same(left=B, right=C), Different(left=A, right=C))
    assert bindings(turned).overruled == {turned[0].id}, "the older of two that cannot both bind"


def test_a_split_that_was_overruled_leaves_no_group() -> None:
    made = log(Split(deal=A, claims=(B, C)), Same(left=A, right=C))
    assert bindings(made).groups == () and bindings(made).overruled == {made[0].id}


def test_merged_entities_lead_to_the_one_that_was_named_first() -> None:
    made = log(Merge(entities=("A", "B")), Merge(entities=("C", "A")), Same(left="C", right="D"))
    assert bindings(made).merged == {"A": "C", "B": "C", "D": "C"}
    apart = bindings([*made, *log(Different(left="B", right="C"))])
    assert apart.merged == {"D": "C", "A": "C"} and apart.overruled == {made[0].id}


def test_names_are_split_from_an_entity() -> None:
    made = log(*(Split(entity="company:HAL", names=(name,)) for name in ("HAL 9000", "Hal")))
    assert bindings(made).split_names == {"company:HAL": ("HAL 9000", "Hal")}


def test_the_last_grade_of_a_source_counts() -> None:
    made = log(*(GradeSource(source="source:TASS", grade=grade) for grade in (Grade.A, Grade.C)))
    assert bindings(made).grades == {"source:TASS": Grade.C}
    assert bindings(undo_all(made)).grades == {}


def contradiction(name: str, left: str = "1") -> Contradiction:
    sides = (Side(value=value, refs=()) for value in (left, "2"))
    return Contradiction(
        id=name,
        deal="d",
        topic=Topic.QUANTITY,
        consistency=Consistency.CONFLICTING,
        **dict(zip(("left", "right"), sides, strict=True)),
        reason="",
    )


def test_a_ruling_on_a_contradiction_outlives_its_id() -> None:
    told = Disagreement(id="x1", deal=A, topic=Topic.QUANTITY, left="1", right="2")
    made = log(*(Resolve(contradiction=told, verdict=verdict) for verdict in (Verdict.LEFT, Verdict.RIGHT)))
    found = bindings(made)
    assert found.ruling_on(contradiction("x1"), ()) == made[1]
    assert A.anchor and found.ruling_on(contradiction("x2"), {A.anchor}) == made[1]
    assert found.ruling_on(contradiction("x2"), {"other"}) is None
    assert found.ruling_on(contradiction("x2", "3"), {A.anchor}) is None


def test_a_ruling_outlives_the_words_that_earlier_versions_had_for_a_bound() -> None:
    told = Disagreement(id="x1", deal=A, topic=Topic.QUANTITY, left="over 1", right="2")
    made = log(Resolve(contradiction=told, verdict=Verdict.LEFT))
    assert A.anchor and bindings(made).ruling_on(contradiction("x2", "at least 1"), {A.anchor}) == made[0]
    assert bindings(made).ruling_on(contradiction("x2", "1"), {A.anchor}) is None


TWO = st.sampled_from(STRANDS), st.sampled_from(STRANDS)
NAMES = st.sampled_from(("IN", "PK", "RU", "company:HAL"))
BINDING = st.one_of(
    *(st.tuples(*TWO).filter(lambda two: two[0] != two[1]).map(make) for make in (
        lambda two: Same(left=two[0], right=two[1]),
        lambda two: Different(left=two[0], right=two[1]),
    )),
    *(st.lists(NAMES, min_size=2, max_size=2, unique=True).map(make) for make in (
        lambda two: Merge(entities=tuple(two)),
        lambda two: Different(left=two[0], right=two[1]),
    )),
    st.lists(st.sampled_from(STRANDS), min_size=2, max_size=4, unique=True).map(
        lambda some: Split(deal=some[0], claims=tuple(some[1:]))
    ),
    st.lists(st.sampled_from(STRANDS), min_size=2, max_size=4, unique=True).map(
        lambda some: Merge(deals=tuple(some))
    ),
)  # fmt: skip


def clash(found: Bindings) -> bool:
    united: Union[str] = Union()
    for left, right in found.together:
        united.join(left.key, right.key)
    return any(united.find(left.key) == united.find(right.key) for left, right in found.apart)


@given(st.lists(BINDING, max_size=12))
def test_bindings_never_ask_for_what_cannot_be(rulings: list[Ruling]) -> None:
    made = log(*rulings)
    found = bindings(made)
    assert not clash(found)
    assert not set(found.merged) & set(found.merged.values())
    assert bindings([one for one in made if one.id not in found.overruled]) == Bindings(
        **{**vars(found), "overruled": frozenset()}
    )
    assert not made or made[-1].id not in found.overruled, "the newest binds"
    assert bindings(undo_all(made)) == NO_BINDINGS
