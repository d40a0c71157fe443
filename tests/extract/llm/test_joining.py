"""What a language model proposes beside what the others heard: it adds and fills, and overrules nobody."""

from __future__ import annotations

from dataclasses import replace

import pytest

from followthearms.extract.deciding.merging import join
from followthearms.extract.events import Event
from followthearms.extract.llm import Endpoint, LanguageModel
from followthearms.model import Document, Kind, Voice
from followthearms.pipeline.reading import scan
from tests.extract.llm.servers import claim, claims, serving

TEXT = "Norway delivered 22 howitzers to Ukraine on Monday. The ministers of Chile and Peru met in Lima."


@pytest.fixture(scope="module")
def proposed() -> tuple[Event, ...]:
    delivery = claim("delivery", "delivered", supplier="Norway", recipient="Ukraine", date="Monday")
    document = Document(text=TEXT, date="2022-05-04")
    answer = claims(delivery, claim("contact", "met", 2, parties=["Chile", "Peru"]))
    with serving(answer) as server, LanguageModel(Endpoint(server.url, "tiny")) as model:
        return model.events(document, scan(document)).events


def test_what_nobody_else_heard_is_added_in_text_order(proposed: tuple[Event, ...]) -> None:
    delivery, contact = proposed
    assert join([contact], [delivery]) == [delivery, contact]
    assert join([], proposed) == [delivery, contact]
    assert {e.voice for e in proposed} == {Voice.LLM}


def test_open_slots_are_filled_and_marked(proposed: tuple[Event, ...]) -> None:
    delivery, _ = proposed
    framed = replace(delivery.with_roles(recipient=(), date=()), voice=Voice.FRAME)
    (filled,) = join([framed], [delivery])
    assert filled.roles == delivery.roles
    assert (filled.voice, filled.told) == (Voice.FRAME, {"recipient": Voice.LLM, "date": Voice.LLM})


def test_what_is_filled_stays(proposed: tuple[Event, ...]) -> None:
    delivery, _ = proposed
    ukraine, norway = delivery.roles["recipient"], delivery.roles["supplier"]
    swapped = replace(delivery.with_roles(supplier=ukraine, recipient=norway), voice=Voice.FRAME)
    assert join([swapped], [delivery]) == [swapped]
    half = replace(delivery.with_roles(supplier=ukraine, recipient=()), voice=Voice.FRAME)
    assert join([half], [delivery]) == [half]


def test_sides_do_not_become_parties(proposed: tuple[Event, ...]) -> None:
    delivery, _ = proposed
    framed = replace(delivery.with_roles(supplier=(), recipient=()), kinds=(Kind.CONTACT,), voice=Voice.FRAME)
    assert join([framed], [delivery]) == [framed]
