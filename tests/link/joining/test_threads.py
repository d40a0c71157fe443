"""Which claims of one text are about one deal."""

from __future__ import annotations

import pytest

from followthearms.link import deals
from followthearms.link.joining.threads import threads
from followthearms.model import Document, Status
from tests.link.drafts import draft, said

PARTIES = {"supplier": "France/FR", "recipient": "Egypt/EG"}


def gathered(document: Document) -> list[set[str]]:
    """The words of the triggers of each thread."""
    return [{strand.claim.trigger.text for strand in thread.strands} for thread in threads(document)]


@pytest.mark.parametrize(
    ("words", "items", "made"),
    [
        ("shells and munitions", ["shells//artillery shell", "munitions//munition"], 2),
        ("aircraft including Rafale jets", ["Rafale jets/Rafale/fighter aircraft", "aircraft//aircraft"], 1),
    ],
)
def test_two_items_of_one_claim_are_two_threads_unless_one_is_among_the_other(
    words: str, items: list[str], made: int
) -> None:
    text = f"France gave Egypt {words}."
    assert len(threads(draft("gift", text, said("pledge", "gave", equipment=items, **PARTIES)))) == made


def test_a_category_told_beside_a_type_is_not_another_type_either() -> None:
    text = "France gave Egypt Rafale jets and aircraft. It delivered Mirage 2000 jets."
    gave = said("pledge", "gave", equipment=["Rafale jets/Rafale/fighter aircraft", "aircraft//aircraft"], **PARTIES)
    delivered = said("delivery", "delivered", equipment="Mirage 2000 jets/Mirage 2000/fighter aircraft", **PARTIES)
    assert sorted(map(len, gathered(draft("gift", text, gave, delivered)))) == [1, 1, 1]


def test_what_names_no_equipment_points_back_at_the_last_of_its_kind() -> None:
    text = "Egypt asked France for frigates. France delivered howitzers to Egypt. The wish was repeated: it urged her."
    third = {"start": text.index("The wish"), "end": len(text)}
    made = draft(
        "wishes",
        text,
        said("request", "asked", equipment="frigates//frigate", **PARTIES),
        said("delivery", "delivered", equipment="howitzers//howitzer", **PARTIES),
        said("request", "urged", evidence=third, **PARTIES),
    )
    assert {"asked", "urged"} in gathered(made) and {"delivered"} in gathered(made)


def test_what_names_another_firm_and_no_equipment_is_of_another_deal() -> None:
    text = "France offered Egypt the Rafale, which Dassault builds. Thales withdrew its offer."
    offered = said("offer", "offered", equipment="Rafale/Rafale/fighter aircraft", company="Dassault", **PARTIES)
    withdrew = said("offer", "withdrew", company="Thales", **PARTIES)
    assert sorted(map(sorted, gathered(draft("offers", text, offered, withdrew)))) == [["offered"], ["withdrew"]]
    same = said("offer", "withdrew", company="Dassault", **PARTIES)
    assert gathered(draft("offers", text, offered, same)) == [{"offered", "withdrew"}]


def test_an_additional_order_leaves_the_first_its_own() -> None:
    text = "Egypt received Rafale jets from France. It wants to buy more Rafale fighters."
    jets = "Rafale jets/Rafale/fighter aircraft"
    received = said("delivery", "received", equipment=jets, **PARTIES)
    wants = said("interest", "wants", equipment="Rafale fighters/Rafale/fighter aircraft", **PARTIES)
    made = deals([draft("orders", text, received, wants)])
    assert {deal.status for deal in made} == {Status.DELIVERED, Status.INTEREST}


def test_a_tender_is_no_type() -> None:
    parties = {"supplier": "Germany/DE", "recipient": "India/IN"}
    asked = draft(
        "tender",
        "Germany bids for Project-75I of India.",
        said("offer", "bids", equipment="Project-75I/Project-75I/submarine", **parties),
        date="2022-05-01",
    )
    boats = draft(
        "boats",
        "Germany offered India Type 214 boats.",
        said("offer", "offered", equipment="Type 214 boats/Type 214/submarine", **parties),
        date="2022-05-03",
    )
    assert len(deals([asked, boats])) == 1


def test_what_words_say_more_exactly_than_their_category_counts() -> None:
    said_so = said("pledge", "gave", equipment="anti-tank missiles//missile", **PARTIES)
    (thread,) = threads(draft("gift", "France gave Egypt anti-tank missiles.", said_so))
    assert thread.signature.node and thread.signature.node.name == "anti-tank missile"
