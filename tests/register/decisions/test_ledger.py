"""Decisions on real registers, on both databases: what they do, what is refused, what is warned of, what stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import pytest

from followthearms.errors import NotInRegister, RegisterError, SpanError, UsageError
from followthearms.model import Claim, Document, Kind, Party
from followthearms.model.decisions import (
    Accept,
    Correct,
    Decision,
    Different,
    Grade,
    GradeSource,
    Merge,
    Note,
    Reject,
    Resolve,
    Same,
    Slot,
    Split,
    Target,
    Undo,
    Verdict,
)
from followthearms.register import Register, Run
from followthearms.register.decisions.history import Effect
from tests.link.drafts import draft, said
from tests.register.conftest import CopyOf

NOON = dt.datetime(2026, 1, 2, 12, tzinfo=dt.UTC)
RUN = Run(version="1.0", ruleset="abc", parser="sm", started=NOON)
PARTIES = {"supplier": "Russia/RU", "recipient": "India/IN"}
AK = "AK-203 rifles/AK-203/assault rifle"
ORDER = draft(
    "order",
    "India ordered 600,000 AK-203 rifles from Russia.",
    said("agreement", "ordered", equipment=f"{AK}/600000", **PARTIES),
    date="2019-03-04",
    outlet="Quillon",
)
MORE = draft(
    "more",
    "It is 670,000 AK-203 rifles that India ordered from Russia, and Egypt looked on.",
    said("agreement", "ordered", equipment=f"{AK}/670000", **PARTIES),
    date="2019-03-05",
    outlet="Ravelin",
)
FRIGATE = draft(
    "frigate",
    "Italy delivered a Bergamini frigate to Egypt.",
    said("delivery", "delivered", supplier="Italy/IT", recipient="Egypt/EG", equipment="Bergamini frigate//frigate"),
    date="2021-01-01",
    outlet="Tellers",
)
ALL = (ORDER, MORE, FRIGATE)
WHO, WHY = "Ann", "misread"


def told(url: str) -> None:
    """Tell a register of all of them."""
    with Register.open(url, clock=lambda: NOON) as opened:
        opened.add_many(ALL, RUN)


@pytest.fixture
def register(copy_of: CopyOf) -> Iterator[Register]:
    with Register.open(copy_of(told), clock=lambda: NOON) as opened:
        yield opened


def claim(register: Register, document: Document = ORDER) -> Target:
    return register.ledger.claim(f"{document.id}:{document.claims[0].id}")


def read(register: Register, document: Document) -> Claim:
    return register.ledger.statement(Target.of(document.id, document.claims[0]))[1]


def deals(register: Register) -> dict[str, set[str]]:
    """The deals and the documents that each is told in."""
    return {deal.id: set(deal.documents) for deal in register.deals()}


def deal_of(register: Register, document: Document) -> str:
    [found] = [name for name, told in deals(register).items() if document.id in told]
    return found


def state(register: Register) -> list[str]:
    return [deal.model_dump_json() for deal in register.deals()] + [
        document.model_dump_json() for document in register.documents()
    ]


def test_a_rejected_claim_leaves_its_deal_and_comes_back_when_that_is_undone(register: Register) -> None:
    before = state(register)
    made = register.ledger.decide(Reject(claim=claim(register, FRIGATE)), WHO, WHY).decision
    assert "frigate" not in set().union(*deals(register).values())
    assert (made.who, made.why, made.when) == (WHO, WHY, NOON)
    register.ledger.undo(made.id[:8], "Ben", "it is right")
    assert state(register) == before
    undo = register.ledger.decisions()[-1]
    register.ledger.undo(undo.id, WHO)
    assert "frigate" not in set().union(*deals(register).values())
    assert [entry.effect for entry in register.ledger.history("frigate")] == [Effect.HOLDS, Effect.UNDONE, Effect.HOLDS]


def test_what_was_undone_is_not_undone_again(register: Register) -> None:
    made = register.ledger.decide(Accept(claim=claim(register)), WHO).decision
    register.ledger.undo(made.id, WHO)
    with pytest.raises(UsageError, match=r"undone already; `fta undo j\w+` restores it"):
        register.ledger.undo(made.id, WHO)
    with pytest.raises(NotInRegister, match="fta history"):
        register.ledger.undo("jjj", WHO)


def test_the_same_ruling_at_the_same_time_is_another_decision(register: Register) -> None:
    ruling = Accept(claim=claim(register))
    first, second = (register.ledger.decide(ruling, WHO).decision for _ in range(2))
    assert second.when - first.when == dt.timedelta(microseconds=1)
    assert register.ledger.decisions() == (first, second)


def test_a_correction_changes_the_deal_and_keeps_what_the_machine_read(register: Register) -> None:
    start = MORE.text.index("Egypt")
    value = [{"start": start, "end": start + 5, "text": "Egypt", "code": "EG"}]
    register.ledger.decide(Correct(claim=claim(register, MORE), slot=Slot.RECIPIENT, value=value), WHO, WHY)
    [deal] = [deal for deal in register.deals() if deal.documents == ("more",)]
    assert [party.code for party in deal.recipient] == ["EG"]
    [party] = read(register, MORE).recipient
    assert party.by == "analyst"
    [entry] = register.ledger.history(f"claim:{MORE.claims[0].id}")
    assert entry.machine == MORE.claims[0].recipient and isinstance(entry.machine[0], Party)


def test_the_history_of_a_deal_tells_of_a_claim_that_was_rejected_from_it(register: Register) -> None:
    made = register.ledger.decide(Reject(claim=claim(register, MORE)), WHO, WHY).decision
    assert deals(register)[deal_of(register, ORDER)] == {"order"}
    assert [entry.decision for entry in register.ledger.history(deal_of(register, ORDER))] == [made]
    assert register.ledger.history(deal_of(register, FRIGATE)) == ()


def test_what_changes_nothing_is_warned_of(register: Register) -> None:
    on = claim(register, MORE)
    value = [{"start": MORE.text.index("Egypt"), "end": MORE.text.index("Egypt") + 5, "text": "Egypt", "code": "EG"}]
    egypt = Correct(claim=on, slot=Slot.RECIPIENT, value=value)
    for ruling, already in (
        (Accept(claim=on), "it is accepted"),
        (Reject(claim=on), "it is rejected"),
        (egypt, "recipient is that"),
    ):
        assert register.ledger.decide(ruling, WHO).warnings == ()
        assert register.ledger.decide(ruling, WHO).warnings == (f"changes nothing: {already} already",)


def test_a_code_that_no_table_knows_is_warned_of(register: Register) -> None:
    value = [{"start": MORE.text.index("Egypt"), "end": MORE.text.index("Egypt") + 5, "text": "Egypt", "code": "EGY"}]
    made = register.ledger.decide(Correct(claim=claim(register, MORE), slot=Slot.RECIPIENT, value=value), WHO)
    assert [warning.split(",")[0] for warning in made.warnings] == ["no table knows EGY"]


def test_a_newer_decision_stands_in_the_place_of_an_older_one(register: Register) -> None:
    on = claim(register)
    for ruling in (
        Accept(claim=on),
        Correct(claim=on, slot=Slot.KIND, value="selection"),
        Correct(claim=on, slot=Slot.NEGATED, value=True),
        Correct(claim=on, slot=Slot.KIND, value="delivery"),
        Reject(claim=on),
        Correct(claim=on, slot=Slot.MODALITY, value="planned"),
    ):
        made = register.ledger.decide(ruling, WHO).decision
    effects = [entry.effect for entry in register.ledger.history("order")]
    replaced = {0, 1, 4}
    assert effects == [Effect.REPLACED if n in replaced else Effect.HOLDS for n in range(6)]
    register.ledger.undo(made.id, WHO)
    assert register.ledger.history("order")[4].effect is Effect.HOLDS


def test_a_correction_must_quote_the_text(register: Register) -> None:
    value = [{"start": 0, "end": 5, "text": "Egypt", "code": "EG"}]
    ruling = Correct(claim=claim(register), slot=Slot.RECIPIENT, value=value)
    with pytest.raises(SpanError, match=r"order: recipient: the text has 'India' at 0\.\.5, not 'Egypt'"):
        register.ledger.decide(ruling, WHO)
    with pytest.raises(SpanError):
        register.ledger.replay([Decision(who=WHO, when=NOON, ruling=ruling)])
    assert register.ledger.decisions() == ()


@pytest.mark.parametrize(
    "ruling",
    [
        lambda r: Accept(claim=Target.of("gone", ORDER.claims[0])),
        lambda r: Accept(claim=claim(r).model_copy(update={"claim": "c0", "start": 1})),
        lambda r: Merge(deals=(r.ledger.deal(deal_of(r, ORDER)), claim(r).model_copy(update={"anchor": "0"}))),
        lambda r: Merge(entities=("IN", "company:NOBODY")),
        lambda r: Split(entity="company:NOBODY", names=("Nobody",)),
        lambda r: GradeSource(source="source:NOBODY", grade=Grade.A),
        lambda r: Note(about="document:gone", text="?"),
        lambda r: Note(about="decision:j0", text="?"),
        lambda r: Undo(decision="j0"),
    ],
)
def test_what_is_not_in_the_register_is_not_decided_on(
    register: Register, ruling: Callable[[Register], Accept]
) -> None:
    with pytest.raises(NotInRegister, match="`fta "):
        register.ledger.decide(ruling(register), WHO)
    assert register.ledger.decisions() == ()


def test_a_decision_needs_a_name(register: Register) -> None:
    with pytest.raises(UsageError, match="FTA_ANALYST"):
        register.ledger.decide(Accept(claim=claim(register)), " ")


def test_merged_deals_are_one_and_the_newer_of_two_rulings_binds(register: Register) -> None:
    before = deals(register)
    left, right = deal_of(register, ORDER), deal_of(register, FRIGATE)
    pair = dict(zip(("left", "right"), register.ledger.pair(left, right), strict=True))
    apart = register.ledger.decide(Different(**pair), WHO)
    assert apart.warnings == () and deals(register) == before
    merged = register.ledger.decide(register.ledger.merging([left, right[:8]]), "Ben")
    assert [apart.decision.id in line for line in merged.warnings] == [True]
    assert deal_of(register, ORDER) == deal_of(register, FRIGATE)
    assert {register.deal(name).id for name in (left, right, left[:8], right[:8])} == {deal_of(register, ORDER)}
    assert [entry.effect for entry in register.ledger.history()] == [Effect.OVERRULED, Effect.HOLDS]
    assert len(register.ledger.history(left)) == len(register.ledger.history(right)) == 2
    with pytest.raises(UsageError, match="one deal already"):
        register.ledger.decide(merged.decision.ruling, WHO)
    again = register.ledger.decide(Different(**pair), WHO)
    assert sorted(merged.decision.id in line for line in again.warnings) == [False, True]
    assert deals(register) == before


def test_claims_are_split_from_a_deal_for_good(register: Register) -> None:
    home = deal_of(register, ORDER)
    assert deal_of(register, MORE) == home
    ruling = register.ledger.splitting(home, [MORE.claims[0].id])
    made = register.ledger.decide(ruling, WHO)
    assert deal_of(register, MORE) != deal_of(register, ORDER) == home
    third = draft("third", ORDER.text, said("agreement", "ordered", equipment=f"{AK}/600000", **PARTIES))
    register.add(third, RUN)
    assert deal_of(register, third) == home
    register.ledger.undo(made.decision.id, WHO)
    assert deal_of(register, MORE) == home


def test_the_founder_of_a_deal_can_be_split_off(register: Register) -> None:
    home = deal_of(register, ORDER)
    register.ledger.decide(register.ledger.splitting(home, [ORDER.claims[0].id]), WHO)
    assert deal_of(register, MORE) != deal_of(register, ORDER)


def test_a_split_leaves_something_and_takes_what_is_there(register: Register) -> None:
    home = deal_of(register, ORDER)
    with pytest.raises(UsageError, match="not all of them"):
        register.ledger.splitting(home, [ORDER.claims[0].id, MORE.claims[0].id])
    with pytest.raises(UsageError, match=f"not of deal {home}"):
        register.ledger.splitting(home, [FRIGATE.claims[0].id])
    apart = Split(deal=register.ledger.deal(home), claims=(register.ledger.deal(deal_of(register, FRIGATE)),))
    with pytest.raises(UsageError, match=f"not of deal {home}"):
        register.ledger.decide(apart, WHO)


def test_claims_that_are_the_same_are_in_one_deal(register: Register) -> None:
    left, right = register.ledger.pair(ORDER.claims[0].id, FRIGATE.claims[0].id)
    register.ledger.decide(Same(left=left, right=right), WHO)
    assert deal_of(register, ORDER) == deal_of(register, FRIGATE)


def test_merging_two_states_warns_and_moves_their_transfers(register: Register) -> None:
    made = register.ledger.decide(register.ledger.merging(["IT", "RU"]), WHO)
    assert made.warnings == ("IT, RU are different states; their transfers become those of one",)
    assert [entry.decision for entry in register.ledger.history("RU")] == [made.decision]


def test_a_source_is_graded_by_any_of_its_names(register: Register) -> None:
    name = register.ledger.source("quillon")
    made = register.ledger.decide(GradeSource(source=name, grade=Grade.B), WHO)
    assert register.sources.get("Quillon").grade is Grade.B
    assert [entry.decision for entry in register.ledger.history("Quillon")] == [made.decision]
    register.ledger.undo(made.decision.id, WHO)
    assert register.sources.get("Quillon").grade is None


def test_a_ruling_on_a_contradiction_is_kept_with_its_reason(register: Register) -> None:
    [found] = register.contradictions()
    ruling = Resolve(contradiction=register.ledger.contradiction(found.id[:6]), verdict=Verdict.RIGHT)
    made = register.ledger.decide(ruling, WHO, "the contract says so").decision
    assert [entry.decision for entry in register.ledger.history(found.id)] == [made]
    assert [entry.decision.why for entry in register.ledger.history(found.deal)] == ["the contract says so"]


def test_a_ruling_on_a_contradiction_closes_it_until_it_is_undone(register: Register) -> None:
    [found] = register.contradictions()
    ruling = Resolve(contradiction=register.ledger.contradiction(found.id), verdict=Verdict.RIGHT)
    made = register.ledger.decide(ruling, WHO).decision
    assert [one.ruling for one in register.contradictions()] == [made.id]
    assert [one.ruling for one in register.deal(found.deal).contradictions] == [made.id]
    assert [one.row.id for one in register.search.deals("contradiction:closed").rows] == [found.deal]
    register.ledger.undo(made.id, WHO)
    assert register.contradictions() == (found,)
    assert not register.search.deals("contradiction:closed").rows


def test_a_decision_survives_a_better_ruleset_and_is_stale_when_its_claim_is_lost(register: Register) -> None:
    made = register.ledger.decide(Reject(claim=claim(register)), WHO).decision
    better = draft(
        "order", ORDER.text, said("agreement", "ordered", place="India", **PARTIES), date="2019-03-04", outlet="Quillon"
    )
    register.add(better, RUN.model_copy(update={"ruleset": "better"}))
    assert better.claims[0].id != ORDER.claims[0].id
    assert [entry.effect for entry in register.ledger.history(better.claims[0].id)] == [Effect.HOLDS]
    assert register.document("order").claims == ()
    register.add(ORDER.with_claims(()), RUN.model_copy(update={"ruleset": "worse"}))
    [entry] = register.ledger.history(ORDER.claims[0].id)
    assert (entry.decision, entry.effect) == (made, Effect.STALE)
    register.add(ORDER, RUN)
    assert [entry.effect for entry in register.ledger.history(f"claim:{ORDER.claims[0].id}")] == [Effect.HOLDS]


def test_ids_that_could_mean_several_things_are_refused(register: Register) -> None:
    with pytest.raises(UsageError, match="several claims"):
        register.ledger.claim("c")
    with pytest.raises(NotInRegister, match="fta claims"):
        register.ledger.claim("")
    with pytest.raises(NotInRegister, match="fta deals"):
        register.ledger.deal("")
    with pytest.raises(NotInRegister, match="fta history"):
        register.ledger.history("nothing")
    with pytest.raises(NotInRegister, match="fta deals"):
        register.ledger.deal("D")  # no capital in an id: this may be a state
    with pytest.raises(UsageError, match="name two"):
        register.ledger.pair("IN", "IN")
    with pytest.raises(UsageError, match="two entities"):
        register.ledger.pair("IN", deal_of(register, ORDER))
    with pytest.raises(UsageError, match="two or more deals"):
        register.ledger.merging([deal_of(register, ORDER), "IN"])


def test_a_note_is_on_what_its_subject_names(register: Register) -> None:
    home, told = deal_of(register, ORDER), ORDER.claims[0].id
    [contradiction] = register.contradictions()
    subjects = [home, told, "IN", "source:Quillon", "document:order", contradiction.id]
    for subject in subjects:
        register.ledger.decide(Note(about=register.ledger.about(subject), text=f"on {subject}"), WHO)
    for subject in subjects:
        notes = [entry.decision.ruling for entry in register.ledger.history(subject)]
        assert f"on {subject}" in [note.text for note in notes if isinstance(note, Note)]


def test_a_log_that_is_replayed_makes_the_same_register(register: Register, copy_of: CopyOf) -> None:
    ledger = register.ledger
    first = ledger.decide(Reject(claim=claim(register, FRIGATE)), WHO).decision
    ledger.decide(Correct(claim=claim(register, MORE), slot=Slot.KIND, value=["request"]), "Ben", WHY)
    ledger.decide(ledger.splitting(deal_of(register, ORDER), [MORE.claims[0].id]), WHO)
    ledger.undo(first.id, "Ben")
    ledger.decide(Note(about=claim(register), text="See the annex."), WHO)
    with Register.open(copy_of(told), clock=lambda: NOON + dt.timedelta(days=9)) as other:
        log = ledger.decisions()
        assert other.ledger.replay(log[:2]) == 2
        assert other.ledger.replay(log) == len(log) - 2
        assert other.ledger.decisions() == log
        assert state(other) == state(register)
        assert read(other, MORE).kind == (Kind.REQUEST,)


def test_an_altered_log_is_refused_whole(register: Register) -> None:
    good = Decision(who=WHO, when=NOON, ruling=Accept(claim=claim(register)))
    altered = good.model_copy(update={"why": "forged"})
    with pytest.raises(RegisterError, match=f"decision {good.id}: .*unaltered copy"):
        register.ledger.replay([Decision(who="Ben", when=NOON, ruling=Accept(claim=claim(register))), altered])
    with pytest.raises(RegisterError, match="undoes j0, which is not before it"):
        register.ledger.replay([good, Decision(who=WHO, when=NOON, ruling=Undo(decision="j0"))])
    assert register.ledger.decisions() == ()


def test_a_past_day_knows_only_the_decisions_until_then(register: Register) -> None:
    register.ledger.decide(Reject(claim=claim(register, FRIGATE)), WHO)
    with register.as_of(NOON.date() - dt.timedelta(days=1)) as before, register.as_of(NOON.date()) as then:
        assert before.ledger.decisions() == ()
        assert then.ledger.decisions() == register.ledger.decisions()
