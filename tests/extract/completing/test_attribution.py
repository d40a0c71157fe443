"""Who says so: speakers and media, and what looks like one and is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followthearms.extract.completing.attribution import attribution_cues
from followthearms.model import Claim, Document
from followthearms.pipeline import read

FACT = "Sweden delivered 12 howitzers to Norway"
SPEAKERS = [
    (f"The ministry said that {FACT}.", ["ministry"]),
    (f"{FACT}, senior officials said.", ["senior officials"]),
    (f"According to diplomats, {FACT}.", ["diplomats"]),
    (f"{FACT} at 2 million euros per unit.", []),
    (f"{FACT}.", []),
    # a pronoun stays as written where it shares the sentence, and is resolved where it does not
    (f"Defence Minister Arne Dahl spoke on Monday. He said {FACT}.", ["He"]),
    (f'"We are glad," Defence Minister Arne Dahl said. "{FACT}."', ["Arne Dahl"]),
    # an office with its holder gives the name
    (f"The managing director, Astrid Holm, confirmed that {FACT}.", ["Astrid Holm"]),
    # turns of a transcript
    (f"MR. DAHL: Thank you.\n\n{FACT}.", ["MR. DAHL"]),
    (f"MR. DAHL: Thank you.\n\nQ Is it true?\n\n{FACT}.", []),
    # who merely takes part does not speak
    (f"After {FACT}, Denmark said that it was content.", []),
]
MEDIA = [
    (f"Reuters reported that {FACT}.", "Reuters"),
    (f"The minister told Zeta Times that {FACT}.", "Zeta Times"),
    (f"armswatch.org has been told that {FACT}.", "armswatch.org"),
    (f"The minister said that {FACT}.", None),
    (f"{FACT}.", None),
]


def only(text: str) -> Claim:
    claims = [c for c in read(Document(id="t", text=text)).claims if c.trigger.text == "delivered"]
    assert len(claims) == 1
    return claims[0]


@pytest.mark.parametrize(("text", "speakers"), SPEAKERS)
def test_speaker(text: str, speakers: list[str]) -> None:
    assert [s.text for s in only(text).speaker] == speakers


@pytest.mark.parametrize(("text", "medium"), MEDIA)
def test_medium(text: str, medium: str | None) -> None:
    found = only(text).medium
    assert (found.text if found else None) == medium


def test_outlet_names_its_source() -> None:
    claim = only(f"The paper reported that {FACT}, citing diplomats.")
    assert [s.text for s in claim.speaker] == ["diplomats"]


PIECES = st.sampled_from(
    [
        "MR. DAHL:",
        "\n",
        "Q ",
        FACT + ".",
        " he said",
        '"',
        "”",
        "According to",
        " armswatch.org ",
        "Reuters",
        " told ",
        "SOURCE: ",
    ]
)


@given(st.lists(PIECES, max_size=8))
def test_every_quote_is_the_texts_own(pieces: list[str]) -> None:
    text = "".join(pieces) or "."
    for claim in read(Document(id="t", text=text)).claims if text.strip() else ():
        spans = [*claim.speaker, *([claim.medium] if claim.medium else [])]
        assert all(text[s.start : s.end] == s.text for s in spans)


@given(st.text(max_size=60))
def test_any_text_has_a_pattern_of_outlets(text: str) -> None:
    pattern = attribution_cues().outlets_of(text)
    assert pattern.search("says Reuters today")
