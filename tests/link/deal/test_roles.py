from __future__ import annotations

import pytest

from followthearms.link.deal.roles import parts
from followthearms.model import Document
from tests.link.drafts import draft, said


def told(document: Document) -> set[tuple[str, str]]:
    """Roles and entities that the claims of the document tell of."""
    found = parts((document, claim) for claim in document.claims)
    for part in found:
        assert part.told, "no role without a span"
        for ref, span in part.told:
            assert ref.document == document.id and document.text[span.start : span.end] == span.text
    return {(part.role.value, part.entity) for part in found}


def test_licensed_production_has_a_licensor_and_a_producer() -> None:
    text = "Russia lets India build rifles: Kalashnikov Concern gives the drawings, HAL assembles them."
    claim = said(
        "production", "build", supplier="Russia/RU", recipient="India/IN", company=["Kalashnikov Concern", "HAL"]
    )
    found = told(draft("a", text, claim))
    assert {("licensor", "RU"), ("producer", "company:HAL")} <= found
    assert "company:HAL" not in {entity for role, entity in found if role == "licensor"}
    assert ("licensor", "company:KALASHNIKOV CONCERN") in found


def test_a_third_party_that_permits_is_a_licensor_and_one_that_pays_a_financier() -> None:
    text = "Germany allowed Spain to pass the tanks to Ukraine. Norway paid Spain for them."
    found = told(
        draft(
            "a",
            text,
            said("approval", "allowed", actor="Germany/DE", supplier="Spain/ES", recipient="Ukraine/UA"),
            said("payment", "paid", actor="Norway/NO", supplier="Spain/ES"),
        )
    )
    assert found == {("licensor", "DE"), ("supplier", "ES"), ("financier", "NO")}


def test_the_force_that_gets_it_is_the_end_user() -> None:
    text = "Russia delivered rifles to the Indian Army."
    claim = said("delivery", "delivered", supplier="Russia/RU", recipient="Indian Army/IN")
    assert told(draft("a", text, claim)) == {("supplier", "RU"), ("end user", "organisation:INDIAN ARMY")}


@pytest.mark.parametrize(
    ("text", "slots", "expected"),
    [
        ("Rifles reached Kenya via Djibouti.", {"recipient": "Kenya/KE", "place": "Djibouti"}, ("transit", "DJ")),
        ("Rifles went through the port of Aden.", {"place": "Aden"}, ("transit", "place:ADEN")),
        ("The sale, brokered by Oman, went on.", {"actor": "Oman/OM"}, ("broker", "OM")),
        (
            "Northwind Arms, a broker, sent rifles.",
            {"company": ["Northwind Arms"]},
            ("broker", "company:NORTHWIND ARMS"),
        ),
        ("Jets made by Saab arrived.", {"company": ["Saab"]}, ("producer", "company:SAAB")),
        ("The jets, financed by Kuwait, arrived.", {"actor": "Kuwait/KW"}, ("financier", "KW")),
    ],
)
def test_words_beside_a_mention_show_its_part(text: str, slots: dict[str, str], expected: tuple[str, str]) -> None:
    assert expected in told(draft("a", text, said("delivery", text.split()[1].strip(","), **slots)))


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("Rifles arrived in Djibouti.", {"place": "Djibouti"}),
        ("Saab was there when jets came.", {"company": ["Saab"]}),
        ("Kenya got rifles via Kenya.", {"recipient": "Kenya/KE"}),
    ],
)
def test_no_part_is_told_where_no_words_show_it(text: str, slots: dict[str, str]) -> None:
    assert told(draft("a", text, said("delivery", text.split()[1], **slots))) == set()


def test_what_did_not_happen_gives_no_part() -> None:
    text = "Russia did not deliver rifles; it would deliver them if paid."
    claims = [
        said("delivery", "deliver", supplier="Russia/RU", negated=True),
        said("delivery", "would deliver", supplier="Russia/RU", modality="hypothetical"),
    ]
    assert told(draft("a", text, *claims)) == set()
