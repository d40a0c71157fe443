"""What analysts rule binds the linking, and undoing it brings back what was."""

from __future__ import annotations

import datetime as dt
from typing import Any

from followthearms.link import deals, link
from followthearms.link.fold import Linked
from followthearms.model import Decision, Document, Target
from followthearms.model.decisions import Different, Merge, Reject, Same, Split, Undo
from tests.link.drafts import draft, said

NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def sold(name: str, item: str, recipient: str = "India/IN", date: str = "2020-01-01") -> Document:
    words, state = item.partition("/")[0], recipient.partition("/")[0]
    slots = {"supplier": "Russia/RU", "recipient": recipient, "equipment": item}
    return draft(name, f"Russia sold {state} {words}.", said("supply", "sold", **slots), date=date)


TANKS = "T-90 tanks/T-90/tank"
ONE, TWO, SHIPS = sold("one", TANKS), sold("two", TANKS), sold("ships", "frigates//frigate")
VAGUE = sold("vague", "tanks//tank")
ALL = (ONE, TWO, SHIPS, VAGUE)


def target(document: Document, linked: Linked) -> Target:
    (strand,) = [s for row in linked.rows for s in row.strands if s.document.id == document.id]
    return Target.of(document.id, document.claims[0], strand.anchor)


def ruled(*rulings: Any) -> list[Decision]:
    return [Decision(who="Mara", when=NOW + dt.timedelta(seconds=n), ruling=one) for n, one in enumerate(rulings)]


def parts(documents: tuple[Document, ...], decisions: list[Decision]) -> set[frozenset[str]]:
    return {frozenset(deal.documents) for deal in link(documents, decisions).deals}


LINKED = link(ALL)
ONE_, TWO_, SHIPS_, VAGUE_ = (target(document, LINKED) for document in ALL)


def test_without_rulings_the_tanks_are_one_deal() -> None:
    assert parts(ALL, []) == {frozenset({"one", "two", "vague"}), frozenset({"ships"})}


def test_same_unites_across_blocks() -> None:
    whole = parts(ALL, ruled(Same(left=ONE_, right=SHIPS_)))
    assert whole == {frozenset({"one", "two", "vague", "ships"})}


def test_merged_deals_are_one() -> None:
    assert parts(ALL, ruled(Merge(deals=(SHIPS_, ONE_)))) == {frozenset({"one", "two", "vague", "ships"})}


def test_different_parts_and_what_could_mean_either_stands_alone() -> None:
    made = parts(ALL, ruled(Different(left=ONE_, right=TWO_)))
    assert made == {frozenset({name}) for name in ("one", "two", "vague", "ships")}


def test_split_claims_stand_alone_and_nothing_joins_them() -> None:
    made = parts(ALL, ruled(Split(deal=ONE_, claims=(TWO_,))))
    assert made == {frozenset({"one", "vague"}), frozenset({"two"}), frozenset({"ships"})}
    third = sold("three", TANKS)
    assert frozenset({"two"}) in parts((*ALL, third), ruled(Split(deal=ONE_, claims=(TWO_,))))


def test_a_merge_and_a_ruling_that_two_of_its_reports_are_apart_both_hold() -> None:
    made = parts(ALL, ruled(Merge(deals=(SHIPS_, ONE_)), Different(left=SHIPS_, right=TWO_)))
    assert any({"one", "ships"} <= part for part in made) and not any({"ships", "two"} <= part for part in made)


def test_undoing_a_ruling_restores_what_was() -> None:
    (same,) = ruled(Same(left=ONE_, right=SHIPS_))
    undone = Decision(who="Mara", when=NOW + dt.timedelta(days=1), ruling=Undo(decision=same.id))
    assert link(ALL, [same, undone]) == LINKED


def test_a_rejected_claim_is_of_no_deal() -> None:
    assert parts(ALL, ruled(Reject(claim=TWO_))) == {frozenset({"one", "vague"}), frozenset({"ships"})}


def test_one_text_is_taken_apart_where_it_is_ruled() -> None:
    text = "Russia sold India T-90 tanks. Later Russia sold India its T-90 tanks too."
    slots = {"supplier": "Russia/RU", "recipient": "India/IN", "equipment": TANKS}
    both = draft("both", text, said("supply", "sold", **slots), said("delivery", "Later", **slots))
    assert len(deals([both])) == 1
    left, right = (Target.of("both", claim) for claim in both.claims)
    assert len(link([both], ruled(Different(left=left, right=right))).deals) == 2


def test_merged_entities_link_and_keep_the_anchors() -> None:
    bharat = draft(
        "bharat",
        "Russia sold Bharat T-90 tanks.",
        said("supply", "sold", supplier="Russia/RU", recipient="Bharat", equipment=TANKS),
        date="2020-01-02",
    )
    before = link([ONE, bharat])
    assert len(before.deals) == 2
    after = link([ONE, bharat], ruled(Merge(entities=("IN", "BHARAT"))))
    (deal,) = after.deals
    assert [party.code for party in deal.recipient] == ["IN"]
    assert after.homes.keys() == before.homes.keys()


def test_merged_equipment_is_one() -> None:
    local = sold("local", "Bhishma tanks/Bhishma/tank")
    assert len(deals([ONE, local])) == 2
    found = {strand.signature.node for row in link([local]).rows for strand in row.strands}
    (name,) = {f"equipment:{node.name}" for node in found if node}
    (deal,) = link([ONE, local], ruled(Merge(entities=("equipment:T-90", name)))).deals
    assert deal.documents == ("local", "one")


def test_rulings_on_a_claim_that_is_read_otherwise_still_bind() -> None:
    """The anchor is gone with the recipient that was read, so the claim is found by its kind and trigger."""
    again = draft(
        "ships",
        "Russia sold India frigates.",
        said("supply", "sold", supplier="Russia/RU", equipment="frigates//frigate"),
        date="2020-01-01",
    )
    made = parts((ONE, again), ruled(Same(left=ONE_, right=SHIPS_)))
    assert made == {frozenset({"one", "ships"})}
