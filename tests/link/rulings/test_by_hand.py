"""Claims that analysts add: they stand whatever the program reads, and nothing stands twice."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followthearms.link.fold import link
from followthearms.link.rulings.by_hand import gives_way, same
from followthearms.link.rulings.decided import decided, replaced
from followthearms.model import AddClaim, Decision, Document, Extent, Span, Standing, Target
from followthearms.model.decisions import Accept, Correct, Reject, Ruling, Slot, in_force
from tests.link.drafts import Fields, draft, said
from tests.link.rulings.test_decided import acted, log, undo_all

TEXT = "Italy sold frigates to Egypt for $2 billion and radars to Qatar for $1 billion; Spain lent boats to Peru."
SOLD: Fields = {"supplier": "Italy/IT", "equipment": "frigates//frigate"}
TO_EGYPT = said("supply", "sold", recipient="Egypt/EG", **SOLD)
TO_QATAR = said("supply", "sold", recipient="Qatar/QA", supplier="Italy/IT", equipment="radars//radar")
LENT = said("delivery", "lent", supplier="Spain/ES", recipient="Peru/PE", equipment="boats//boat")

TO_BOTH = said("supply", "sold", recipient=["Egypt/EG", "Qatar/QA"], **SOLD)


def read(*claims: Fields) -> Document:
    return draft("a", TEXT, *claims)


def added(claim: Fields) -> AddClaim:
    return AddClaim(document="a", claim=read(claim).claims[0])


EGYPT, QATAR, BOATS = map(added, (TO_EGYPT, TO_QATAR, LENT))
MACHINE = said("supply", "sold", recipient="Egypt/EG", value=("$2 billion", 2_000_000_000, "USD"), **SOLD)
"""The sale to Egypt as the program reads it: with a slot more, so that it has another id."""


def standings(document: Document, *rulings: Ruling) -> dict[str, Standing]:
    found = decided(document, log(*rulings))
    return dict(zip([claim.id for claim in found.document.claims], found.standings, strict=True))


def test_an_added_claim_stands_as_accepted_with_its_own_maker() -> None:
    found = decided(read(TO_EGYPT), log(BOATS))
    assert [claim.id for claim in found.document.claims] == [EGYPT.claim.id, BOATS.claim.id]
    assert found.standings == (Standing.PENDING, Standing.ACCEPTED)
    method = found.linked.claims[1].method
    assert method and method.by == "analyst"


def test_what_the_program_reads_as_the_same_does_not_stand_beside_it() -> None:
    document = read(MACHINE, LENT)
    one, other = (claim.id for claim in document.claims)
    found = decided(document, log(EGYPT))
    assert standings(document, EGYPT) == {
        one: Standing.REJECTED,
        other: Standing.PENDING,
        EGYPT.claim.id: Standing.ACCEPTED,
    }
    assert [claim.id for claim in found.linked.claims] == [other, EGYPT.claim.id]
    both = standings(document, EGYPT, Accept(claim=Target.of("a", document.claims[0])))
    assert both[one] is both[EGYPT.claim.id] is Standing.ACCEPTED, "who has seen both may say that they are two"


def test_what_is_read_to_the_letter_is_one_claim_and_the_analysts() -> None:
    document = read(TO_EGYPT)
    found = decided(document, log(Reject(claim=Target.of("a", document.claims[0])), EGYPT))
    assert found.document.claims == (EGYPT.claim,) and found.standings == (Standing.ACCEPTED,)
    assert replaced(found.on[0]) == {found.on[0][0].id}


@pytest.mark.parametrize(
    "other, is_same",
    [
        (MACHINE, True),
        (said("supply", "sold"), True),
        (said("supply", "Italy sold", supplier="Italy/IT"), True),
        ({**said("supply", "sold", recipient="Egypt/EG"), "kind": ["agreement", "supply"]}, True),
        (said("agreement", "sold", recipient="Egypt/EG"), False),
        (said("supply", "lent", recipient="Egypt/EG"), False),
        (TO_QATAR, False),
    ],
)
def test_two_claims_are_one_unless_kind_words_or_parties_tell_them_apart(other: Fields, is_same: bool) -> None:
    one, another = read(TO_EGYPT).claims[0], read(other).claims[0]
    assert same(one, another) is same(another, one) is is_same


def test_a_claim_of_several_recipients_gives_way_to_one_that_names_them_all() -> None:
    document = read(TO_BOTH)
    [machine] = document.claims
    assert [party.code for party in machine.recipient] == ["EG", "QA"]
    assert standings(document, EGYPT) == {machine.id: Standing.PENDING, EGYPT.claim.id: Standing.ACCEPTED}
    assert {deal.recipient[0].code for deal in link([document], log(EGYPT)).deals} == {"EG", "QA"}
    all_of_it = AddClaim(document="a", claim=read({**TO_BOTH, "modality": "planned"}).claims[0])
    assert standings(document, all_of_it)[machine.id] is Standing.REJECTED


@pytest.mark.parametrize("slot, more", [("value", (1, "USD")), ("date", ("2026-01-01", None))])
def test_sums_and_dates_tell_two_claims_apart(slot: str, more: tuple[object, ...]) -> None:
    first, second = (
        read(said("agreement", "sold", **{slot: (words, *more)})).claims[0] for words in ("$2 billion", "$1 billion")
    )
    assert not same(first, second) and same(first, first)


def test_of_two_that_were_added_as_the_same_the_newer_stands() -> None:
    machine = AddClaim(document="a", claim=read(MACHINE).claims[0])
    assert standings(read(), EGYPT, machine) == {EGYPT.claim.id: Standing.REJECTED, machine.claim.id: Standing.ACCEPTED}


def test_later_decisions_are_on_it_as_on_any() -> None:
    target = BOATS.target
    emptied = Correct(claim=target, slot=Slot.EQUIPMENT)
    assert standings(read(), BOATS, Reject(claim=target)) == {target.claim: Standing.REJECTED}
    found = decided(read(), log(BOATS, emptied))
    assert found.document.claims[0].equipment == () and found.standings == (Standing.CORRECTED,)
    undone = acted([0, -1, 1], (BOATS, Accept(claim=target)))
    assert decided(read(), undone).stale == (undone[-1],)


def test_what_does_not_quote_the_text_is_stale() -> None:
    claim = BOATS.claim.model_copy(update={"trigger": Span(start=0, end=4, text="lent")})
    beyond = BOATS.claim.model_copy(update={"evidence": Extent(start=0, end=len(TEXT) + 1)})
    for wrong in (claim, beyond):
        made = log(AddClaim(document="a", claim=wrong))
        found = decided(read(LENT), made)
        assert found.document.claims == read(LENT).claims and found.stale == tuple(made)


RULINGS: tuple[Ruling, ...] = (
    EGYPT,
    QATAR,
    BOATS,
    Reject(claim=EGYPT.target),
    Reject(claim=Target.of("a", read(MACHINE).claims[0])),
    Correct(claim=BOATS.target, slot=Slot.NEGATED, value=True),
)
READINGS = st.sampled_from([read(), read(TO_EGYPT), read(MACHINE), read(MACHINE, TO_QATAR, LENT), read(TO_BOTH)])
STEPS = st.lists(st.sampled_from(range(len(RULINGS))) | st.integers(-6, -1), max_size=10)


@given(READINGS, STEPS)
def test_whatever_is_read_and_decided_nothing_is_lost_and_nothing_stands_twice(
    document: Document, steps: list[int]
) -> None:
    made = acted(steps, RULINGS)
    found = decided(document, made)
    holding = {one.ruling.claim.id for one in in_force(made) if isinstance(one.ruling, AddClaim)}
    ids = [claim.id for claim in found.document.claims]
    assert set(ids) == holding | {claim.id for claim in document.claims} and len(ids) == len(set(ids))
    by_hand = [claim for claim in found.linked.claims if claim.id in holding]
    machine = [claim for claim in found.linked.claims if claim.id not in holding]
    assert not any(gives_way(other, one) for one in by_hand for other in machine)
    assert decided(document, undo_all(made)) == decided(document, ())
    assert decided(document, [Decision.model_validate_json(one.model_dump_json()) for one in made]) == found


def test_deals_do_not_depend_on_the_order_in_which_claims_are_added() -> None:
    ways = [link([read(MACHINE)], log(*order)) for order in permutations((EGYPT, QATAR, BOATS))]
    assert len(ways[0].deals) == 3 and all(one == ways[0] for one in ways)


def test_a_deal_keeps_its_id_when_the_program_comes_to_read_it_too() -> None:
    before, after = link([read()], log(EGYPT)), link([read(MACHINE)], log(EGYPT))
    assert before == after and [event.ref.claim for event in after.deals[0].events] == [EGYPT.claim.id]
    undone = link([read(MACHINE)], undo_all(log(EGYPT)))
    assert [deal.id for deal in undone.deals] == [deal.id for deal in before.deals]
