"""Decisions say what they are by their ids, round-trip as JSON, and refuse what makes no sense."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from followthearms.model import Claim, Extent, Kind, Method, Party, Span, Topic
from followthearms.model.decisions import (
    Accept,
    AddClaim,
    Correct,
    Decision,
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
    Target,
    Undo,
    Verdict,
    dump_decision,
    entities,
    in_force,
    subjects,
    targets,
    undone,
)

NOON = dt.datetime(2026, 1, 2, 12, tzinfo=dt.UTC)
ONE = Target(document="a", claim="c1", kind=Kind.DELIVERY, start=3, end=9, anchor="11")
OTHER = Target(document="b", claim="c2", kind=Kind.SUPPLY, start=0, end=4, anchor="22")
PARTY = {"start": 3, "end": 9, "text": "Moscow", "code": "RU"}
MISSED = Claim(
    kind=Kind.DELIVERY,
    evidence=Extent(start=0, end=20),
    trigger=Span(start=10, end=14, text="sent"),
    supplier=(Party(**PARTY, by="tagger"),),
    method=Method(by="frame", rule="deliver/active"),
)
RULINGS: tuple[Ruling, ...] = (
    AddClaim(document="a", claim=MISSED),
    Accept(claim=ONE),
    Reject(claim=OTHER),
    Correct(claim=ONE, slot=Slot.SUPPLIER, value=[PARTY]),
    Correct(claim=ONE, slot=Slot.DATE, value={"start": 0, "end": 4, "text": "2019", "from": "2019-01-01"}),
    Correct(claim=ONE, slot=Slot.KIND, value="delivery"),
    Correct(claim=ONE, slot=Slot.NEGATED, value=True),
    Correct(claim=ONE, slot=Slot.PLACE),
    Merge(deals=(ONE, OTHER)),
    Merge(entities=("IN", "company:HAL")),
    Split(deal=ONE, claims=(OTHER,)),
    Split(entity="company:HAL", names=("HAL 9000",)),
    Same(left=ONE, right=OTHER),
    Different(left="IN", right="PK"),
    GradeSource(source="source:TASS", grade=Grade.C),
    Note(about=ONE, text="?"),
    Note(about="entity:IN", text="?"),
    Resolve(
        contradiction=Disagreement(id="x1", deal=ONE, topic=Topic.QUANTITY, left="1", right="2"), verdict=Verdict.BOTH
    ),
    Undo(decision="j1"),
)


def made(ruling: Ruling, minute: int = 0, why: str = "") -> Decision:
    return Decision(who="Ann", when=NOON + dt.timedelta(minutes=minute), why=why, ruling=ruling)


@pytest.mark.parametrize("ruling", RULINGS, ids=repr)
def test_a_decision_comes_back_from_its_line(ruling: Ruling) -> None:
    decision = made(ruling)
    line = dump_decision(decision)
    assert Decision.model_validate_json(line) == decision
    assert dump_decision(Decision.model_validate_json(line)) == line


def test_a_claim_that_is_added_is_the_analysts_whoever_made_it() -> None:
    claim = AddClaim(document="a", claim=MISSED).claim
    assert claim.method == Method(by="analyst") and claim.supplier[0].by is None
    assert claim.id == MISSED.content_id("a") != AddClaim(document="b", claim=MISSED).claim.id
    assert AddClaim(document="a", claim=claim) == AddClaim(document="a", claim=MISSED)
    with pytest.raises(ValidationError, match="holds its trigger"):
        AddClaim(document="a", claim=MISSED.model_copy(update={"evidence": Extent(start=0, end=12)}))


def test_all_of_a_decision_is_in_its_id() -> None:
    others = [
        made(Accept(claim=OTHER)),
        made(Reject(claim=ONE)),
        made(Accept(claim=ONE), why="seen"),
        Decision(who="Ben", when=NOON, ruling=Accept(claim=ONE)),
        Decision(who="Ann", when=NOON + dt.timedelta(microseconds=1), ruling=Accept(claim=ONE)),
    ]
    assert len({made(Accept(claim=ONE)).id, *(other.id for other in others)}) == 6


def test_the_id_does_not_depend_on_the_time_zone() -> None:
    eastern = NOON.astimezone(dt.timezone(dt.timedelta(hours=5)))
    assert Decision(who="Ann", when=eastern, ruling=Accept(claim=ONE)) == made(Accept(claim=ONE))


@pytest.mark.parametrize("change", [{"why": "forged"}, {"who": "Ben"}, {"id": "j0"}, {"when": "2026-01-02T12:00:01Z"}])
def test_an_altered_line_is_refused(change: dict[str, str]) -> None:
    fields = json.loads(dump_decision(made(Accept(claim=ONE))))
    with pytest.raises(ValidationError, match="that of its content is"):
        Decision.model_validate(fields | change)


@pytest.mark.parametrize(
    "slot, value, problem",
    [
        ("supplier", [{"start": 0, "end": 3, "text": "Moscow"}], "6 code points"),
        ("supplier", "Moscow", "supplier"),
        ("modality", "perhaps", "modality"),
        ("kind", None, "kind cannot be empty"),
        ("negated", None, "negated cannot be empty"),
        ("trigger", None, "slot"),
        ("value", {"start": 0, "end": 1, "text": "5"}, "amount"),
    ],
)
def test_a_correction_must_fit_its_slot(slot: str, value: Any, problem: str) -> None:
    with pytest.raises(ValidationError, match=problem):
        Correct.model_validate({"claim": ONE, "slot": slot, "value": value})


@pytest.mark.parametrize(
    "ruling, fields",
    [
        (Merge, {"deals": [ONE]}),
        (Merge, {"deals": [ONE, ONE]}),
        (Merge, {"deals": [ONE, OTHER], "entities": ["IN", "PK"]}),
        (Merge, {}),
        (Split, {"deal": ONE}),
        (Split, {"deal": ONE, "claims": [ONE]}),
        (Split, {"deal": ONE, "names": ["HAL"]}),
        (Split, {"deal": ONE, "claims": [OTHER], "entity": "IN", "names": ["HAL"]}),
        (Same, {"left": ONE, "right": "IN"}),
        (Same, {"left": ONE, "right": ONE}),
        (Different, {"left": "IN", "right": "IN"}),
        (GradeSource, {"source": "TASS", "grade": "C"}),
        (GradeSource, {"source": "source:TASS", "grade": "G"}),
        (Note, {"about": "weather:fine", "text": "?"}),
        (Note, {"about": ONE, "text": ""}),
    ],
)
def test_a_ruling_that_makes_no_sense_is_refused(ruling: type[Any], fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        ruling(**fields)


def test_an_unknown_act_or_field_is_refused() -> None:
    fields = json.loads(dump_decision(made(Accept(claim=ONE))))
    for wrong in ({"act": "burn", "claim": fields["ruling"]["claim"]}, {**fields["ruling"], "loudly": True}):
        with pytest.raises(ValidationError):
            Decision.model_validate({**fields, "id": "", "ruling": wrong})


def test_what_a_ruling_touches() -> None:
    strands = ["claim:c1", "claim:c2", "deal:d11", "deal:d22", "document:a", "document:b"]
    assert [*subjects(Same(left=ONE, right=OTHER))] == strands
    assert subjects(Merge(entities=("IN", "PK"))) == ("entity:IN", "entity:PK")
    assert subjects(GradeSource(source="source:TASS", grade=Grade.C)) == ("source:TASS",)
    assert subjects(Undo(decision="j1")) == ("decision:j1",)
    assert "contradiction:x1" in subjects(RULINGS[-2])
    assert all(subjects(ruling) for ruling in RULINGS)
    assert all(f"document:{target.document}" in subjects(ruling) for ruling in RULINGS for target in targets(ruling))
    assert all(f"entity:{name}" in subjects(ruling) for ruling in RULINGS for name in entities(ruling))


@given(st.lists(st.integers(-5, 5), max_size=12))
def test_what_is_undone_does_not_hold_and_an_undone_undoing_restores_it(steps: list[int]) -> None:
    """A negative step undoes the decision that many places back; the outcome is that of toggling one by one."""
    log: list[Decision] = []
    holds: dict[str, bool] = {}
    for minute, step in enumerate(steps):
        target = log[step] if -len(log) <= step < 0 else None
        decision = made(Undo(decision=target.id) if target else Accept(claim=ONE), minute)
        if target and not holds[target.id]:
            continue  # the ledger refuses it
        log.append(decision)
        holds[decision.id] = True
        while target:
            holds[target.id] = not holds[target.id]
            by_id = {one.id: one for one in log}
            target = by_id[target.undoes] if target.undoes else None
    expected = [one.id for one in log if holds[one.id] and not one.undoes]
    assert [one.id for one in in_force(log)] == expected
    assert set(undone(log)) == {name for name, is_holding in holds.items() if not is_holding}
