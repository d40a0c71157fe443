"""Filters under names, kept in a cookie of the browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from followthearms.errors import UsageError
from followthearms.web.app import create_app
from followthearms.web.views.deals.saved import COOKIE, MOST, Saved, dump, kept, load
from tests.web.hostile import STRINGS
from tests.web.pages import post


@pytest.fixture
def client(sample) -> Iterator[TestClient]:
    with TestClient(create_app(sample, hosts={"testserver"})) as client:
        yield client


def listed(client: TestClient) -> dict[str, str]:
    page = client.get("/deals").text.partition("Saved filters")[2].partition("</ul>")[0]
    return {unescape(name): unescape(href) for href, name in re.findall(r'<a href="([^"]*)"><bdi>([^<]*)', page)}


def test_a_filter_is_saved_found_again_replaced_and_forgotten(client: TestClient) -> None:
    answer = post(client, "/filters", {"name": " Russia ", "q": "supplier:RU", "columns": ["value", "date"]})
    assert listed(client) == {"Russia": "/deals?q=supplier%3ARU&columns=value&columns=date"}
    assert str(answer.url).endswith(listed(client)["Russia"])
    assert listed(TestClient(client.app)) == {}  # another browser
    post(client, "/filters", {"name": "Russia", "q": "party:RU"})
    post(client, "/filters", {"name": "all"})
    assert listed(client) == {"Russia": "/deals?q=party%3ARU", "all": "/deals"}
    post(client, "/filters/forget", {"name": "Russia", "back": "/deals?q=rifle"})
    assert listed(client) == {"all": "/deals"}


def test_a_filter_without_a_name_or_that_cannot_be_understood_is_refused(client: TestClient) -> None:
    for form in ({"name": "  "}, {"name": "x" * 61}, {"name": "x", "q": "suplier:RU"}):
        assert post(client, "/filters", form).status_code == 422
    assert listed(client) == {}


def test_names_run_nothing_and_scripts_do_not_see_the_cookie(client: TestClient) -> None:
    for name in STRINGS[:MOST]:
        answer = post(client, "/filters", {"name": name[:60].replace("\ud800", "")}, follow_redirects=False)
        assert "HttpOnly" in answer.headers["Set-Cookie"] and "SameSite=lax" in answer.headers["Set-Cookie"]
    page = client.get("/deals").text
    assert not [name for name in STRINGS if "<" in name and name[:60] in page]
    assert len(listed(client)) >= MOST - 1


def test_there_are_not_too_many_nor_too_long_ones() -> None:
    many = tuple(Saved(str(n), "rifle") for n in range(MOST))
    assert load(dump(many)) == many
    with pytest.raises(UsageError, match="forget one"):
        dump(kept(many, Saved("one more", "")))
    with pytest.raises(UsageError, match="forget one"):
        dump([Saved(str(n), "x" * 900) for n in range(4)])


@given(st.one_of(st.none(), st.text(max_size=60), st.binary(max_size=60).map(bytes.hex)))
def test_a_cookie_that_we_did_not_write_is_as_none(cookie: str | None) -> None:
    assert load(cookie) == ()


def test_the_cookie_leads_nowhere_else(client: TestClient) -> None:
    client.cookies.set(COOKIE, dump([Saved("away", "//evil.example/", ("javascript:x",))]))
    assert listed(client)["away"].startswith("/deals?")
