"""Logging in, and the limits of trying to."""

from __future__ import annotations

import re

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from followthearms.web.accounts import attempts
from followthearms.web.accounts.attempts import PER_ACCOUNT, PER_ADDRESS, WINDOW, Attempts
from tests.web.team import PASSWORD, Enter, login


def test_a_login_leads_to_the_page_that_was_asked_for(enter: Enter) -> None:
    client = enter(None)
    sent = client.get("/deals?q=supplier%3ARU&sort=x")
    assert sent.status_code == 303
    assert sent.headers["Location"] == "/login?back=%2Fdeals%3Fq%3Dsupplier%253ARU%26sort%3Dx"
    page = client.get(sent.headers["Location"]).text
    back = re.search(r'name="back" value="([^"]+)"', page)
    assert back and back.group(1) == "/deals?q=supplier%3ARU&amp;sort=x"
    assert login(client, "Anna", back="/deals?q=supplier%3ARU").headers["Location"] == "/deals?q=supplier%3ARU"
    assert client.get("/login?back=/sources").headers["Location"] == "/sources"
    head = client.get("/sources").text
    assert "Anna" in head and "analyst" in head and "Log out" in head


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_a_login_leads_nowhere_else(enter: Enter, back: str) -> None:
    assert login(enter(None), "Anna", back=back).headers["Location"] == "/"


@pytest.mark.parametrize("name, password", [("Anna", "eleven blue tits"), ("Nobody", PASSWORD), ("anna", PASSWORD)])
def test_who_is_not_known_is_not_let_in(enter: Enter, name: str, password: str) -> None:
    client = enter(None)
    answer = login(client, name, password)
    assert answer.status_code == 403 and "no open account with that name and password" in answer.text
    assert f'value="{name}"' in answer.text and password not in answer.text
    assert client.get("/deals").status_code == 303


def test_the_cookie_of_a_session(app: FastAPI) -> None:
    for scheme, is_secure in (("http", False), ("https", True)):
        with TestClient(app, base_url=f"{scheme}://testserver", follow_redirects=False) as client:
            given = login(client, "Anna").headers["Set-Cookie"]
            assert {"HttpOnly", "Path=/", "SameSite=lax", f"Max-Age={12 * 3600}"} <= set(given.split("; "))
            assert ("Secure" in given.split("; ")) is is_secure
            first = TestClient(app, base_url=f"{scheme}://testserver").get("/login").headers["Set-Cookie"]
            assert ("Secure" in first.split("; ")) is is_secure


def test_too_many_failures_shut_the_door_for_a_while(enter: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    client = enter(None)
    monkeypatch.setattr(client.app.state.door, "_attempts", Attempts(lambda: now))
    for _ in range(PER_ACCOUNT):
        assert login(client, "Anna", "eleven blue tits").status_code == 403
    refused = login(client, "Anna")  # with the right one
    assert refused.status_code == 429 and int(refused.headers["Retry-After"]) == WINDOW
    assert "Try again in 15 minutes" in refused.text
    assert login(client, "Rita").status_code == 303
    now += WINDOW + 1
    assert login(enter(None), "Anna").status_code == 303


def test_the_limits_of_attempts() -> None:
    now = 0.0
    tried = Attempts(lambda: now)
    assert [tried.begin("Anna", "10.0.0.1") for _ in range(PER_ACCOUNT)] == [0] * PER_ACCOUNT
    assert tried.begin(" ANNA ", "10.0.0.2") == WINDOW  # however it is written, from wherever
    assert [tried.begin(f"n{n}", "10.0.0.1") for n in range(PER_ADDRESS - PER_ACCOUNT)] == [0] * 20
    assert tried.begin("Rita", "10.0.0.1") == WINDOW
    assert tried.begin("Rita", "10.0.0.2") == 0
    tried.succeeded("Rita", "10.0.0.2")
    for n in range(PER_ADDRESS):
        assert tried.begin(f"m{n}", f"2001:db8::{n:x}") == 0  # one network
    assert tried.begin("x", "2001:db8::ffff:1") and not tried.begin("x", "2001:db8:0:1::1")
    now = 100.0
    assert tried.begin("Anna", "10.0.0.9") == WINDOW - 100
    now = WINDOW + 1
    assert tried.begin("Anna", "10.0.0.1") == 0
    assert len(tried._failed) == 2  # Anna and her address; the rest is forgotten
    assert attempts.PER_ADDRESS > attempts.PER_ACCOUNT


def test_a_right_password_is_no_failure() -> None:
    tried = Attempts(lambda: 0.0)
    for _ in range(10 * PER_ADDRESS):
        assert tried.begin("Anna", "10.0.0.1") == 0
        tried.succeeded("Anna", "10.0.0.1")
