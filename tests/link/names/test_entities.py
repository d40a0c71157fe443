from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from followthearms.link.names.entities import cells, entity, objections, resolve
from followthearms.link.rulings.bindings import Bindings
from followthearms.model import Document, Span
from followthearms.model.decisions import Decision, Merge, Split, Undo
from followthearms.model.entities import Cell
from tests.link.drafts import draft, said


def found(document: Document, bindings: Bindings | None = None) -> dict[str, Cell]:
    """The cells of a document of one claim, by their words."""
    return {cell.text: cell for cell in resolve(document, document.claims[0], bindings or Bindings())}


def test_a_cell_has_the_words_and_the_ordinal_of_its_span() -> None:
    text = "Russia delivered 20 AK-203 rifles to India at Korwa."
    document = draft(
        "a",
        text,
        said(
            "delivery",
            "delivered",
            supplier="Russia/RU",
            recipient="India/IN",
            equipment="rifles//rifle",
            place="Korwa",
        ),
    )
    [claim] = document.claims
    spans = list(claim.spans())
    for cell in resolve(document, claim):
        slot, span = spans[cell.ordinal]
        assert isinstance(span, Span)
        assert (cell.slot, cell.start, cell.end, cell.text) == (slot, span.start, span.end, span.text)
        assert text[cell.start : cell.end] == cell.text
    assert [cell.slot for cell in resolve(document, claim)] == ["supplier", "recipient", "equipment", "place"]
    assert cells(document) == (resolve(document, claim),)


@pytest.mark.parametrize(
    ("words", "code", "entity_id", "reason"),
    [
        ("Russia", "RU", "RU", "name of Russia"),
        ("Russian", "RU", "RU", "demonym of Russia"),
        ("Moscow", "RU", "RU", "seat of government of Russia"),
        ("Rosoboronexport", "RU", "RU", "company register: of Russia"),
        ("Hezbollah", "HEZBOLLAH", "HEZBOLLAH", "name of Hezbollah"),
        ("it", "RU", "RU", "stands for Russia in this text"),
        ("Hill Rebels", "", "HILL REBELS", "unknown name: provisional"),
        ("several countries", "", None, "party not named"),
        ("They", "", None, "party not named"),
        ("buyers", "UNKNOWN", None, "party not named"),
    ],
)
def test_a_party_is_what_its_code_says(words: str, code: str, entity_id: str | None, reason: str) -> None:
    document = draft("a", f"{words} sent rifles.", said("delivery", "sent", supplier=f"{words}/{code}"))
    cell = found(document)[words]
    assert (cell.entity, cell.reason) == (entity_id, reason)


@pytest.mark.parametrize(
    ("slot", "words", "entity_id"),
    [
        ("company", "Hindustan Aeronautics Limited (HAL)", "company:HAL"),
        ("company", "Russian Rosoboronexport", "company:ROSOBORONEXPORT"),
        ("company", "Northwind Arms Ltd", "company:NORTHWIND ARMS"),
        ("company", "Indian Navy", "organisation:INDIAN NAVY"),
        ("company", "Chinese company", None),
        ("company", "local firms", None),
        ("place", "Amethi district", "place:AMETHI"),
        ("place", "India", "IN"),
        ("place", "Green Hill", "place:GREEN HILL"),
        ("place", "front lines", None),
        ("medium", "Kyodo news agency", "source:KYODO NEWS"),
        ("medium", "Valley Courier", "source:VALLEY COURIER"),
        ("medium", "local newspaper", None),
    ],
)
def test_names_of_other_kinds(slot: str, words: str, entity_id: str | None) -> None:
    text = f"Arms were sent, {words} and others."
    value: Any = [words] if slot == "company" else words
    cell = found(draft("a", text, said("delivery", "sent", **{slot: value})))[words]
    assert cell.entity == entity_id
    assert cell.reason


@pytest.mark.parametrize(
    ("item", "entity_id"),
    [
        ("AK-203 rifles/AK-203/rifle", "equipment:AK-203"),
        ("rifles//rifle", "equipment:rifle"),
        ("arms", None),
        ("Zephyr-9 drones/Zephyr-9/drone", "equipment:zephyr9"),
    ],
)
def test_equipment_is_a_node_of_the_tree(item: str, entity_id: str | None) -> None:
    words = item.split("/")[0]
    cell = found(draft("a", f"They sent {words}.", said("delivery", "sent", equipment=item)))[words]
    assert cell.entity == entity_id


def test_an_unknown_category_is_a_kind_of_what_its_last_words_name() -> None:
    item = "loitering utility vehicles//loitering utility vehicle"
    cell = found(draft("a", "They sent loitering utility vehicles.", said("delivery", "sent", equipment=item)))
    unknown = entity(cell["loitering utility vehicles"].entity or "")
    assert unknown.provisional and unknown.above[0] == "equipment:vehicle"


def persons(text: str, *names: str, date: str = "2019-03-04", **slots: Any) -> dict[str, str | None]:
    document = draft("a", text, said("contact", "met", persons=[_at(text, n) for n in names], **slots), date=date)
    return {cell.text: cell.entity for cell in resolve(document, document.claims[0]) if cell.slot == "persons"}


def _at(text: str, words: str) -> dict[str, Any]:
    start = text.index(words)
    return {"start": start, "end": start + len(words), "text": words}


def test_persons_by_full_name_surname_and_office() -> None:
    text = "Defence Minister Rajnath Singh met Mr Shoigu, Colonel Ada Quill and officials; Quill smiled at Smith."
    named = persons(text, "Rajnath Singh", "Shoigu", "Colonel Ada Quill", "officials", "Smith", parties=["Rajnath/IN"])
    assert named["Rajnath Singh"] == "person:RAJNATH SINGH"
    assert named["Shoigu"] == "person:SERGEI SHOIGU"
    assert named["Colonel Ada Quill"] == "person:ADA QUILL"
    assert named["officials"] is None
    assert named["Smith"] is None, "a surname alone names no one"


def test_a_surname_is_that_of_the_only_full_name_in_the_text() -> None:
    text = "Ada Quill met the buyers. Later Quill met Ada Quill again."
    document = draft(
        "a",
        text,
        said("contact", "met", persons=[_at(text, "Ada Quill")]),
        said("contact", "met", persons=[{"start": 32, "end": 37, "text": "Quill"}]),
    )
    [first], [second] = cells(document)
    assert first.entity == second.entity == "person:ADA QUILL"
    assert second.reason == "surname of Ada Quill in this text"


def test_a_surname_is_the_leader_in_office_on_the_day() -> None:
    text = "President Bush met the sheikh."
    assert persons(text, "Bush", date="1990-01-01", parties=["Bush/US"])["Bush"] == "person:GEORGE BUSH"
    assert persons(text, "Bush", date="2015-01-01", parties=["Bush/US"])["Bush"] is None


def test_a_speaker_is_an_outlet_a_person_or_a_party() -> None:
    def speaker(words: str, code: str) -> str | None:
        document = draft("a", f"{words} said arms were sent.", said("delivery", "sent", speaker=f"{words}/{code}"))
        return found(document)[words].entity

    assert speaker("New York Times", "") == "source:NEW YORK TIMES"
    assert speaker("Ada Quill", "GB") == "person:ADA QUILL"
    assert speaker("U.S. officials", "US") == "US"
    assert speaker("officials", "") is None


def test_an_inherited_mention_says_so() -> None:
    text = "Russia spoke. It sent rifles."
    claim = said("delivery", "sent") | {
        "supplier": [{"start": 0, "end": 6, "text": "Russia", "code": "RU", "inherited": True}]
    }
    document = Document(
        id="a", text=text, claims=[claim | {"evidence": {"start": 14, "end": 28}, "trigger": _at(text, "sent")}]
    )
    assert found(document)["Russia"].reason == "name of Russia, inherited"


def test_merged_ids_and_split_names_are_applied() -> None:
    document = draft("a", "Northwind sent rifles.", said("delivery", "sent", company=["Northwind"]))
    merged = Bindings(merged={"company:NORTHWIND": "company:NORTHWIND ARMS"})
    assert found(document, merged)["Northwind"].entity == "company:NORTHWIND ARMS"
    assert found(document, merged)["Northwind"].reason.endswith("by decision")
    kalyani = draft("a", "Kalyani sent rifles.", said("delivery", "sent", company=["Kalyani"]))
    assert found(kalyani)["Kalyani"].entity == "company:BHARAT FORGE"
    split = Bindings(split_names={"company:BHARAT FORGE": ("kalyani",)})
    assert found(kalyani, split)["Kalyani"].entity == "company:KALYANI"


def ruling(number: int, rule: Split) -> Decision:
    return Decision(who="ada", when=dt.datetime(2026, 1, number, tzinfo=dt.UTC), why="as read", ruling=rule)


def test_a_merge_of_a_name_that_was_split_off_is_objected_to() -> None:
    split = ruling(1, Split(entity="company:BHARAT FORGE", names=("Kalyani",)))
    [said_of] = objections([split], Merge(entities=("company:BHARAT FORGE", "company:KALYANI")))
    assert "at odds" in said_of and split.id in said_of


def test_a_merge_of_unlike_or_well_known_entities_is_objected_to() -> None:
    assert any("different kinds" in one for one in objections([], Merge(entities=("company:KORWA", "place:KORWA"))))
    assert any("know them" in one for one in objections([], Merge(entities=("company:HAL", "company:BHARAT FORGE"))))
    assert objections([], Merge(entities=("company:NORTHWIND", "company:NORTHWIND ARMS"))) == []


def test_an_undone_split_objects_to_nothing() -> None:
    split = ruling(1, Split(entity="company:NORTHWIND", names=("Northwind Arms",)))
    undone = Decision(who="ada", when=dt.datetime(2026, 1, 2, tzinfo=dt.UTC), ruling=Undo(decision=split.id))
    merge = Merge(entities=("company:NORTHWIND", "company:NORTHWIND ARMS"))
    assert objections([split], merge) and objections([split, undone], merge) == []


@pytest.mark.parametrize(
    ("name", "label"),
    [("person:NGO XUAN LICH", "Ngo Xuan Lich"), ("place:UST KATAV", "Ust Katav"), ("company:BAE DOCKS", "BAE Docks")],
)
def test_a_short_word_is_an_abbreviation_only_where_names_have_them(name: str, label: str) -> None:
    assert entity(name).label == label
