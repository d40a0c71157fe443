"""Where frames and tagger meet: what both say counts more, and the order in which they say it nothing."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest

from followthearms.extract.completing.slots import attach
from followthearms.extract.deciding.merging import WEIGHTS, asked, merge
from followthearms.extract.events import Event, Place
from followthearms.extract.tagger import Choice, Proposal, Role
from followthearms.model import Document, Kind, Modality, Voice
from followthearms.pipeline.reading import _framed, scan

TEXT = "Norway delivered 22 howitzers to Ukraine. Officials in Oslo hailed the tanks that Peru had admired."


def heard(place: Place, word: str, kind: Kind, score: float, **roles: tuple[str, float]) -> Proposal:
    """What the tagger might say of a word; of a role, who fills it and how likely."""
    tokens = tuple(t.i for t in place.scene.sentence.tokens if t.text == word)
    mentions = {m.span.text: m for m in place.mentions}
    fills = {Role(role): (Choice(mentions[name], place.index, p),) for role, (name, p) in roles.items()}
    return Proposal(
        place.index, tokens, ((kind, score),), fills, {m: float(m is Modality.ACTUAL) for m in Modality}, 0, 0
    )


def article() -> tuple[list[Place], list[Event]]:
    places = scan(Document(text=TEXT))
    return places, _framed(places)[0]


def merged(places: Sequence[Place], framed: list[Event], *proposals: Proposal) -> list[Event]:
    return merge(framed, framed, proposals, places)


def test_the_tagger_is_asked_about_every_trigger_of_the_frames() -> None:
    _, (event,) = article()
    assert asked([event]) == {(0, event.trigger)}


def test_what_the_tagger_believes_raises_the_score_and_what_it_does_not_lowers_it() -> None:
    places, framed = article()
    (sure,) = merged(places, framed, heard(places[0], "delivered", Kind.DELIVERY, 0.95))
    (unsure,) = merged(places, framed, heard(places[0], "delivered", Kind.DELIVERY, 0.3))
    assert 0 < unsure.weight < sure.weight < 1
    assert sure.voice is Voice.FRAME


def test_what_an_event_took_up_speaks_for_it_if_it_shows_the_same() -> None:
    places = scan(Document(text="Norway will impose an embargo on rifles to Mali."))
    (imposed,), passed = _framed(places)
    (embargo,) = imposed.within
    assert [imposed.place.scene.sentence.tokens[i].text for i in embargo] == ["embargo"]
    assert asked([imposed]) == {(0, imposed.trigger), (0, embargo)}
    doubtful = heard(places[0], "impose", Kind.RESTRICTION, 0.02)
    heard_too = [heard(places[0], "embargo", kind, 0.9) for kind in (Kind.SUPPLY, Kind.RESTRICTION)]
    (alone,) = merge([imposed], passed, [doubtful], places)
    (other,), (same,) = (merge([imposed], passed, [doubtful, more], places) for more in heard_too)
    assert alone.weight == other.weight < same.weight


def test_a_frame_of_which_the_tagger_hears_nothing_is_dropped_if_the_frame_is_unsure_itself() -> None:
    places, (event,) = article()
    doubtful = Event(**{name: getattr(event, name) for name in event.__slots__} | {"weight": 0.5, "found": 1})
    assert merged(places, [doubtful], heard(places[0], "delivered", Kind.DELIVERY, 0.0)) == []


def test_a_trigger_that_only_the_tagger_hears_counts_from_its_threshold_on() -> None:
    places, framed = article()
    both = [
        merged(
            places,
            framed,
            heard(places[0], "delivered", Kind.DELIVERY, 0.9),
            heard(places[1], "admired", Kind.INTEREST, score, recipient=("Peru", 0.9)),
        )
        for score in (WEIGHTS.alone - 0.01, WEIGHTS.alone)
    ]
    assert [[e.voice for e in events] for events in both] == [[Voice.FRAME], [Voice.FRAME, Voice.TAGGER]]
    assert both[1][1].codes("recipient") == {"PE"}


@pytest.mark.parametrize(
    ("text", "score", "claims"),
    [
        ("Peru admired the Swedish howitzers.", WEIGHTS.alone - 0.01, 0),
        ("Peru admired the Swedish howitzers.", WEIGHTS.alone, 1),
        ("Peru admired the howitzers.", WEIGHTS.alone, 0),
        ("India admired the Indian Akash missiles.", WEIGHTS.surely, 0),
    ],
)
def test_of_two_parties_the_tagger_alone_is_believed_sooner_and_of_domestic_matters_never(
    text: str, score: float, claims: int
) -> None:
    places = scan(Document(text=text))
    taker = ("India", 0.9) if "India" in text else ("Peru", 0.9)
    equipment = ("Akash missiles" if "Akash" in text else "howitzers", 0.9)
    proposal = heard(places[0], "admired", Kind.INTEREST, score, recipient=taker, equipment=equipment)
    assert len(merged(places, [], proposal)) == claims


@pytest.mark.parametrize(
    ("kind", "score", "voices"),
    [
        (Kind.DELIVERY, WEIGHTS.surely - 0.01, [Voice.FRAME]),
        (Kind.DELIVERY, WEIGHTS.surely, [Voice.FRAME, Voice.TAGGER]),
        (Kind.INTEREST, WEIGHTS.surely - 0.01, [Voice.FRAME, Voice.TAGGER]),
    ],
)
def test_of_what_a_frame_found_in_the_sentence_the_tagger_must_be_sure(
    kind: Kind, score: float, voices: list[Voice]
) -> None:
    places = scan(Document(text="Norway delivered howitzers, which Ukraine had admired."))
    proposals = heard(places[0], "delivered", Kind.DELIVERY, 0.9), heard(places[0], "admired", kind, score)
    assert [e.voice for e in merged(places, _framed(places)[0], *proposals)] == voices


def test_another_kind_stands_beside_the_frames() -> None:
    places, framed = article()
    (event,) = merged(places, framed, heard(places[0], "delivered", Kind.SUPPLY, 0.9))
    assert event.kinds == (Kind.DELIVERY, Kind.SUPPLY)


def test_a_kind_that_the_tagger_hears_beside_its_best_one_stands_beside_a_single_one() -> None:
    places = scan(Document(text="Norway shipped 22 howitzers to Ukraine."))
    framed = [replace(event, kinds=(Kind.DELIVERY,)) for event in _framed(places)[0]]
    for likely, kinds in ((0.1, (Kind.DELIVERY,)), (0.3, (Kind.DELIVERY, Kind.PLEDGE))):
        proposal = heard(places[0], "shipped", Kind.DELIVERY, 0.9)
        also = replace(proposal, kinds=(*proposal.kinds, (Kind.PLEDGE, likely)))
        (event,) = merged(places, framed, also)
        assert event.kinds == kinds


def test_a_party_that_the_tagger_is_sure_of_goes_to_the_side_it_says_and_is_marked_as_its_word() -> None:
    places, framed = article()
    swapped = heard(places[0], "delivered", Kind.DELIVERY, 0.9, supplier=("Ukraine", 0.98), recipient=("Norway", 0.98))
    (event,) = merged(places, framed, swapped)
    assert (event.codes("supplier"), event.codes("recipient")) == ({"UA"}, {"NO"})
    assert event.told == {"supplier": Voice.TAGGER, "recipient": Voice.TAGGER}
    agreed = heard(places[0], "delivered", Kind.DELIVERY, 0.9, supplier=("Norway", 0.6), recipient=("Ukraine", 0.6))
    (event,) = merged(places, framed, agreed)
    assert (event.codes("supplier"), event.codes("recipient"), event.told) == ({"NO"}, {"UA"}, {})


def test_equipment_that_the_tagger_rather_hears_stands_beside_the_frames() -> None:
    places = scan(Document(text="Norway delivered 22 howitzers to Ukraine because tanks had arrived."))
    framed = _framed(places)[0]
    for likely, items in ((0.4, ["howitzers"]), (0.6, ["howitzers", "tanks"])):
        (event,) = merged(
            places, framed, heard(places[0], "delivered", Kind.DELIVERY, 0.9, equipment=("tanks", likely))
        )
        assert [m.span.text for m in event.roles["equipment"]] == items


def test_a_date_goes_to_the_event_if_tree_and_tagger_agree_or_one_of_them_is_sure() -> None:
    def date(text: str, likely: float) -> tuple[str | None, Voice | None]:
        places = scan(Document(text=text))
        proposal = heard(places[0], "delivered", Kind.DELIVERY, 0.9, date=("2019", likely))
        (event,) = attach(merged(places, _framed(places)[0], proposal))
        found = event.roles.get("date")
        return found[0].span.text if found else None, event.told.get("date")

    near = "Norway delivered howitzers to Ukraine in 2019."
    apart = "In 2019 the minister said that Norway had delivered howitzers to Ukraine."
    assert [date(near, p) for p in (0.05, 0.3)] == [(None, None), ("2019", None)]
    assert [date(apart, p) for p in (0.3, 0.6)] == [(None, None), ("2019", Voice.TAGGER)]


def test_the_order_in_which_the_voices_speak_changes_nothing() -> None:
    places, framed = article()
    proposals = [
        heard(places[0], "delivered", Kind.DELIVERY, 0.9, supplier=("Norway", 0.7)),
        heard(places[1], "admired", Kind.INTEREST, 0.8, recipient=("Peru", 0.9)),
        heard(places[1], "hailed", Kind.CONTACT, 0.7),
    ]
    first = merged(places, framed, *proposals)
    dice = random.Random(1)
    for _ in range(5):
        dice.shuffle(proposals)
        assert merged(places, framed, *proposals) == first
