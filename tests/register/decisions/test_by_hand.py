"""Claims that analysts add, on real registers and both databases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import pytest

from followthearms.errors import NotInRegister, SpanError, UsageError
from followthearms.model import AddClaim, Document, Ref, Span
from followthearms.model.decisions import Accept, Correct, Note, Reject, Slot
from followthearms.register import Register, Run
from followthearms.register.decisions.history import Effect
from tests.link.drafts import Fields, draft, said
from tests.register.conftest import CopyOf
from tests.register.folding.test_folding import content, rebuilt

NOON = dt.datetime(2026, 1, 2, 12, tzinfo=dt.UTC)
RUN = Run(version="1.0", ruleset="abc", parser="sm", started=NOON)
TEXT = "Italy delivered a Bergamini frigate to Egypt. Cairo has paid half of it."
SHIP: Fields = {"supplier": "Italy/IT", "recipient": "Egypt/EG", "equipment": "Bergamini frigate//frigate"}


def read(*claims: Fields) -> Document:
    return draft("frigate", TEXT, *claims, date="2021-01-01", outlet="Tellers")


BARE = read()
MISSED = AddClaim(document="frigate", claim=read(said("delivery", "delivered", **SHIP)).claims[0])
BETTER = read(said("delivery", "delivered", date=("delivered", "2021-01-01", "2021-01-01"), **SHIP))
"""What a better ruleset reads: the same delivery, with a slot more."""
NAME = MISSED.claim.id


def told(url: str) -> None:
    with Register.open(url, clock=lambda: NOON) as opened:
        opened.add(BARE, RUN)


@pytest.fixture
def register(copy_of: CopyOf) -> Iterator[Register]:
    with Register.open(copy_of(told), clock=lambda: NOON) as opened:
        yield opened


def state(register: Register) -> list[str]:
    return [one.model_dump_json() for one in (*register.deals(), *register.documents())]


def test_it_makes_a_deal_and_undone_it_is_gone(register: Register) -> None:
    before = state(register)
    made = register.ledger.decide(MISSED, "Ann", "the frames know no frigates").decision
    [deal] = register.deals()
    assert [event.ref for event in deal.events] == [Ref(document="frigate", claim=NAME)]
    [found] = register.document("frigate").claims
    assert found.method and found.method.by == "analyst" and found == MISSED.claim
    assert content(register) == rebuilt(register)
    register.ledger.undo(made.id, "Ben")
    assert state(register) == before
    register.ledger.undo(register.ledger.decisions()[-1].id, "Ann")
    assert register.deals() == (deal,)


def test_a_better_reading_adds_no_second_claim(register: Register) -> None:
    register.ledger.decide(MISSED, "Ann")
    [before] = register.deals()
    register.add(BETTER, RUN)
    assert register.deals() == (before,) and content(register) == rebuilt(register)
    [entry] = register.ledger.history(f"claim:{BETTER.claims[0].id}")
    assert entry.decision.ruling == MISSED and entry.instead_of == (BETTER.claims[0].id,)
    register.ledger.undo(entry.decision.id, "Ben")
    [after] = register.deals()
    assert after.id == before.id and [one.ref.claim for one in after.events] == [BETTER.claims[0].id]


def test_who_adds_what_is_read_is_told_so(register: Register) -> None:
    register.add(BETTER, RUN)
    made = register.ledger.decide(MISSED, "Ann")
    name = BETTER.claims[0].id
    assert made.warnings == (f"stands in place of claim {name}, on the same words; to keep both, accept claim {name}",)
    register.ledger.decide(Accept(claim=register.ledger.claim(name)), "Ben")
    assert {claim.id for claim in register.document("frigate").claims} == {NAME, name}


def test_it_is_decided_on_as_any(register: Register) -> None:
    register.ledger.decide(MISSED, "Ann")
    target = register.ledger.claim(NAME[:8])
    register.ledger.decide(Correct(claim=target, slot=Slot.EQUIPMENT), "Ben")
    assert register.document("frigate").claims[0].equipment == ()
    register.ledger.decide(Note(about=target, text="seen in the port"), "Ben")
    register.ledger.decide(Reject(claim=target), "Cyd")
    assert register.deals() == () and register.document("frigate").claims == ()
    effects = [entry.effect for entry in register.ledger.history(f"claim:{NAME}")]
    assert effects == [Effect.HOLDS, Effect.HOLDS, Effect.HOLDS, Effect.HOLDS]
    register.ledger.undo(register.ledger.decisions()[0].id, "Ann")
    assert [entry.effect for entry in register.ledger.history()[1:4]] == [Effect.STALE] * 3
    assert content(register) == rebuilt(register)


@pytest.mark.parametrize(
    "ruling, error, problem",
    [
        (MISSED.model_copy(update={"document": "other"}), NotInRegister, "no document 'other'"),
        (
            AddClaim(
                document="frigate",
                claim=MISSED.claim.model_copy(update={"trigger": Span(start=0, end=9, text="delivered")}),
            ),
            SpanError,
            "the text has 'Italy del' at 0..9, not 'delivered'",
        ),
        (
            AddClaim(
                document="frigate",
                claim=MISSED.claim.model_copy(
                    update={"evidence": MISSED.claim.evidence.model_copy(update={"end": 400})}
                ),
            ),
            SpanError,
            "the evidence ends at 400, the text at 72",
        ),
    ],
)
def test_what_the_text_does_not_say_is_refused(
    register: Register, ruling: AddClaim, error: type[Exception], problem: str
) -> None:
    with pytest.raises(error, match=problem):
        register.ledger.decide(ruling, "Ann")
    assert register.ledger.decisions() == ()


def test_twice_the_same_claim_is_refused_and_an_unknown_code_told(register: Register) -> None:
    wrong = MISSED.claim.supplier[0].model_copy(update={"code": "QQ"})
    odd = AddClaim(document="frigate", claim=MISSED.claim.model_copy(update={"supplier": (wrong,)}))
    assert "no table knows QQ" in register.ledger.decide(odd, "Ann").warnings[0]
    with pytest.raises(UsageError, match=f"claim {odd.claim.id} says just that already"):
        register.ledger.decide(odd, "Ben")


def test_the_log_the_past_and_another_register_hold_it(register: Register, new_url: Callable[[], str]) -> None:
    register.ledger.decide(MISSED, "Ann", "missed")
    register.add(BETTER, RUN)
    with Register.open(new_url(), clock=lambda: NOON) as copy, Register.open(new_url(), clock=lambda: NOON) as other:
        copy.log.load(register.log.lines(), "a.log")
        assert state(copy) == state(register) and list(copy.log.lines()) == list(register.log.lines())
        other.add(BETTER, RUN)
        assert other.ledger.replay(register.ledger.decisions()) == 1
        assert other.deals() == register.deals()
    with register.as_of(NOON.date()) as then, register.as_of(NOON.date() - dt.timedelta(days=1)) as before:
        assert state(then) == state(register) and before.deals() == ()


def test_the_log_of_corrections_and_what_changed_tell_of_it(register: Register) -> None:
    register.snapshots.take("before")
    register.ledger.decide(MISSED, "Ann", "missed")
    target = register.ledger.claim(NAME)
    register.ledger.decide(Correct(claim=target, slot=Slot.EQUIPMENT), "Ben")
    added, corrected = register.snapshots.corrections()
    assert added.quote == corrected.quote == TEXT
    assert [item["text"] for item in corrected.machine] == ["Bergamini frigate"]
    [new] = register.snapshots.diff("before").new
    assert "missed" in [getattr(reason, "why", None) for reason in new.because]
