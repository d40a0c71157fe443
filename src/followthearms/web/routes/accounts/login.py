"""Logging in and out, and one's own account, where a team shares the register."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from followthearms.errors import UsageError
from followthearms.register.accounts import SHORTEST_PASSWORD
from followthearms.web import links
from followthearms.web.accounts.doors import Denied, Door, Team
from followthearms.web.accounts.sessions import COOKIE
from followthearms.web.accounts.visitors import Reader, visitor_of
from followthearms.web.rendering import render

router = APIRouter(tags=["accounts"])


def _team(request: Request) -> Team:
    door: Door = request.app.state.door
    if not isinstance(door, Team):
        raise HTTPException(404, "Nobody needs to log in here")
    return door


OfTeam = Annotated[Team, Depends(_team)]
Name = Annotated[str, Form(max_length=100)]
Password = Annotated[str, Form(max_length=1_000)]


@router.get("/login", response_class=HTMLResponse)
def login_page(request: Request, team: OfTeam, back: Annotated[str, Query(max_length=4000)] = "/") -> Response:
    """The form to log in with."""
    if visitor_of(request):
        return RedirectResponse(links.local(back), 303)
    return _login_page(request, back)


@router.post("/login", response_class=RedirectResponse, status_code=303)
def login(
    request: Request,
    team: OfTeam,
    name: Name,
    password: Password,
    back: Annotated[str, Form(max_length=4000)] = "/",
) -> Response:
    """Log in, and go to the page that was asked for."""
    found = team.login(name, password, request)
    if isinstance(found, Denied):
        return _login_page(request, back, name, found)
    response = RedirectResponse(links.local(back), 303)
    team.sessions.start(request, response, found)
    return response


@router.post("/logout", response_class=RedirectResponse, status_code=303)
def logout(team: OfTeam, visitor: Reader) -> RedirectResponse:
    """Log out, in all browsers."""
    team.logout(visitor)
    response = RedirectResponse("/login", 303)
    response.delete_cookie(COOKIE)
    return response


@router.get("/account", response_class=HTMLResponse)
def account(request: Request, team: OfTeam, visitor: Reader) -> str:
    """One's own account."""
    return _account_page(request)


@router.post("/account/password", response_class=RedirectResponse, status_code=303)
def change_password(
    request: Request, team: OfTeam, visitor: Reader, password: Password, new: Password, again: Password
) -> Response:
    """Change one's own password; other browsers are logged out."""
    if new != again:
        return HTMLResponse(_account_page(request, "The new password was not written alike both times."), 422)
    try:
        changed = team.change_password(visitor, password, new, request)
    except UsageError as error:
        return HTMLResponse(_account_page(request, f"{error}."), 422)
    if isinstance(changed, Denied):
        return HTMLResponse(_account_page(request, changed.why), changed.status)
    response = RedirectResponse("/account?changed=1", 303)
    team.sessions.start(request, response, changed)
    return response


def _login_page(request: Request, back: str, name: str = "", denied: Denied | None = None) -> HTMLResponse:
    view = {"back": back, "name": name, "why": denied.why if denied else ""}
    return HTMLResponse(render(request, "accounts/login.html", view), denied.status if denied else 200, _wait(denied))


def _account_page(request: Request, why: str = "") -> str:
    view = {"why": why, "shortest": SHORTEST_PASSWORD, "changed": "changed" in request.query_params}
    return render(request, "accounts/account.html", view)


def _wait(denied: Denied | None) -> dict[str, str]:
    return {"Retry-After": str(denied.wait)} if denied and denied.wait else {}
