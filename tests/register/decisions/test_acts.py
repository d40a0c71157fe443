"""Several decisions at once, on both databases: all or none, found and undone together, and none that overtakes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from followthearms.errors import NotInRegister, Overtaken, UsageError
from followthearms.model import Standing
from followthearms.model.decisions import Accept, Correct, Different, Note, Reject, Same, Slot, Target
from followthearms.register import Register
from followthearms.register.decisions.history import Effect
from tests.register.conftest import CopyOf
from tests.register.decisions.test_ledger import ALL, FRIGATE, MORE, NOON, ORDER, told

WHO = "Ann"


@pytest.fixture
def register(copy_of: CopyOf) -> Iterator[Register]:
    with Register.open(copy_of(told), clock=lambda: NOON) as opened:
        yield opened


def targets() -> list[Target]:
    return [Target.of(document.id, document.claims[0]) for document in (ORDER, MORE)]


def standings(register: Register) -> list[Standing]:
    return [register.ledger.standing(document.id).standings[0] for document in ALL]


def test_what_is_decided_at_once_is_found_and_undone_together(register: Register) -> None:
    register.ledger.decide(Reject(claim=Target.of(FRIGATE.id, FRIGATE.claims[0])), WHO)
    made = register.ledger.decide_all([Accept(claim=target) for target in targets()], WHO, "checked")
    assert standings(register) == [Standing.ACCEPTED, Standing.ACCEPTED, Standing.REJECTED]
    for one in made:
        assert [entry.decision for entry in register.ledger.act(one.decision.id)] == [m.decision for m in made]
    undone = register.ledger.undo_act(made[1].decision.id, WHO)
    assert len(undone) == 2
    assert standings(register) == [Standing.PENDING, Standing.PENDING, Standing.REJECTED]
    assert {entry.effect for entry in register.ledger.act(made[0].decision.id)} == {Effect.UNDONE}
    with pytest.raises(UsageError, match="undone already"):
        register.ledger.undo_act(made[0].decision.id, WHO)
    register.ledger.undo_act(undone[0].decision.id, WHO)
    assert standings(register) == [Standing.ACCEPTED, Standing.ACCEPTED, Standing.REJECTED]


def test_what_was_undone_by_itself_stays_undone(register: Register) -> None:
    made = register.ledger.decide_all([Accept(claim=target) for target in targets()], WHO)
    register.ledger.undo(made[0].decision.id, WHO)
    assert len(register.ledger.undo_act(made[0].decision.id, WHO)) == 1
    assert standings(register)[:2] == [Standing.PENDING, Standing.PENDING]


def test_all_or_none(register: Register) -> None:
    lost = targets()[1].model_copy(update={"claim": "gone", "start": 90, "end": 91})
    with pytest.raises(NotInRegister, match="is not read"):
        register.ledger.decide_all([Accept(claim=targets()[0]), Accept(claim=lost)], WHO)
    assert register.ledger.decisions() == ()


def test_who_has_not_seen_the_newest_decision_is_told(register: Register) -> None:
    one, other = targets()
    seen = {one: "", other: ""}
    first = register.ledger.decide_all([Accept(claim=one), Accept(claim=other)], WHO, seen=seen)
    with pytest.raises(Overtaken, match=one.claim):
        register.ledger.decide_all([Reject(claim=one)], "Ben", seen=seen)
    known = register.ledger.with_newest(ORDER.id)[1][one.claim]
    assert known == first[0].decision.id
    register.ledger.decide_all([Note(about=one, text="no matter")], "Ben", seen={one: known})
    register.ledger.undo(known, "Ben")
    with pytest.raises(Overtaken):  # although nothing holds on it, as at first: it was looked at in between
        register.ledger.decide_all([Reject(claim=one)], WHO, seen={one: known})
    newest = register.ledger.with_newest(ORDER.id)[1][one.claim]
    register.ledger.decide_all([Reject(claim=one)], WHO, seen={one: newest})
    assert standings(register)[0] is Standing.REJECTED


def test_a_rejected_claim_still_stands_with_what_the_machine_read(register: Register) -> None:
    one = targets()[0]
    register.ledger.decide(Correct(claim=one, slot=Slot.PLACE, value={"start": 0, "end": 5, "text": "India"}), WHO)
    register.ledger.decide(Reject(claim=one), WHO)
    found = register.ledger.standing(ORDER.id)
    assert found.document.claims[0].place and not found.read.claims[0].place
    assert (found.standings, found.linked.claims) == ((Standing.REJECTED,), ())
    with pytest.raises(NotInRegister):
        register.ledger.standing("nothing")


def test_what_a_ruling_overrules_is_told_again(register: Register) -> None:
    one, other = targets()
    pair = register.ledger.pair(f"{ORDER.id}:{one.claim}", f"{MORE.id}:{other.claim}")
    register.ledger.decide(Same(left=pair[0], right=pair[1]), WHO)
    made = register.ledger.decide(Different(left=pair[0], right=pair[1]), WHO)
    assert made.warnings and register.ledger.warned_of(made.decision.id) == made.warnings
