"""Who may what: tokens and roles on every route that changes something, logins, sessions and their ends."""

from __future__ import annotations

import logging
import os
import re
import shutil
import ssl
import stat
import subprocess
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import APIRouter, FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from starlette.routing import BaseRoute, Mount

from followthearms.errors import UsageError
from followthearms.model.accounts import Role
from followthearms.register import Register
from followthearms.web.accounts import attempts, sessions
from followthearms.web.accounts.attempts import PER_ACCOUNT, PER_ADDRESS, WINDOW, Attempts
from followthearms.web.accounts.keys import secret_key
from followthearms.web.accounts.tokens import HEADER
from followthearms.web.accounts.visitors import AtLeast
from followthearms.web.app import create_app
from followthearms.web.server import Place, Team, serve
from tests.web.conftest import serving
from tests.web.pages import post, token
from tests.web.team import NAMES, PASSWORD, Enter, login

SAFE = {"GET", "HEAD", "OPTIONS"}
FOR_ANYBODY = {"/login", "/logout", "/theme", "/account/password", "/filters", "/filters/forget"}
"""What changes nothing in the register, but in the browser or one's own account: whoever may read may do it."""


def every(routes: Iterable[BaseRoute]) -> Iterator[BaseRoute]:
    """The routes of an application, with those of the routers in it."""
    for route in routes:
        inner = getattr(route, "original_router", route)
        if isinstance(inner, Mount | APIRouter):
            yield from every(inner.routes)
        else:
            yield route


def changing(app: FastAPI) -> list[tuple[str, str, APIRoute]]:
    """Every route that may change something, as method, address and route."""
    found = []
    for route in every(app.routes):
        for method in (getattr(route, "methods", None) or set()) - SAFE:
            assert isinstance(route, APIRoute), f"{route} is not checked for a token"
            found.append((method, re.sub(r"\{[^}]*\}", "x", route.path), route))
    return sorted(found, key=lambda one: one[:2])


def wanted(dependant: Dependant) -> list[Role]:
    """The roles that a route asks for."""
    own = [dependant.call.role] if isinstance(dependant.call, AtLeast) else []
    return own + [role for part in dependant.dependencies for role in wanted(part)]


# Tokens


def test_there_are_routes_that_change_something(app: FastAPI) -> None:
    assert {path for _, path, _ in changing(app)} >= {*FOR_ANYBODY, "/users", "/users/x/role"}


def test_no_route_is_taken_without_the_token_of_its_page(app: FastAPI, enter: Enter) -> None:
    editor, other = enter("Edith"), enter("Anna")
    wrong = ["", "x", "\u00e9", token(other), token(enter(None), "/login")]
    for method, path, _ in changing(app):
        for data in ({}, *({"token": one} for one in wrong)):
            answer = editor.request(method, path, data=data)
            assert answer.status_code == 403 and "load that page again" in answer.text, (method, path, data)
        given = {HEADER: token(other)}
        assert editor.request(method, path, headers=given, json={}).status_code == 403, (method, path)
    assert editor.get("/deals").status_code == 200  # nobody was logged out


def test_a_program_may_send_the_token_in_a_header(enter: Enter) -> None:
    client = enter("Rita")
    answer = client.post("/theme", data={"theme": "dark"}, headers={HEADER: token(client)})
    assert answer.status_code == 303


def test_a_token_is_of_one_browser(enter: Enter) -> None:
    one, other = enter("Rita"), enter("Rita")
    assert token(one) == token(one) != token(other)
    assert one.post("/theme", data={"theme": "dark", "token": token(other)}).status_code == 403


def test_a_form_that_was_open_at_a_new_login_can_still_be_sent(enter: Enter) -> None:
    client = enter("Anna")
    before = token(client)
    client.cookies.delete(sessions.COOKIE)
    refused = client.post("/theme", data={"theme": "dark", "token": before})
    assert refused.status_code == 401 and "go back" in refused.text
    login(client, "Anna")
    assert client.post("/theme", data={"theme": "dark", "token": before}).status_code == 303


def test_alone_a_form_needs_its_token_too(sample: Path, tmp_path: Path) -> None:
    app = create_app(shutil.copy(sample, tmp_path / "register.db"), hosts={"testserver"})
    with TestClient(app, follow_redirects=False) as client:
        for method, path, _ in changing(app):
            assert client.request(method, path).status_code == 403, path
        assert post(client, "/theme", {"theme": "dark"}).status_code == 303
        assert client.get("/login").status_code == 404
        assert "HttpOnly; SameSite=Lax" in TestClient(app).get("/deals").headers["Set-Cookie"]


# Roles


def test_every_route_that_changes_the_register_says_for_whom_it_is(app: FastAPI) -> None:
    silent = {route.path for _, _, route in changing(app) if not wanted(route.dependant)}
    assert silent <= FOR_ANYBODY
    weak = {route.path for _, _, route in changing(app) if Role.READER in wanted(route.dependant)}
    assert weak <= FOR_ANYBODY


@pytest.mark.parametrize("role", Role)
def test_a_role_is_refused_what_is_not_its_own(app: FastAPI, enter: Enter, role: Role) -> None:
    client = enter(NAMES[role])
    data = {"token": token(client)}
    for method, path, route in changing(app):
        if route.path in FOR_ANYBODY:
            continue
        answer = client.request(method, path, data=data)
        may = all(role.may(one) for one in wanted(route.dependant))
        assert (answer.status_code == 403) is not may, (path, answer.text)
        assert answer.status_code != 401 and answer.status_code < 500


def test_nobody_reads_anything_before_logging_in(app: FastAPI, enter: Enter) -> None:
    client = enter(None)
    paths = {re.sub(r"\{[^}]*\}", "x", getattr(route, "path", "")) for route in every(app.routes)} - {
        "/login",
        "/static",
    }
    assert {"/deals", "/openapi.json", "/users"} <= paths
    for path in [*paths, "/as-of/2026-01-01/deals", "/nowhere", "//static/x", "/static/../deals", "/login/x"]:
        answer = client.get(path)
        if answer.status_code == 404 and path.startswith("/static"):
            continue
        assert answer.status_code == (401 if path.endswith((".json", ".csv")) else 303), path
        assert "India" not in answer.text
    for method, path, _ in changing(app):
        data = {"token": token(client, "/login")}
        if path != "/login":
            assert client.request(method, path, data=data).status_code == 401, path
    assert client.get("/static/app.css").status_code == 200
    assert "Contradictions" not in client.get("/login").text


# Logging in


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


# Sessions end


def test_logging_out_ends_the_session_in_all_browsers(enter: Enter) -> None:
    one, other = enter("Anna"), enter("Anna")
    copied = one.cookies[sessions.COOKIE]
    assert post(one, "/logout", {}).headers["Location"] == "/login"
    assert sessions.COOKIE not in one.cookies
    one.cookies.set(sessions.COOKIE, copied)
    assert one.get("/deals").status_code == other.get("/deals").status_code == 303


@pytest.mark.parametrize(
    "change",
    [
        lambda accounts: accounts.set_password("Anna", "another password"),
        lambda accounts: accounts.set_role("Anna", Role.READER),
        lambda accounts: accounts.set_active("Anna", False),
    ],
)
def test_what_ends_a_session_from_outside(enter: Enter, file: Path, change: Callable[[Any], object]) -> None:
    client = enter("Anna")
    assert client.get("/deals").status_code == 200
    with Register.open(file) as register:  # as another process would
        change(register.accounts)
    assert client.get("/deals").status_code == 303


def test_a_session_expires(enter: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    client = enter("Anna")
    monkeypatch.setattr(sessions, "LASTS", -sessions.LASTS)
    assert client.get("/deals").status_code == 303


def test_a_cookie_that_was_tampered_with_is_none(enter: Enter) -> None:
    client = enter("Anna")
    good = client.cookies[sessions.COOKIE]
    for cookie in (good[:-1], "x" + good, good.replace(".", "", 1), "", "a.b.c", "é"):
        with_it = enter(None)
        assert with_it.get("/deals", headers={"Cookie": f"{sessions.COOKIE}={cookie}".encode()}).status_code == 303


def test_a_cookie_of_another_key_or_register_is_none(
    enter: Enter, prepared: Path, sample: Path, tmp_path: Path
) -> None:
    cookie = enter("Anna").cookies[sessions.COOKIE]
    other = Path(shutil.copy(sample, tmp_path / "other.db"))
    shutil.copy(tmp_path / "register.db.key", tmp_path / "other.db.key")
    with Register.open(other) as register:
        register.accounts.add("Anna", Role.EDITOR, PASSWORD)
    app = create_app(other, hosts={"testserver"}, is_team=True)
    with TestClient(app, follow_redirects=False, cookies={sessions.COOKIE: cookie}) as client:
        assert client.get("/deals").status_code == 303


# One's own account, and those of others


def test_a_password_is_changed_by_who_knows_it(enter: Enter) -> None:
    client, elsewhere = enter("Anna"), enter("Anna")
    new = {"new": "nine white swans", "again": "nine white swans"}
    path = "/account/password"
    assert "Not changed" in post(client, path, {"password": "eleven blue tits", **new}).text
    assert "not written alike" in post(client, path, {"password": PASSWORD, **new, "again": "nine black swans"}).text
    assert "at least 12" in post(client, path, {"password": PASSWORD, "new": "short", "again": "short"}).text
    assert elsewhere.get("/deals").status_code == 200
    assert post(client, path, {"password": PASSWORD, **new}).status_code == 303
    assert client.get("/account?changed=1").status_code == 200  # still in
    assert elsewhere.get("/deals").status_code == 303
    assert login(enter(None), "Anna").status_code == 403
    assert login(enter(None), "Anna", "nine white swans").status_code == 303


def test_an_editor_gives_out_accounts_and_takes_them_back(enter: Enter) -> None:
    editor = enter("Edith")
    made = {"name": "Ben", "role": "reader", "password": PASSWORD}
    assert post(editor, "/users", {**made, "password": "short"}).status_code == 422
    assert post(editor, "/users", made).status_code == 303
    again = post(editor, "/users", made)
    assert again.status_code == 422 and "account Ben already" in again.text
    ben = enter("Ben")
    assert ben.get("/users").status_code == ben.get("/users.json").status_code == 403
    for path, data in (("role", {"role": "analyst"}), ("password", {"password": "nine white swans"}), ("close", {})):
        assert post(editor, f"/users/Ben/{path}", data).status_code == 303
        assert ben.get("/deals").status_code == 303
    assert login(ben, "Ben", "nine white swans").status_code == 403
    assert post(editor, "/users/Ben/open", {}).status_code == 303
    assert login(ben, "Ben", "nine white swans").status_code == 303
    told = editor.get("/users.json")
    assert {"name": "Ben", "role": "analyst", "is_active": True} in [
        {key: value for key, value in one.items() if key != "made"} for one in told.json()
    ]
    assert "argon2" not in told.text


def test_an_editor_cannot_shut_himself_out(enter: Enter) -> None:
    editor = enter("Edith")
    for path, data in (("role", {"role": "reader"}), ("close", {}), ("password", {"password": PASSWORD})):
        answer = post(editor, f"/users/Edith/{path}", data)
        assert answer.status_code == 422 and "your own account" in answer.text
    assert editor.get("/users").status_code == 200


# The key


def test_the_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    made = secret_key(tmp_path / "r.db")
    assert secret_key(tmp_path / "r.db") == made and len(made) == 64
    assert stat.S_IMODE((tmp_path / "r.db.key").stat().st_mode) == 0o600
    assert secret_key(tmp_path / "other.db") != made
    assert secret_key(None) != secret_key(None)


def test_a_key_that_others_could_know_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret_key(tmp_path / "r.db")
    (tmp_path / "r.db.key").chmod(0o644)
    with pytest.raises(UsageError, match="other users can read this key"):
        secret_key(tmp_path / "r.db")
    (tmp_path / "short.db.key").write_text("abc")
    (tmp_path / "short.db.key").chmod(0o600)
    with pytest.raises(UsageError, match=r"short\.db\.key: a secret key has at least 32"):
        secret_key(tmp_path / "short.db")
    monkeypatch.setenv("FTA_SECRET_KEY", "abc")
    with pytest.raises(UsageError, match="FTA_SECRET_KEY: a secret key has at least 32") as refused:
        secret_key(tmp_path / "r.db")
    assert "abc" not in str(refused.value)
    monkeypatch.setenv("FTA_SECRET_KEY", "k" * 32)
    assert secret_key(tmp_path / "r.db") == "k" * 32


# The log, and a real server


def test_logins_are_in_the_log_and_passwords_are_not(enter: Enter, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    client = enter("Anna")
    login(enter(None), "Anna", "eleven blue tits")
    login(enter(None), "hunter2hunter2", "x")  # a password at the wrong place
    post(client, "/account/password", {"password": PASSWORD, "new": "nine white swans", "again": "nine white swans"})
    post(client, "/logout", {})
    told = [one.getMessage() for one in caplog.records if one.name == "followthearms.accounts"]
    assert [line.split(" from ")[0] for line in told] == [
        "login: Anna",
        "login refused: Anna",
        "login refused: (no account)",
        "new password: Anna",
        "logout: Anna",
    ]
    for secret in (PASSWORD, "eleven blue tits", "hunter2", "nine white swans", "argon2"):
        assert secret not in caplog.text


def test_a_team_without_accounts_is_told_how_to_make_one(sample: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="fta users add"):
        create_app(shutil.copy(sample, tmp_path / "register.db"), is_team=True)


def test_a_real_server_lets_in_who_logs_in(file: Path) -> None:
    for address in serving(file, "--team"):
        with httpx.Client(base_url=address, timeout=30) as client:
            assert client.get("/deals").status_code == 303
            assert login(client, "Anna", "eleven blue tits").status_code == 403
            answer = login(client, "Anna", back="/deals")
            assert (answer.status_code, answer.headers["Location"]) == (303, "/deals")
            assert "Anna" in client.get("/deals").text
            assert client.get("/users").status_code == 403
            forged = {"X-Forwarded-For": "10.1.1.1", "X-Forwarded-Proto": "https"}
            assert "Secure" not in httpx.get(f"{address}/login", headers=forged).headers["Set-Cookie"]
            assert post(client, "/logout", {}).status_code == 303
            assert client.get("/deals").status_code == 303


def test_a_named_proxy_is_believed(file: Path) -> None:
    for address in serving(file, "--team", "--proxy", "127.0.0.1"):
        forwarded = {"X-Forwarded-For": "10.1.1.1", "X-Forwarded-Proto": "https"}
        assert "Secure" in httpx.get(f"{address}/login", headers=forwarded).headers["Set-Cookie"]


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    """A certificate for localhost, and its key. A build machine must have openssl."""
    openssl = shutil.which("openssl")
    if openssl is None:
        if os.environ.get("CI"):
            pytest.fail("openssl is missing")
        pytest.skip("openssl is missing")
    pem, key = tmp_path / "site.pem", tmp_path / "site.key"
    made = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost"
    names = ["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-out", str(pem), "-keyout", str(key)]
    subprocess.run([openssl, *made.split(), *names], check=True, capture_output=True)
    return pem, key


def test_a_real_server_with_a_certificate(file: Path, certificate: tuple[Path, Path]) -> None:
    pem, key = certificate
    options = ("--team", "--name", "localhost", "--certificate", str(pem), "--key", str(key))
    for address in serving(file, *options):
        trusting = ssl.create_default_context(cafile=pem)
        with httpx.Client(base_url=address, verify=trusting, timeout=30) as client:
            assert login(client, "Anna").status_code == 303
            assert client.get("/deals").status_code == 200


@pytest.mark.parametrize(
    "place, told",
    [
        (Place("0.0.0.0", 0, Team()), "--host 0.0.0.0: say with --name"),
        (Place(port=0, team=Team(certificate="nowhere.pem")), "--certificate nowhere.pem: cannot be used"),
        (Place(port=0, team=Team(key="nowhere.pem")), "--key: is the key of no certificate"),
    ],
)
def test_what_a_team_cannot_be_served_with(file: Path, place: Place, told: str) -> None:
    with pytest.raises(UsageError, match=re.escape(told)):
        serve(file, place, on_start=pytest.fail)
