"""Persons and offices in sentences of our own."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followthearms.extract.mentions.find import voices
from followthearms.extract.mentions.names.actors import find_actors
from followthearms.extract.mentions.names.persons import find_persons
from followthearms.model import Document
from followthearms.model.mentions import Form, MentionType
from followthearms.pipeline.reading import scan
from followthearms.rules.tree import Sentence, Token

PIECES = st.sampled_from(
    "Indian Defence Minister Rajnath Singh , the President of Russia Vladimir Putin Mr. General -elect Kim U.S. J. "
    "director FSMTC his counterpart said \n PRESIDENT 's Jr. Ö \ud800 🇮🇳 al-Sisi van der Berg".split(" ")
)


def persons(text: str) -> list[tuple[str, str | None]]:
    found = find_persons(text, find_actors(text), [])
    return [(m.span.text, m.code) for m in found if m.type is MentionType.PERSON]


def held(text: str) -> list[tuple[str, str | None]]:
    found = find_persons(text, find_actors(text), [])
    return [(m.span.text, m.code) for m in found if m.form is Form.OFFICE]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Indian Defence Minister Arjun Mehra left. Mehra smiled.", [("Arjun Mehra", "IN"), ("Mehra", "IN")]),
        ("The FSMTC director Dmitry Ivanenko spoke.", [("Dmitry Ivanenko", "RU")]),
        ("Pavel Ivanenko, the Russian defence minister, spoke.", [("Pavel Ivanenko", "RU")]),
        ("He met his Indian counterpart Asha Rao.", [("Asha Rao", "IN")]),
        ("Putin flew home.", [("Putin", "RU")]),
        ("President Xi met Kim Jong Un. Mr. Kim left.", [("Xi", "CN"), ("Kim Jong Un", "KP"), ("Kim", "KP")]),
        ("Vice President Harris spoke.", [("Harris", "US")]),
        ("On Thursday Biden signed.", [("Biden", "US")]),
        ("Chile's defence minister General Luis Rojas Parra", [("Luis Rojas Parra", "CL")]),
        ("Dutch foreign minister Jan van der Berg", [("Jan van der Berg", "NL")]),
        ("US President Biden and Defence Minister Tom Akele", [("Biden", "US"), ("Tom Akele", "US")]),
        (
            "The Egyptian Defence Minister Omar Zadi and Defence Minister Tom Akele",
            [("Omar Zadi", "EG"), ("Tom Akele", None)],
        ),
        ("Mr. Hallow met Mr President. Hallow left.", [("Hallow", None), ("Hallow", None)]),
        ("Mr Hallow said British Foreign Secretary Ann Hallow left.", [("Hallow", "GB"), ("Ann Hallow", "GB")]),
        ("the Netanyahu government", []),
        ("The director Monday said no.", []),
        ("North Carolina and North Dakota", []),
        ("Reagan National Airport", []),
        ("India's defence minister, Singh, met Ann Singh.", [("Singh", "IN")]),
    ],
)
def test_persons(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert persons(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Russian president agreed.", [("Russian president", "RU")]),
        (
            "India's defence minister agreed with the Prime Minister of Japan.",
            [("India's defence minister", "IN"), ("Prime Minister of Japan", "JP")],
        ),
        ("French President Macron came. The President left.", [("President", "FR")]),
        ("The president agreed.", []),
        ("A spokesman agreed.", []),
        ("Brazilian President Lula came, then Chilean President Boric. The President left.", []),
    ],
)
def test_offices_without_their_holder(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert held(text) == expected


def test_a_parse_shows_where_a_name_ends() -> None:
    text = "Indian Defence Minister Arjun Mehra Approves Sale of Guns"
    pos = ["ADJ", "PROPN", "PROPN", "PROPN", "PROPN", "VERB", "NOUN", "ADP", "NOUN"]
    places = [(m.start(), m.end(), m.group()) for m in re.finditer(r"\w+", text)]
    sentence = Sentence(
        tuple(
            Token(i, s, e, w, w.lower(), p, "", "", 5) for i, ((s, e, w), p) in enumerate(zip(places, pos, strict=True))
        )
    )
    names = [m.span.text for m in find_persons(text, find_actors(text), [sentence]) if m.type is MentionType.PERSON]
    assert names == ["Arjun Mehra"]


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_spans_equal_their_text(text: str) -> None:
    for mention in find_persons(text, find_actors(text), []):
        assert text[mention.start : mention.end] == mention.span.text


@given(st.lists(PIECES, max_size=25).map(" ".join))
def test_spans_equal_their_text_where_there_are_names(text: str) -> None:
    for mention in find_persons(text, find_actors(text), []):
        assert text[mention.start : mention.end] == mention.span.text


@pytest.mark.parametrize(
    ("title", "codes"),
    [
        ("Press briefing by Press Secretary Karine Jean-Pierre en route Oslo, Norway", ["US"]),
        ("Briefing by Foreign Ministry spokesperson Maria Zakharova | Moscow", ["RU"]),
        ("Remarks by Prime Minister Scholz in Paris", ["DE"]),
        ("Call with officials on the upcoming visit of President Zelenskyy", []),
        ("Statement by President Joe Biden ahead of the independence day of Ukraine", ["US"]),
        ("New rifles for the army", []),
        ("G7 leaders' statement on Ukraine", ["G7"]),
        ("Joint communiqué on the Kenya-Norway partnership", ["KE", "NO"]),
        ("Kenya and Norway sign a pact", []),
    ],
)
def test_who_speaks_in_a_title_is_not_whom_the_occasion_names(title: str, codes: list[str]) -> None:
    assert [m.code for m in voices(title)] == codes


def test_in_a_joint_statement_we_are_all_who_make_it() -> None:
    text = "Our navies met. We thank Ghana."
    codes = [
        {m.code for place in scan(Document(title=title, text=text)) for m in place.mentions if m.span.text == "We"}
        for title in ("Joint statement of Kenya and Norway", "Statement by President William Ruto of Kenya")
    ]
    assert codes == [{"KE", "NO"}, {"KE"}]
