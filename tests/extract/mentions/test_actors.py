"""States, bodies, groups and companies in sentences of our own."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from followthearms.extract.mentions.names.actors import find_actors
from followthearms.extract.mentions.names.persons import find_persons
from followthearms.extract.mentions.names.places import find_places
from followthearms.extract.mentions.taken import Taken
from followthearms.model.mentions import Form, Mention, MentionType

HARD = [
    "",
    "\x00",
    "🚀🇮🇳",
    "\ud800 Russia \udfff",
    "روسيا تبيع",
    "\u202eRussia\u202c",
    "US\u0301",
    "ﬁrms İstanbul ẞ",
    "India’s",
]
WORDS = st.sampled_from(
    "Russia the Indian Navy Ministry of Defence US U.S. IAF 's ’s - -made Moscow rebels Hezbollah Ltd . , \n Royal "
    "Air Force Georgia Jordan Saab Vernon Republic Indo President Putin in Korwa MONDAY 35 A\u0301 🇫🇷 \ud800".split(" ")
)


def read(text: str) -> list[tuple[str, str | None]]:
    return [(m.span.text, m.code) for m in find_actors(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Russia sold Pakistani dealers nothing.", [("Russia", "RU"), ("Pakistani", "PK")]),
        ("The Indian military trusts India's suppliers.", [("Indian military", "IN"), ("India", "IN")]),
        ("A US-Indian deal on Russian-made guns", [("US", "US"), ("Indian", "IN"), ("Russian", "RU")]),
        ("They told us that the U.S. had left.", [("U.S.", "US")]),
        ("SOVIET-MADE RIFLES FOR NICARAGUA", [("SOVIET", "SU"), ("NICARAGUA", "NI")]),
        (
            "Moscow and the Kremlin agreed with the White House.",
            [("Moscow", "RU"), ("Kremlin", "RU"), ("White House", "US")],
        ),
        ("The Soviet Union said in Moscow", [("Soviet Union", "SU"), ("Moscow", "SU")]),
        ("North Korean guns for South Korea", [("North Korean", "KP"), ("South Korea", "KR")]),
        ("an Indo-Israeli missile", [("Indo", "IN"), ("Israeli", "IL")]),
        (
            "the DPRK, the ROK, Britain and Türkiye",
            [("DPRK", "KP"), ("ROK", "KR"), ("Britain", "GB"), ("Türkiye", "TR")],
        ),
        ("The Royal Saudi Air Force and the Royal Navy", [("Royal Saudi Air Force", "SA"), ("Royal Navy", "GB")]),
        (
            "the Government of Israel and Armed Forces of Ukraine",
            [("Government of Israel", "IL"), ("Armed Forces of Ukraine", "UA")],
        ),
        (
            "the Ministry of Defence of the Republic of Indonesia",
            [("Ministry of Defence of the Republic of Indonesia", "ID")],
        ),
        (
            "The Israeli IAF flew; Israel's IAF landed.",
            [("Israeli", "IL"), ("IAF", "IL"), ("Israel", "IL"), ("IAF", "IL")],
        ),
        ("The IAF bought jets.", [("IAF", "IN")]),
        ("Indian Navy ships came. The Navy paid.", [("Indian Navy", "IN"), ("Navy", "IN")]),
        (
            "EU and NATO states, the Gulf states and the West",
            [("EU", "EU"), ("NATO states", "NATO"), ("Gulf states", "GULF STATES"), ("the West", "WEST")],
        ),
        ("the South Asian nation and South Asian states", [("South Asian", "SOUTH ASIA")]),
        ("Hizbullah militia and Ansar Allah", [("Hizbullah militia", "HEZBOLLAH"), ("Ansar Allah", "HOUTHIS")]),
        ("Syrian rebels and some guerrillas", [("Syrian rebels", "SYRIAN REBELS"), ("guerrillas", "GUERRILLAS")]),
        ("Hindustan Aeronautics Limited and Saab AB", [("Hindustan Aeronautics Limited", "IN"), ("Saab AB", "SE")]),
        ("MBDA, Airbus and Rosoboronexport", [("MBDA", "FR"), ("Airbus", "FR"), ("Rosoboronexport", "RU")]),
        ("Turkey's Blue Falcon Aerospace", [("Turkey", "TR"), ("Blue Falcon Aerospace", "TR")]),
    ],
)
def test_found(text: str, expected: list[tuple[str, str]]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Vernon Jordan spoke.",
        "They drove from Atlanta to Marietta, Georgia, at night.",
        "ships in the South China Sea and the Indian Ocean",
        "The Washington Post and the Moscow Times wrote it.",
        "the Paris Air Show and the Bank of England",
        "New Mexico, China Lake and the Persian Gulf",
        "Chad Miller signed.",
        "give it to us",
        "TELL US MORE ABOUT THE PLAN AND THE CAR, PLEASE",
        "the US-2 flew",
    ],
)
def test_namesakes_are_left_out(text: str) -> None:
    assert read(text) == []


def test_a_namesake_does_not_hide_the_state() -> None:
    assert read("Georgia bought radars; Jordan and Chad bought trucks.") == [
        ("Georgia", "GE"),
        ("Jordan", "JO"),
        ("Chad", "TD"),
    ]
    assert read("The Jordan Armed Forces") == [("Jordan Armed Forces", "JO")]


@pytest.mark.parametrize(
    ("text", "type_", "form"),
    [
        ("Russia", MentionType.ACTOR, Form.NAME),
        ("Russian", MentionType.ACTOR, Form.ADJECTIVE),
        ("Moscow", MentionType.ACTOR, Form.CAPITAL),
        ("NATO", MentionType.ACTOR, Form.BODY),
        ("UNITA", MentionType.ACTOR, Form.GROUP),
        ("Russian defence ministry", MentionType.ACTOR, Form.FORCE),
        ("Rostec", MentionType.COMPANY, Form.COMPANY),
    ],
)
def test_forms(text: str, type_: MentionType, form: Form) -> None:
    (mention,) = find_actors(text)
    assert (mention.type, mention.form) == (type_, form)


def assert_sound(text: str, mentions: list[Mention]) -> None:
    for mention in mentions:
        assert text[mention.start : mention.end] == mention.span.text
    for left, right in pairwise(mentions):
        assert left.end <= right.start


@given(st.text(alphabet=st.characters(exclude_categories=())))
@example("\ud800India\udfff")
def test_spans_equal_their_text(text: str) -> None:
    assert_sound(text, find_actors(text))


@given(st.lists(WORDS, max_size=30).map(" ".join))
def test_spans_equal_their_text_where_there_are_names(text: str) -> None:
    assert_sound(text, find_actors(text))


@pytest.mark.parametrize("text", HARD)
def test_hard_texts(text: str) -> None:
    assert_sound(text, find_actors(text))


def test_half_a_megabyte_in_one_line_is_read_in_seconds() -> None:
    text = "Russia told the Indian Navy that Saab would sell radars to nobody in the long run, as ever. " * 5_500
    start = time.process_time()
    assert len(find_actors(text)) == 16_500
    assert time.process_time() - start < 10  # half a second; the bound only keeps out what grows with the square


@pytest.mark.parametrize(
    "unit",
    [
        "A-",
        "A ",
        "President Xavo{} ",
        "in Kor{} ",
        "Navy of ",
        "President ",
        "Acme Industries ",
        "India Foo Singh, the ",
    ],
)
def test_hostile_texts_cost_no_more_than_their_length(unit: str) -> None:
    """40,000 code points of one pattern: tenths of a second; what grows with the square takes minutes."""
    text = "".join(unit.format(i) for i in range(40_000 // len(unit)))
    start = time.process_time()
    actors = find_actors(text)
    assert_sound(text, [*actors])
    assert all(text[m.start : m.end] == m.span.text for m in find_persons(text, actors, []))
    assert_sound(text, find_places(text, actors, []))
    assert time.process_time() - start < 10


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 9))))
def test_taken_stretches_never_overlap(wanted: list[tuple[int, int]]) -> None:
    taken = Taken()
    kept: list[tuple[int, int]] = []
    for start, length in wanted:
        free = all(start + length <= s or e <= start for s, e in kept)
        assert taken.touches(start, start + length) is not free
        assert taken.add(start, start + length) is free
        kept += [(start, start + length)] if free else []
    assert list(taken.in_order()) == sorted(kept)
