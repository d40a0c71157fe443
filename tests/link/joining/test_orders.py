"""Which reports are of one order, and which of another between the same parties."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followthearms.link import deals, link
from followthearms.link.joining.clusters import clusters
from followthearms.link.joining.features import FEATURES, Table, weights
from followthearms.link.joining.gathering import gathered
from followthearms.link.joining.threads import threads
from followthearms.model import Document
from tests.link.drafts import draft, said

PARTIES = {"supplier": "France/FR", "recipient": "Egypt/EG"}


def told(name: str, words: str, kind: str, trigger: str, item: str, published: str, **slots: object) -> Document:
    """One claim between France and Egypt; `item` as drafts have it."""
    return draft(name, words, said(kind, trigger, equipment=item, **{**PARTIES, **slots}), date=published)


def day(words: str, first: str, last: str = "") -> tuple[str, str, str]:
    return words, first, last or first


FIRST = told(
    "first",
    "In 2015 Egypt ordered 24 Rafale jets from France.",
    "agreement",
    "ordered",
    "Rafale jets/Rafale/fighter aircraft/24",
    "2015-02-17",
    date=day("2015", "2015-02-16"),
)
HANDED = told(
    "handed",
    "France handed Egypt its first Rafale fighters.",
    "delivery",
    "handed",
    "Rafale fighters/Rafale/fighter aircraft",
    "2015-07-21",
)
LATER = told(
    "later",
    "In 2024 Egypt ordered 30 Rafale jets from France.",
    "agreement",
    "ordered",
    "Rafale jets/Rafale/fighter aircraft/30",
    "2024-05-05",
    date=day("2024", "2024-05-04"),
)
BATCH = told(
    "batch",
    "Egypt asked France for another 12 Rafale jets.",
    "request",
    "asked",
    "Rafale jets/Rafale/fighter aircraft/12",
    "2015-11-02",
)
VAGUE = told(
    "vague", "Egypt is happy with the jets that France sold.", "supply", "sold", "jets//fighter jet", "2015-08-01"
)
NAVAL = told(
    "naval",
    "Egypt wants ship-based Exocet missiles from France.",
    "interest",
    "wants",
    "ship-based Exocet missiles/Exocet/anti-ship missile",
    "2016-01-05",
)
COASTAL = told(
    "coastal",
    "Egypt bought coastal Exocet batteries from France.",
    "agreement",
    "bought",
    "coastal Exocet batteries/Exocet/missile battery",
    "2016-01-20",
)
ALL = (FIRST, HANDED, LATER, BATCH, VAGUE, NAVAL, COASTAL)


def together(*documents: Document) -> set[frozenset[str]]:
    return {frozenset(deal.documents) for deal in deals(documents)}


def test_a_contract_and_its_deliveries_in_other_words_are_one_deal() -> None:
    assert together(FIRST, HANDED, VAGUE) == {frozenset({"first", "handed", "vague"})}


def test_orders_years_apart_are_two_deals() -> None:
    assert together(FIRST, LATER) == {frozenset({"first"}), frozenset({"later"})}


def test_a_delivery_belongs_to_the_order_of_its_time() -> None:
    assert together(FIRST, LATER, HANDED) == {frozenset({"first", "handed"}), frozenset({"later"})}


def test_another_batch_is_a_deal_of_its_own() -> None:
    assert together(FIRST, BATCH) == {frozenset({"first"}), frozenset({"batch"})}


def test_a_number_more_than_told_points_at_no_other_order() -> None:
    more = told(
        "more",
        "Egypt asked France for more than 24 Rafale jets.",
        "request",
        "asked",
        "Rafale jets/Rafale/fighter aircraft/24",
        "2015-01-02",
    )
    assert len(together(FIRST, more)) == 1


@pytest.mark.parametrize(
    ("words", "trigger", "slots"),
    [
        ("France may sell Egypt two more Rafale jets.", "sell", {"modality": "possible"}),
        ("France had offered Egypt Rafale jets in an earlier tender.", "offered", {}),
    ],
)
def test_what_may_follow_or_came_before_is_another_deal(words: str, trigger: str, slots: dict[str, str]) -> None:
    kind = "supply" if trigger == "sell" else "offer"
    other = told("other", words, kind, trigger, "Rafale jets/Rafale/fighter aircraft", "2015-03-01", **slots)
    assert together(FIRST, other) == {frozenset({"first"}), frozenset({"other"})}


@pytest.mark.parametrize(
    ("words", "one"),
    [
        ("France offered Egypt, which flies Rafale jets, 12 more.", False),
        ("France offered Egypt an option on 12 Rafale jets.", False),
        ("France offered Egypt a third lot of 12 Rafale jets.", False),
        ("France offered Egypt its Rafale jets, 12 more than it asked for.", True),
    ],
)
def test_a_number_that_stands_apart_from_its_item_may_point_at_another_order(words: str, one: bool) -> None:
    other = told("other", words, "offer", "offered", "Rafale jets/Rafale/fighter aircraft/12", "2015-03-01")
    assert (len(together(FIRST, other)) == 1) is one


@pytest.mark.parametrize(("later", "orders"), [("Cairo later took 30 more.", 2), ("Cairo took 24.", 1)])
def test_one_text_tells_of_two_orders_if_the_later_is_of_so_many_more(later: str, orders: int) -> None:
    first = "In 2015 Egypt ordered 24 Rafale jets from France."
    number = later.split()[-2 if orders == 2 else -1].rstrip(".")
    item = f"Rafale jets/Rafale/fighter aircraft/{number}"
    text = f"{first} {later}"
    whole = draft(
        "both",
        text,
        said("agreement", "ordered", equipment="Rafale jets/Rafale/fighter aircraft/24", **PARTIES)
        | {"evidence": {"start": 0, "end": len(first)}},
        said("agreement", "took", equipment=item, **PARTIES)
        | {"evidence": {"start": len(first) + 1, "end": len(text)}},
        date="2025-01-01",
    )
    assert len(deals([whole])) == orders


def package(name: str, words: str, kind: str, trigger: str, published: str, **slots: object) -> Document:
    return told(name, words, kind, trigger, "Hawk missiles/Hawk/air defence missile", published, **slots)


JUNE = package(
    "june",
    "On 2 June France approved another package of Hawk missiles for Egypt.",
    "approval",
    "approved",
    "2022-06-03",
    date=day("2 June", "2022-06-02"),
)
PLEDGED = package("pledged", "France gave Egypt Hawk missiles.", "pledge", "gave", "2022-06-02")
ANNOUNCED = package(
    "announced", "France will give Egypt Hawk missiles.", "pledge", "give", "2022-07-20", modality="planned"
)


def test_a_package_of_aid_is_one_however_it_is_told_and_the_next_is_another() -> None:
    """Each comes after others, so that *another* tells them apart from none; their days do, once they are announced."""
    assert together(JUNE, PLEDGED, ANNOUNCED) == {frozenset({"june", "pledged"}), frozenset({"announced"})}


def test_what_a_type_fires_is_not_that_type() -> None:
    slots = {"kind": "supply", "trigger": "sent", "published": "2022-08-01"}
    launchers = told("launchers", "France sent Egypt HIMARS.", item="HIMARS/HIMARS/rocket launcher", **slots)
    rockets = told(
        "rockets", "France sent Egypt HIMARS ammunition.", item="HIMARS ammunition/HIMARS/ammunition", **slots
    )
    assert len(together(launchers, rockets)) == 2


def test_an_interceptor_may_be_an_aircraft() -> None:
    slots = {"kind": "supply", "trigger": "sent", "published": "2022-08-01"}
    jets = told("jets", "France sent Egypt MiG-21 jets.", item="MiG-21 jets/MiG-21/fighter aircraft", **slots)
    same = told(
        "same", "France sent Egypt MiG-21 interceptors.", item="MiG-21 interceptors/MiG-21/interceptor", **slots
    )
    assert len(together(jets, same)) == 1


def test_what_is_used_otherwise_is_another_deal() -> None:
    assert together(NAVAL, COASTAL) == {frozenset({"naval"}), frozenset({"coastal"})}


def test_variants_and_spellings_of_a_designation_are_one_deal() -> None:
    boats = [
        told(name, f"France offered Egypt the {name}.", "offer", "offered", f"{name}/{name}/submarine", "2020-03-01")
        for name in ("Type 214", "U-214")
    ]
    assert len(together(*boats)) == 1


def test_types_that_were_developed_from_each_other_are_two_deals() -> None:
    jets = [
        told(
            name,
            f"France offered Egypt the {name}.",
            "offer",
            "offered",
            f"{name}/{name}/fighter aircraft",
            "2020-03-01",
        )
        for name in ("MiG-29", "MiG-35")
    ]
    assert len(together(*jets)) == 2


def test_packages_given_out_weeks_apart_are_two_deals() -> None:
    given_out = [
        told(f"p{date}", f"France gave Egypt radars ({date}).", "pledge", "gave", "radars//radar", date)
        for date in ("2022-05-06", "2022-05-26")
    ]
    assert len(together(*given_out)) == 2


def test_one_text_that_tells_of_a_contract_and_of_a_second_batch_tells_two_deals() -> None:
    text = "Egypt has ordered 24 Rafale jets from France. It asked France for an additional 12 Rafale jets last week."
    both = draft(
        "both",
        text,
        said("agreement", "ordered", equipment="Rafale jets/Rafale/fighter aircraft/24", **PARTIES),
        said("request", "asked", equipment="additional 12 Rafale jets/Rafale/fighter aircraft/12", **PARTIES),
        date="2016-01-01",
    )
    assert sorted(len(deal.events) for deal in deals([both])) == [1, 1]


def test_one_seizure_in_two_reports_is_one_deal_and_another_day_another() -> None:
    def seized(name: str, date: str) -> Document:
        text = f"Report {name}: on {date} soldiers of Niger seized rifles in Agadez."
        slots = {"actor": "Niger/NE", "equipment": "rifles//rifle", "place": "Agadez", "date": day(date, date)}
        return draft(name, text, said("seizure", "seized", **slots), date=date)

    assert len(together(seized("a", "2020-05-01"), seized("b", "2020-05-01"))) == 1
    assert len(together(seized("a", "2020-05-01"), seized("b", "2020-09-01"))) == 2


def shuffled(documents: Sequence[Document], seed: int) -> list[Document]:
    dice = random.Random(seed)
    mixed = [d.with_claims(tuple(dice.sample(d.claims, len(d.claims)))) for d in documents]
    return dice.sample(mixed, len(mixed))


@given(st.integers(min_value=0, max_value=10_000))
def test_the_order_of_what_is_told_plays_no_part(seed: int) -> None:
    assert link(shuffled(ALL, seed)) == link(ALL)


@given(st.sets(st.sampled_from(range(len(ALL)))))
def test_unrelated_documents_change_no_deal(others: set[int]) -> None:
    """Documents of other parties, or of other equipment, are in other blocks."""
    tanks = draft(
        "tanks",
        "Egypt sold Kenya tanks.",
        said("supply", "sold", supplier="Egypt/EG", recipient="Kenya/KE", equipment="tanks//tank"),
    )
    ships = told("ships", "France sold Egypt frigates.", "supply", "sold", "frigates//frigate", "2015-03-01")
    chosen = [ALL[i] for i in sorted(others)]
    alone, among = link(chosen).homes, link([*chosen, tanks, ships]).homes
    assert {anchor: among[anchor] for anchor in alone} == alone


def test_blocks_linked_apart_make_what_all_threads_make(gold: tuple[Document, ...]) -> None:
    cut = [thread.brief for document in gold for thread in threads(document)]
    whole = {frozenset(t.anchor for t in cluster.threads) for cluster in gathered(cut)}
    for block in {thread.block for thread in cut if thread.block and thread.seeks is None}:
        members = [thread for thread in cut if thread.block == block and thread.seeks is None]
        made = [{t.anchor for t in cluster.threads} for cluster in clusters(members)]
        assert all(any(part <= cluster for cluster in whole) for part in made)


def test_every_strand_is_in_one_thread_and_has_an_anchor_of_its_own(gold: tuple[Document, ...]) -> None:
    for document in gold:
        cut = [strand.anchor for thread in threads(document) for strand in thread.strands]
        assert len(cut) == len(set(cut))
        claims = {strand.claim.id for thread in threads(document) for strand in thread.strands}
        assert claims == {claim.id for claim in document.claims}


def test_an_anchor_keeps_when_other_slots_are_read_otherwise() -> None:
    dated = FIRST.claims[0].model_copy(update={"date": None, "value": None, "id": "another"})
    again = FIRST.with_claims((dated,))
    assert [t.anchor for t in threads(again)] == [t.anchor for t in threads(FIRST)]


def test_the_explanation_names_the_features_and_adds_up() -> None:
    (cluster,) = [c for c in link([FIRST, HANDED]).clusters if len(c.threads) == 2]
    (join,) = cluster.joins
    assert {join.left, join.right} == {thread.anchor for thread in cluster.threads}
    assert join.features["same type"] == weights().tables[Table.ORDERS]["same type"]
    assert join.weight == pytest.approx(sum(join.features.values())) and join.weight > weights().threshold


def test_every_feature_has_a_weight_in_some_table() -> None:
    assert {name for table in weights().tables.values() for name in table} == set(FEATURES)


def test_a_report_that_names_one_party_finds_the_only_deal_and_no_other() -> None:
    headline = draft(
        "headline",
        "Egypt gets Rafale jets.",
        said("delivery", "gets", recipient="Egypt/EG", equipment="Rafale jets/Rafale/fighter aircraft"),
        date="2015-07-22",
    )
    assert together(FIRST, headline) == {frozenset({"first", "headline"})}
    assert frozenset({"headline"}) in together(FIRST, LATER, headline)
