"""Who may what: tokens and roles on every route that changes something."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from fastapi import APIRouter, FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from starlette.routing import BaseRoute, Mount

from followthearms.model.accounts import Role
from followthearms.web.accounts import sessions
from followthearms.web.accounts.tokens import HEADER
from followthearms.web.accounts.visitors import AtLeast
from followthearms.web.app import create_app
from tests.web.pages import post, token
from tests.web.team import NAMES, Enter, login

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
