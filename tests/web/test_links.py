"""Addresses: every id has one, and no text leads outside but by http."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followthearms.web.links import FORMATS, listing, local, outside, segment, unsegment
from tests.web.hostile import ADDRESSES, STRINGS

IDS = st.one_of(
    st.text(st.characters(), min_size=1, max_size=30),
    st.sampled_from(
        [*STRINGS, ".", "..", "a.json", "a.CSV", "~x", "a/b", "a\\b", "a b", "equipment:AK-203", "d12", "é", "%2e"]
    ),
)


@given(IDS)
def test_an_id_is_read_back_from_its_segment(name: str) -> None:
    part = segment(name)
    assert unsegment(unquote(part)) == name
    assert part not in (".", "..")
    assert not set(part) & set('/\\?# <>"')
    assert not part.lower().endswith(FORMATS)


@pytest.mark.parametrize("name", ["d80858649f13a11e8", "RU", "company:ROSOBORONEXPORT", "equipment:AK-203"])
def test_a_plain_id_can_be_read_in_the_address(name: str) -> None:
    assert segment(name) == name


@pytest.mark.parametrize("part", ["~é", "~!!!!", "~a"])
def test_what_is_no_segment_names_nothing(part: str) -> None:
    assert unsegment(part) is None


@pytest.mark.parametrize("address", ["https://example.org/a?b=c#d", "http://example.org"])
def test_a_web_address_may_be_led_to(address: str) -> None:
    assert outside(address) == address


@pytest.mark.parametrize(
    "address",
    [
        *ADDRESSES,
        *(one for one in STRINGS if not one.startswith("https://")),
        "",
        None,
        "ftp://a/b",
        "https:///x",
        "http:a",
        "https://a\nb",
        " https://a",
        "HTTPS",
        "/x",
    ],
)
def test_nothing_else_may(address: str | None) -> None:
    assert outside(address) is None


@pytest.mark.parametrize(
    "address", ["//evil.example/", "https://evil.example/", "/\\evil.example", "x", "", "/a\r\nb", "javascript:1"]
)
def test_going_back_stays_here(address: str) -> None:
    assert local(address) == "/"


def test_the_state_of_a_page_is_in_its_address() -> None:
    assert listing("/deals", q="supplier:RU", columns=["value", "date"], after=None) == (
        "/deals?q=supplier%3ARU&columns=value&columns=date"
    )
