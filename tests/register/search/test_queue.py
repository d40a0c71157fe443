"""Claims one by one, on both databases: their places in a list, what is before and after, and which are alike."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from followthearms.errors import NotInRegister
from followthearms.model import Document, Ref
from followthearms.model.decisions import Accept, Target
from followthearms.register import Register
from followthearms.register.search import queue
from tests.link.drafts import draft, said
from tests.register.conftest import CopyOf
from tests.register.search.test_search import AK, MORE, ORDER, PARTIES, RUN, WORLD

TEXT = "India ordered 700,000 AK-203 rifles from Russia in March 2019, the ministry of defence in New Delhi has told."


def copy(name: str) -> Document:
    claims = said("agreement", "ordered", equipment=f"{AK}/700000", **PARTIES)
    return draft(name, TEXT, claims, date="2019-03-06", outlet=name)


AGAIN, ECHO = copy("again"), copy("echo")
QUERIES = ["", "kind:agreement", "kind:agreement sort:published", "sort:date", "sort:-date", "rifles sort:date"]


def told(url: str) -> None:
    """Tell a register of all of it."""
    with Register.open(url) as opened:
        opened.add_many((*WORLD, AGAIN, ECHO), RUN)


@pytest.fixture
def register(copy_of: CopyOf) -> Iterator[Register]:
    with Register.open(copy_of(told)) as opened:
        yield opened


def refs(register: Register, query: str) -> list[Ref]:
    return [Ref(document=one.document, claim=one.claim.id) for one in register.search.claims(query).rows]


def test_the_places_are_those_of_the_list(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    for most in (queue.MOST_NUMBERED, 2):  # more than are numbered are reached one from the other
        monkeypatch.setattr(queue, "MOST_NUMBERED", most)
        for query in QUERIES:
            found = refs(register, query)
            at, seen = register.search.place(query), []
            while at.claim and at.next:
                seen.append(at.claim)
                assert at.number == (len(seen) if len(seen) <= most else None), query
                assert at.previous == (seen[-2] if 1 < len(seen) <= most else None), query
                at = register.search.place(query, at.next)
            assert [*seen, at.claim] == found, query


def test_one_that_no_longer_meets_the_query_keeps_its_place(register: Register) -> None:
    query = "standing:pending kind:agreement"
    found = refs(register, query)
    for gone in (0, 1, len(found) - 1):
        at = found[gone]
        made = register.ledger.decide(Accept(claim=register.ledger.claim(f"{at.document}:{at.claim}")), "Ann")
        stands = register.search.place(query, at)
        assert (stands.number, stands.claim, stands.total.count) == (None, at, len(found) - 1)
        assert stands.previous == (found[gone - 1] if gone else None)
        assert stands.next == (found[gone + 1] if gone + 1 < len(found) else None)
        register.ledger.undo(made.decision.id, "Ann")


def test_no_place_among_none(register: Register) -> None:
    assert register.search.place("kind:refusal supplier:FR").claim is None
    with pytest.raises(NotInRegister):
        register.search.place("", Ref(document="order", claim="gone"))


def test_alike_are_those_of_the_deal_and_of_the_story(register: Register) -> None:
    own = Ref(document=AGAIN.id, claim=AGAIN.claims[0].id)
    found = {one.found.document: one for one in register.search.similar(own)}
    assert set(found) == {"order", "more", "echo"}
    assert [name for name, one in found.items() if one.of_story] == ["echo"]
    assert {name for name, one in found.items() if one.says_same} == {"order", "echo"}
    assert list(found)[-1] == "more"  # those that say the same are first
    register.ledger.decide(Accept(claim=Target.of(ORDER.id, ORDER.claims[0])), "Ann")
    assert {one.found.document for one in register.search.similar(own)} == {"more", "echo"}
    assert register.search.similar(Ref(document="seizure", claim=WORLD[3].claims[0].id)) == ()
    assert MORE.claims[0].id in {one.found.claim.id for one in register.search.similar(own)}
