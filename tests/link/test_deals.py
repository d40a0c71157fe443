from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followthearms.link import Linked, deals, link
from followthearms.model import Amount, Consistency, Deal, Document, Figure, Item, Named, Nature, Status
from tests.link.drafts import draft, said

PLANT = draft(
    "plant",
    "Moscow and New Delhi opened the Korwa plant on Sunday. Russia will see 700,000 AK-203 rifles made in India. "
    "The arms deal was struck last October.",
    said(
        "production",
        "opened",
        supplier="Moscow/RU",
        recipient="New Delhi/IN",
        equipment="AK-203 rifles/AK-203/assault rifle",
        place="Korwa",
        date=("Sunday", "2019-03-03", "2019-03-03"),
    ),
    said(
        "production",
        "made",
        supplier="Russia/RU",
        recipient="India/IN",
        modality="planned",
        equipment="AK-203 rifles/AK-203/assault rifle/700000/about",
    ),
    said(
        "agreement",
        "deal was struck",
        supplier="Russia/RU",
        recipient="India/IN",
        equipment="arms//weapon",
        date=("last October", "2018-10-01", "2018-10-31"),
    ),
    date="2019-03-04",
    outlet="Quillon",
)
CONTRACT = draft(
    "contract",
    "India signed for 670,000 AK-203 rifles with Russia on Monday in New Delhi.",
    said(
        "agreement",
        "signed",
        supplier="Russia/RU",
        recipient="India/IN",
        date=("Monday", "2021-12-06", "2021-12-06"),
        equipment="AK-203 rifles/AK-203/assault rifle/670000",
        place="New Delhi",
    ),
    date="2021-12-08",
    outlet="Caisson",
)
REFUSED = draft(
    "refused",
    "Pakistan asked Russia for 50,000 Kalashnikov rifles. Moscow turned the demand down.",
    said(
        "request",
        "asked",
        supplier="Russia/RU",
        recipient="Pakistan/PK",
        equipment="Kalashnikov rifles/Kalashnikov/rifle/50000",
    ),
    said("refusal", "turned the demand down", supplier="Moscow/RU", recipient="Pakistan/PK"),
    outlet="Marlwick",
)
SEIZED = draft(
    "seized",
    "Indian troops seized Chinese AK-56 rifles from militants in Baramulla. China supplies Pakistan with AK-56 rifles.",
    said(
        "seizure",
        "seized",
        supplier="Chinese/CN",
        recipient="militants/MILITANTS",
        actor="Indian/IN",
        equipment="AK-56 rifles/AK-56/rifle",
        place="Baramulla",
    ),
    said("supply", "supplies", supplier="China/CN", recipient="Pakistan/PK", equipment="AK-56 rifles/AK-56/rifle"),
)
TRADE = draft(
    "trade",
    "Trade between India and Russia reached $10 billion.",
    said("trade", "reached", parties=["India/IN", "Russia/RU"], value=("$10 billion", 10_000_000_000, "USD")),
)
ALL = (PLANT, CONTRACT, REFUSED, SEIZED, TRADE)


def only(found: Sequence[Deal], supplier: str, recipient: str) -> Deal:
    between = [d for d in found if _codes(d.supplier) == {supplier} and _codes(d.recipient) == {recipient}]
    assert len(between) == 1, [[item.label for item in d.equipment] for d in between]
    return between[0]


def _codes(parties: Sequence[object]) -> set[str | None]:
    return {getattr(party, "code", None) for party in parties}


def test_reports_of_one_deal_in_two_documents_make_one_row() -> None:
    deal = only(deals(ALL), "RU", "IN")
    assert deal.nature is Nature.PRODUCTION and deal.status is Status.IN_PRODUCTION
    assert deal.documents == ("contract", "plant") and deal.sources == 2
    assert [item.label for item in deal.equipment] == ["AK-203"]
    assert {figure.number for figure in deal.quantity} == {700_000, 670_000}
    assert {place.name for place in deal.places} == {"Korwa", "New Delhi"}


def test_the_timeline_is_in_order_of_time_and_quotes_its_text() -> None:
    events = only(deals(ALL), "RU", "IN").events
    assert [str(event.first) for event in events] == ["2018-10-01", "2019-03-03", "None", "2021-12-06"]
    assert all(event.quote in {document.text for document in ALL} for event in events)


def test_a_request_that_was_turned_down_is_refused() -> None:
    deal = only(deals(ALL), "RU", "PK")
    assert deal.status is Status.REFUSED
    assert [figure.number for figure in deal.quantity] == [50_000]
    assert len(deal.events) == 2  # the refusal names no equipment: it is of the only deal it can mean


def test_a_seizure_is_a_row_of_its_own() -> None:
    found = [deal for deal in deals(ALL) if deal.nature is Nature.SEIZURE]
    assert len(found) == 1
    assert [actor.code for actor in found[0].actors] == ["IN"] and found[0].places[0].name == "Baramulla"
    assert only(deals([SEIZED]), "CN", "PK").status is Status.SUPPLIED


PACKAGE = draft(
    "package",
    "Norway signed a contract worth $500m with Spain and Portugal for tanks and howitzers.",
    said(
        "agreement",
        "signed",
        supplier="Norway/NO",
        recipient=["Spain/ES", "Portugal/PT"],
        value=("$500m", 500_000_000, "USD"),
        equipment=["tanks//tank", "howitzers//howitzer"],
    ),
    date="2024-05-02",
)


def test_a_sum_of_several_things_names_the_others_in_each_row() -> None:
    found = {(d.recipient[0].code, d.equipment[0].label): d.values[0] for d in deals([PACKAGE])}
    assert len(found) == 4
    assert found["ES", "tank"].beside == ("howitzer", "Portugal")
    assert found["PT", "howitzer"].beside == ("tank", "Spain")


def test_a_sum_that_is_told_of_one_thing_alone_is_its_own() -> None:
    alone = draft(
        "alone",
        "Norway sold tanks to Spain for $500m in a contract; with the howitzers it comes to $900m.",
        said(
            "agreement",
            "sold",
            supplier="Norway/NO",
            recipient="Spain/ES",
            value=("$500m", 500_000_000, "USD"),
            equipment="tanks//tank",
        ),
        said(
            "agreement",
            "contract",
            supplier="Norway/NO",
            recipient="Spain/ES",
            value=("$900m", 900_000_000, "USD"),
            equipment=["tanks//tank", "howitzers//howitzer"],
        ),
        date="2024-05-03",
    )
    deal = next(d for d in deals([alone]) if d.equipment[0].label == "tank")
    assert [(value.amount, value.beside) for value in deal.values] == [
        (500_000_000, ()),
        (900_000_000, ("howitzer",)),
    ]
    (compared,) = deal.contradictions
    assert compared.consistency is Consistency.PARTIAL and "other things" in compared.reason


def test_trade_is_a_relation_between_two_parties() -> None:
    (deal,) = (deal for deal in deals(ALL) if deal.nature.is_relation)
    assert [party.code for party in deal.parties] == ["IN", "RU"] and not deal.supplier
    assert deal.values[0].amount == 10_000_000_000 and deal.status is Status.REPORTED


def test_every_claim_is_in_a_deal_or_unassigned() -> None:
    lost = draft("lost", "Arms were sold.", said("supply", "sold", equipment="Arms//weapon"))
    linked = link([*ALL, lost])
    told = {(d.id, c.id) for d in (*ALL, lost) for c in d.claims}
    placed = {(e.ref.document, e.ref.claim) for deal in linked.deals for e in deal.events}
    unassigned = {(ref.document, ref.claim) for ref in linked.unassigned}
    assert placed | unassigned == told and not placed & unassigned
    assert {document for document, _ in unassigned} == {"lost"}


def test_other_equipment_makes_another_deal() -> None:
    tanks = draft(
        "tanks",
        "Russia sold India T-90 tanks.",
        said("supply", "sold", supplier="Russia/RU", recipient="India/IN", equipment="T-90 tanks/T-90/tank"),
    )
    assert len([d for d in deals([PLANT, tanks]) if _codes(d.recipient) == {"IN"}]) == 2


def test_what_could_mean_two_deals_joins_neither() -> None:
    both = draft(
        "both",
        "Russia sold India T-90 tanks and S-400 missiles. Russia signed an accord with India.",
        said(
            "supply",
            "sold",
            supplier="Russia/RU",
            recipient="India/IN",
            equipment=["T-90 tanks/T-90/tank", "S-400 missiles/S-400/missile"],
        ),
        said("agreement", "signed", supplier="Russia/RU", recipient="India/IN"),
    )
    assert sorted(len(deal.events) for deal in deals([both])) == [1, 1, 1]


def test_a_claim_without_a_direction_joins_the_only_deal_of_the_two_sides() -> None:
    treaty = draft(
        "treaty",
        "Russia will sell India T-90 tanks. Both signed a treaty, Moscow and New Delhi said.",
        said(
            "supply",
            "sell",
            supplier="Russia/RU",
            recipient="India/IN",
            equipment="T-90 tanks/T-90/tank",
            modality="planned",
        ),
        said("agreement", "signed", parties=["Moscow/RU", "New Delhi/IN"]),
    )
    (deal,) = deals([treaty])
    assert deal.status is Status.AGREED and not deal.parties


def test_each_recipient_has_a_row() -> None:
    shared = draft(
        "shared",
        "France will give Greece and Croatia Rafale jets.",
        said(
            "pledge",
            "give",
            supplier="France/FR",
            recipient=["Greece/GR", "Croatia/HR"],
            equipment="Rafale jets/Rafale/jet",
        ),
    )
    assert {recipient.code for deal in deals([shared]) for recipient in deal.recipient} == {"GR", "HR"}
    assert all(len(deal.recipient) == 1 for deal in deals([shared]))


@pytest.mark.parametrize(
    ("slots", "status"),
    [
        ({"negated": True}, Status.MOOTED),
        ({"modality": "hypothetical"}, Status.MOOTED),
        ({"modality": "possible"}, Status.MOOTED),
        ({"modality": "planned"}, Status.PLANNED),
        ({}, Status.DELIVERED),
    ],
)
def test_only_what_happened_advances_a_deal(slots: dict[str, object], status: Status) -> None:
    told = draft(
        "told",
        "Russia delivered T-90 tanks to India.",
        said(
            "delivery",
            "delivered",
            supplier="Russia/RU",
            recipient="India/IN",
            equipment="T-90 tanks/T-90/tank",
            **slots,
        ),
    )
    assert [deal.status for deal in deals([told])] == [status]


def test_batches_on_different_days_add_up() -> None:
    order = draft(
        "order",
        "India ordered 36 Rafale jets from France.",
        said("agreement", "ordered", supplier="France/FR", recipient="India/IN", equipment="Rafale jets/Rafale/jet/36"),
    )
    batches = [
        draft(
            f"batch{day}",
            f"On {day} July India received {number} Rafale jets from France.",
            said(
                "delivery",
                "received",
                supplier="France/FR",
                recipient="India/IN",
                equipment=f"Rafale jets/Rafale/jet/{number}",
                date=(f"{day} July", f"2020-07-{day}", f"2020-07-{day}"),
            ),
        )
        for day, number in ((10, 5), (29, 3))
    ]
    again = draft(
        "again",
        "Five of them: on 10 July India received 5 jets of the Rafale type from France.",
        said(
            "delivery",
            "received",
            supplier="France/FR",
            recipient="India/IN",
            equipment="Rafale type/Rafale/jet/5",
            date=("10 July", "2020-07-10", "2020-07-10"),
        ),
    )
    (deal,) = deals([order, *batches, again])
    assert deal.delivered_total == 8 and deal.status is Status.PARTLY_DELIVERED
    assert {(figure.number, figure.sources) for figure in deal.delivered} == {(5, 2), (3, 1)}


def test_an_order_that_was_filled_is_delivered() -> None:
    text = "India ordered 36 Rafale jets from France; all 36 have been delivered."
    parties = {"supplier": "France/FR", "recipient": "India/IN", "equipment": "Rafale jets/Rafale/jet/36"}
    (deal,) = deals(
        [draft("all", text, said("agreement", "ordered", **parties), said("delivery", "delivered", **parties))]
    )
    assert deal.status is Status.DELIVERED


@pytest.mark.parametrize(
    ("trigger", "status"),
    [
        ("froze", Status.SUSPENDED),
        ("cancelled", Status.CANCELLED),
        ("backed out of", Status.CANCELLED),
        ("tore up the contract on", Status.CANCELLED),
        ("embargoed", Status.EMBARGOED),
    ],
)
def test_a_restriction_halts_a_deal_until_it_moves_on_a_later_day(trigger: str, status: Status) -> None:
    parties = {"supplier": "France/FR", "recipient": "Egypt/EG", "equipment": "Mistral ships/Mistral/ship"}
    signed = draft(
        "signed",
        "In May France sold Egypt Mistral ships.",
        said("agreement", "sold", date=("May", "2015-05-01", "2015-05-31"), **parties),
    )
    halted = draft(
        "halted",
        f"In June France {trigger} the Mistral ships for Egypt.",
        said("restriction", trigger, date=("June", "2015-06-01", "2015-06-30"), **parties),
    )
    sailed = draft(
        "sailed",
        "In July France delivered Egypt its Mistral ships.",
        said("delivery", "delivered", date=("July", "2015-07-01", "2015-07-31"), **parties),
    )
    assert [deal.status for deal in deals([halted, signed])] == [status]
    assert [deal.status for deal in deals([halted, sailed, signed])] == [Status.DELIVERED]


def test_an_embargo_is_a_row_of_its_own_and_can_be_lifted() -> None:
    imposed = draft(
        "imposed",
        "In 2010 the UN imposed an arms embargo on Libya.",
        said("restriction", "embargo", actor="UN/UN", recipient="Libya/LY", date=("2010", "2010-01-01", "2010-12-31")),
    )
    lifted = draft(
        "lifted",
        "In 2014 the UN lifted it for Libya.",
        said("lifting", "lifted", actor="UN/UN", recipient="Libya/LY", date=("2014", "2014-01-01", "2014-12-31")),
    )
    assert [(d.nature, d.status) for d in deals([imposed])] == [(Nature.EMBARGO, Status.EMBARGOED)]
    assert [(d.nature, d.status) for d in deals([lifted, imposed])] == [(Nature.EMBARGO, Status.LIFTED)]


def test_copies_of_one_story_and_reports_of_one_outlet_count_once() -> None:
    def told(name: str, text: str, outlet: str, **slots: object) -> Document:
        return draft(
            name,
            text,
            said(
                "supply", "sold", supplier="Russia/RU", recipient="India/IN", equipment="T-90 tanks/T-90/tank", **slots
            ),
            outlet=outlet,
        )

    wire = told("wire", "Russia sold India T-90 tanks, it is understood here.", "Wirecall")
    copy = told("copy", "Russia sold India  T-90 tanks, it is understood here.", "The Post")
    cites = told("cites", "Citing Wirecall: Russia sold T-90 tanks to India.", "Gazette", medium="Wirecall")
    alone = told("alone", "India bought T-90 tanks that Russia sold off.", "Herald")
    assert [
        deals(found)[0].sources for found in ([wire, copy], [wire, cites], [wire, alone], [wire, copy, cites, alone])
    ] == [1, 1, 2, 2]


def shuffled(documents: Sequence[Document], seed: int) -> list[Document]:
    dice = random.Random(seed)
    mixed = [d.with_claims(tuple(dice.sample(d.claims, len(d.claims)))) for d in documents]
    return dice.sample(mixed, len(mixed))


@given(st.integers(min_value=0, max_value=10_000))
def test_neither_the_order_of_documents_nor_of_claims_plays_a_part(seed: int) -> None:
    assert link(shuffled(ALL, seed)) == link(ALL)


def test_the_gold_of_the_sample_articles_gives_the_same_deals_in_any_order(gold: tuple[Document, ...]) -> None:
    expected: Linked = link(gold)
    assert all(link(shuffled(gold, seed)) == expected for seed in range(5))


def test_a_deal_keeps_its_id_when_more_is_reported() -> None:
    assert only(deals([PLANT]), "RU", "IN").id == only(deals(ALL), "RU", "IN").id


def test_each_cell_points_at_claims_of_the_deal(gold: tuple[Document, ...]) -> None:
    found = deals(gold)
    assert len({deal.id for deal in found}) == len(found) > 100
    for deal in found:
        known = {event.ref for event in deal.events}
        cells: tuple[Named | Item | Figure | Amount, ...] = (
            *deal.supplier,
            *deal.recipient,
            *deal.parties,
            *deal.actors,
            *deal.companies,
            *deal.equipment,
            *deal.quantity,
            *deal.delivered,
            *deal.values,
            *deal.places,
        )
        assert all(cell.refs and set(cell.refs) <= known for cell in cells)
        assert all(set(c.left.refs) | set(c.right.refs) <= known for c in deal.contradictions)
        assert 1 <= deal.sources <= len(deal.documents)


def sold(name: str, equipment: str, **slots: object) -> Document:
    parties: dict[str, object] = {"supplier": "Russia/RU", "recipient": "India/IN", "equipment": equipment, **slots}
    words = equipment.partition("/")[0]
    return draft(name, f"Russia sold India {words}.", said("supply", "sold", **{k: v for k, v in parties.items() if v}))


def test_a_wider_term_joins_the_only_deal_that_it_can_mean() -> None:
    exact, wider = sold("exact", "Su-30MKI jets/Su-30MKI/fighter aircraft"), sold("wider", "fighter jets//fighter jet")
    (deal,) = deals([exact, wider])
    assert [item.label for item in deal.equipment] == ["Su-30MKI", "fighter jet"]
    (family,) = deals([exact, sold("family", "Su-30 jets/Su-30/fighter aircraft")])
    assert family.documents == ("exact", "family")


def test_a_wider_term_that_can_mean_two_deals_is_a_row_of_its_own() -> None:
    jets = [sold(kind, f"{kind} jets/{kind}/fighter aircraft") for kind in ("Su-30MKI", "MiG-29K")]
    assert len(deals([*jets, sold("wider", "fighter jets//fighter jet")])) == 3


def test_arms_are_not_looked_for_in_other_documents() -> None:
    assert len(deals([sold("exact", "Su-30MKI jets/Su-30MKI/fighter aircraft"), sold("arms", "weapons//weapon")])) == 2


def test_one_designation_in_two_spellings_is_one_item() -> None:
    (deal,) = deals([sold("a", "Su-30MKI jets/Su-30MKI/jet"), sold("b", "SU-30 MKI fighters/SU-30 MKI/fighter jet")])
    assert len(deal.equipment) == 1


def test_a_designation_that_no_list_has_joins_by_its_category() -> None:
    text = "Russia sold India the Vortan-9 tank. The tanks that India got from Russia cost a lot."
    parties = {"supplier": "Russia/RU", "recipient": "India/IN"}
    (deal,) = deals(
        [
            draft(
                "v",
                text,
                said("supply", "sold", equipment="Vortan-9 tank/Vortan-9/tank", **parties),
                said("supply", "got", equipment="tanks//tank", **parties),
            )
        ]
    )
    assert [item.label for item in deal.equipment] == ["Vortan-9", "tank"]


def test_one_party_and_a_designation_are_enough_to_find_the_deal() -> None:
    exact = sold("exact", "Su-30MKI jets/Su-30MKI/fighter aircraft")
    headline = draft(
        "headline",
        "India gets Su-30MKI jets.",
        said("delivery", "gets", recipient="India/IN", equipment="Su-30MKI jets/Su-30MKI/fighter aircraft"),
    )
    (deal,) = deals([headline, exact])
    assert deal.status is Status.DELIVERED and deal.sources == 2


def test_a_family_of_rifles_is_one_deal_where_one_claim_names_its_members() -> None:
    text = (
        "Pakistan asked Russia for 50,000 Kalashnikov rifles. It wanted AK-47 guns and newer Kalashnikovs from Russia."
    )
    parties = {"supplier": "Russia/RU", "recipient": "Pakistan/PK"}
    asked = said("request", "asked", equipment="Kalashnikov rifles/Kalashnikov/rifle/50000", **parties)
    wanted = said(
        "interest", "wanted", equipment=["AK-47 guns/AK-47/rifle", "Kalashnikovs/Kalashnikov/rifle"], **parties
    )
    refused = said("refusal", "asked", **parties)
    (deal,) = deals([draft("family", text, asked, wanted, refused)])
    assert deal.status is Status.REFUSED and [figure.number for figure in deal.quantity] == [50_000]
    assert {item.label for item in deal.equipment} == {"AK-47", "Kalashnikov"}


def test_a_family_does_not_join_two_of_its_members() -> None:
    members = [sold(name, f"{name} rifles/{name}/rifle") for name in ("AK-103", "AK-203")]
    assert len(deals([*members, sold("family", "Kalashnikov rifles/Kalashnikov/rifle")])) == 3
