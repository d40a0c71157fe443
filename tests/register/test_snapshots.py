"""Snapshots: frozen under a name, hashed by their content, compared field by field; and the log of corrections."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from followthearms.errors import NotInRegister, RegisterError, UsageError
from followthearms.exchange.changes import change_lines, citation, correction_lines, summary
from followthearms.model import Consistency
from followthearms.model.decisions import Accept, Correct, Merge, Note, Reject, Resolve, Slot, Target, Undo, Verdict
from followthearms.model.snapshots import Report, Ruled, content_hash, frozen_line
from followthearms.register import Register
from tests.register.conftest import CopyOf, make_empty
from tests.register.databases import ask, drop_guards, run
from tests.register.histories import ALL, CAME, MORE, ORDER, RUN, SEIZURE, START, WITHOUT, target


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> dt.datetime:
        self.now += dt.timedelta(seconds=1)
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def register(register_url: str, clock: Clock) -> Iterator[Register]:
    with Register.open(register_url, clock=clock) as opened:
        yield opened


def test_a_snapshot_keeps_what_the_register_was(register: Register) -> None:
    register.add_many([ORDER, SEIZURE], RUN)
    deals = register.deals()
    taken = register.snapshots.take("2026-q1", "for the report")
    register.add_many([MORE, CAME], RUN)
    assert register.deals() != deals
    assert register.snapshots.deals("2026-q1") == deals
    assert register.snapshots.get("2026-q1") == taken
    assert (taken.deals, taken.note, taken.decision, taken.made.date()) == (2, "for the report", 0, START.date())
    assert taken.content == content_hash(map(frozen_line, deals))
    later = register.snapshots.take("2026-q2")
    assert register.snapshots.all() == (taken, later)
    assert citation(taken).startswith("Follow the Arms, register snapshot “2026-q1” of 2 January 2026 (UTC), 2 deals")
    assert taken.content in citation(taken) and taken.version in citation(taken)


def test_who_took_it_goes_with_the_log(register: Register, copy_of: CopyOf) -> None:
    register.add(ORDER, RUN)
    taken = register.snapshots.take("2026-q1", "for the report", who="Ann")
    lines = list(register.log.lines())
    with Register.open(copy_of(make_empty)) as other:
        other.log.load(lines, "x")
        assert other.snapshots.all() == (taken,) and taken.who == "Ann"
        assert list(other.log.lines()) == lines


def test_a_name_is_given_once(register: Register) -> None:
    register.snapshots.take("first")
    with pytest.raises(UsageError, match="snapshot first: was taken on 2026-01-02, and stays as it is"):
        register.snapshots.take("first")
    assert register.snapshots.get("first").deals == 0


@pytest.mark.parametrize("database", ["sqlite"])
@pytest.mark.parametrize("name", ["", "now", "NOW", ".hidden", "a b", "a/b", "a" * 65, "é", "a\n", "--list"])
def test_what_is_no_name(register: Register, name: str) -> None:
    with pytest.raises(UsageError, match="is no name for a snapshot"):
        register.snapshots.take(name)


def test_there_must_be_such_a_snapshot(register: Register) -> None:
    for question in (register.snapshots.get, register.snapshots.deals, register.snapshots.diff):
        with pytest.raises(NotInRegister, match="no snapshot 'none' in the register; `fta snapshot --list`"):
            question("none")


def test_equal_registers_have_equal_hashes(copy_of: CopyOf, tmp_path) -> None:
    hashes = []
    for url, order in ((copy_of(make_empty), ALL), (copy_of(make_empty), ALL[::-1]), (tmp_path / "other.db", ALL)):
        with Register.open(url) as opened:
            for document in order:
                opened.add(document, RUN)
            hashes.append(opened.snapshots.take("x").content)
            opened.add(WITHOUT["came"], RUN.model_copy(update={"ruleset": "other"}))
            assert opened.snapshots.take("y").content != hashes[0]
    assert len(set(hashes)) == 1


def test_a_snapshot_that_was_tampered_with_is_noticed(register: Register, register_url: str) -> None:
    register.add(ORDER, RUN)
    register.snapshots.take("first")
    drop_guards(register_url, "update")
    assert run(register_url, "UPDATE frozen_deals SET body = replace(body, '600000', '6000')") == [1]
    with pytest.raises(RegisterError, match="snapshot first: its deals were altered after it was taken"):
        register.snapshots.deals("first")
    with pytest.raises(RegisterError, match="altered"):
        register.snapshots.diff("first")


def test_a_difference_names_the_reports_that_brought_it(register: Register) -> None:
    register.add_many([ORDER, SEIZURE], RUN)
    register.snapshots.take("before")
    assert not register.snapshots.diff("before")
    register.add_many([CAME], RUN)
    found = register.snapshots.diff("before")
    assert summary(found) == "1 deal changed"
    fields = {field.field: field for field in found.changed[0].fields}
    assert {"status", "delivered", "delivered_total", "events", "sources"} <= fields.keys()
    for field in fields.values():
        assert [(one.document, one.outlet) for one in field.because if isinstance(one, Report)] == [("came", "Tellers")]
    told = list(change_lines(found))
    assert "  quantity delivered + 70,000" in told
    assert told.count(f"    because Tellers, 25 January 2022: “{CAME.text}”") == 1  # once, for all that it changed


def test_a_difference_names_the_decisions_that_brought_it(register: Register) -> None:
    register.add_many(ALL, RUN)
    register.snapshots.take("before")
    register.ledger.decide(Note(about=target(MORE), text="odd"), "Bo")
    ruled = register.ledger.decide(Reject(claim=target(MORE)), "Ann", "another contract").decision
    register.snapshots.take("rejected")
    found = register.snapshots.diff("before", "rejected")
    (quantity,) = (field for changed in found.changed for field in changed.fields if field.field == "quantity")
    assert [one.why for one in quantity.because if isinstance(one, Ruled)] == ["another contract"]
    assert any(f"because Ann, 2 January 2026, reject {ruled.id}: another contract" in x for x in change_lines(found))
    register.ledger.undo(ruled.id, "Bo", "it is the same")
    back = register.snapshots.diff("rejected")
    (quantity,) = (field for changed in back.changed for field in changed.fields if field.field == "quantity")
    assert [one.why for one in quantity.because if isinstance(one, Ruled)] == ["it is the same"]
    assert not register.snapshots.diff("before")
    assert summary(register.snapshots.diff("now", "rejected")) == summary(found)


def test_a_decision_that_was_taken_back_explains_nothing(register: Register) -> None:
    register.add_many(ALL, RUN)
    earlier = register.ledger.decide(Reject(claim=target(MORE)), "Ann", "another contract").decision
    register.snapshots.take("before")
    slip = register.ledger.decide(Reject(claim=target(CAME)), "Bo", "a slip").decision
    register.ledger.undo(slip.id, "Bo", "sorry")
    first = register.ledger.undo(earlier.id, "Cy", "one contract").decision
    register.ledger.undo(register.ledger.undo(first.id, "Di").decision.id, "Ed", "one contract indeed")
    for found in (register.snapshots.diff("before"), register.snapshots.diff("now", "before")):
        because = {one for changed in found.changed for field in changed.fields for one in field.because}
        assert {(one.who, one.why) for one in because if isinstance(one, Ruled)} == {("Ed", "one contract indeed")}


def test_a_ruling_on_a_contradiction_changes_that_alone(register: Register) -> None:
    register.add_many([ORDER, MORE], RUN)
    register.snapshots.take("before")
    register.add_many([CAME], RUN)
    [one] = [one for one in register.contradictions() if one.consistency is Consistency.CONFLICTING]
    ruling = Resolve(contradiction=register.ledger.contradiction(one.id), verdict=Verdict.LEFT)
    register.ledger.decide(ruling, "Ann", "the contract")
    (changed,) = register.snapshots.diff("before").changed
    told = {field.field: {one.why for one in field.because if isinstance(one, Ruled)} for field in changed.fields}
    assert told.pop("contradictions", {"the contract"}) == {"the contract"}
    assert told and set().union(*told.values()) == set()
    register.snapshots.take("ruled")
    register.ledger.undo(register.ledger.decisions()[-1].id, "Bo", "it was not")
    (changed,) = register.snapshots.diff("ruled").changed
    assert [(field.field, [one.why for one in field.because]) for field in changed.fields] == [
        ("contradictions", ["it was not"])
    ]


def test_a_merged_deal_leads_to_the_one_that_has_its_claims(register: Register) -> None:
    register.add_many([ORDER, SEIZURE], RUN)
    register.snapshots.take("before")
    ours, theirs = (register.ledger.deal(deal.id) for deal in register.deals())
    made = register.ledger.decide(Merge(deals=(ours, theirs)), "Ann", "one haul").decision
    found = register.snapshots.diff("before")
    (gone,) = found.gone
    (now,) = register.deals()
    assert gone.into == (now.id,) and register.deal(gone.deal.id).id == now.id
    assert made.id in {one.decision for one in gone.because if isinstance(one, Ruled)}
    assert f"  now in {now.id}" in list(change_lines(found))


def test_the_corrections_are_the_decisions_that_changed_what_is_published(register: Register, clock: Clock) -> None:
    register.add_many(ALL, RUN)
    decide = register.ledger.decide
    decide(Accept(claim=target(ORDER)), "Bo")
    place = decide(Correct(claim=target(SEIZURE), slot=Slot.PLACE, value=None), "Ann", "a person's name").decision
    note = decide(Note(about=target(CAME), text="see the archive"), "Bo").decision
    register.ledger.undo(note.id, "Bo")
    clock.now += dt.timedelta(days=1)
    undone = register.ledger.undo(place.id, "Bo", "it is the town").decision
    flag = decide(Correct(claim=target(CAME), slot=Slot.DISPUTED, value=True), "Ann").decision
    found = register.snapshots.corrections()
    assert [(one.decision, one.stands) for one in found] == [(place, False), (undone, True), (flag, True)]
    assert found[0].machine["text"] == "Lagos" and found[0].quote == SEIZURE.text
    assert found[1].undoes == place and found[2].machine is False
    assert register.snapshots.corrections(dt.date(2026, 1, 3)) == found[1:]
    told = list(correction_lines(found))
    assert told[0] == f"2026-01-02T12:00+00:00  Ann  correct  {place.id}  (undone)"
    assert told[1:4] == ["  place: “Lagos” → –", f"  “{SEIZURE.text}”", "  because a person's name"]
    assert f"  takes back correct {place.id} of Ann" in told and "  disputed: no → yes" in told


def test_a_decision_on_a_claim_that_was_never_read_has_no_quote(register: Register, register_url: str) -> None:
    register.add(ORDER, RUN)
    register.ledger.decide(Reject(claim=target(ORDER)), "Ann")
    made = register.ledger.decisions()
    elsewhere = Target.of("none", ORDER.claims[0])
    stale = made[0].model_copy(update={"id": "", "ruling": Reject(claim=elsewhere)})
    register.ledger.replay([type(stale).model_validate(stale.model_dump(exclude={"id"}))])
    assert [one.quote for one in register.snapshots.corrections()] == [ORDER.text, None]


def test_what_a_past_day_had(register: Register, clock: Clock) -> None:
    register.add(ORDER, RUN)
    register.snapshots.take("first")
    ruled = register.ledger.decide(Reject(claim=target(ORDER)), "Ann").decision
    clock.now += dt.timedelta(days=1)
    register.ledger.decide(Undo(decision=ruled.id), "Bo")
    register.snapshots.take("second")
    with register.as_of(START.date()) as then:
        assert [one.name for one in then.snapshots.all()] == ["first"]
        assert [one.decision.id for one in then.snapshots.corrections()] == [ruled.id]
        assert summary(then.snapshots.diff("first")) == "1 deal gone"
    assert not register.snapshots.diff("first", "second")
    assert len(ask_names(register)) == 2


def ask_names(register: Register) -> list[str]:
    return [one.name for one in register.snapshots.all()]


def test_taking_a_snapshot_fails_whole(register: Register, register_url: str) -> None:
    register.add(ORDER, RUN)
    run(register_url, "DROP TABLE frozen_deals")
    with pytest.raises(RegisterError, match="frozen_deals"):
        register.snapshots.take("first")
    assert ask(register_url, "SELECT count(*) FROM snapshots") == [(0,)]
