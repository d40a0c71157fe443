"""The accounts of a register, for editors: what `fta users` does, in the browser."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from followthearms.errors import UsageError
from followthearms.exchange.words import one_line
from followthearms.register.accounts import SHORTEST_PASSWORD, Accounts
from followthearms.web.accounts.doors import LOG
from followthearms.web.accounts.visitors import Editor, Role, Visitor
from followthearms.web.answers import Answer, answer, named, pages
from followthearms.web.rendering import render
from followthearms.web.routes.accounts.login import Name, Password

router = APIRouter(tags=["accounts"])


def _accounts(request: Request) -> Accounts:
    accounts: Accounts = request.app.state.register.accounts
    return accounts


@pages(router, "/users")
def users(request: Request, visitor: Editor) -> Response:
    """Who may log in."""
    found = _accounts(request).all()
    data = [{"name": a.name, "role": a.role, "is_active": a.is_active, "made": a.made} for a in found]
    return answer(request, Answer("accounts/users.html", _view(request), data))


@router.post("/users", response_class=RedirectResponse, status_code=303)
def add_user(
    request: Request, visitor: Editor, name: Name, role: Annotated[Role, Form()], password: Password
) -> Response:
    """Open an account."""
    try:
        made = _accounts(request).add(name, role, password)
    except UsageError as error:
        return HTMLResponse(
            render(request, "accounts/users.html", _view(request, one_line(f"{error}."), name, role)), 422
        )
    return _done(visitor, f"opened the account of {made.name}, {made.role}")


@router.post("/users/{name}/role", response_class=RedirectResponse, status_code=303)
def change_role(request: Request, visitor: Editor, name: str, role: Annotated[Role, Form()]) -> Response:
    """Change what an account may do."""
    made = _accounts(request).set_role(_other(visitor, name), role)
    return _done(visitor, f"made {made.name} a {made.role}")


@router.post("/users/{name}/password", response_class=RedirectResponse, status_code=303)
def give_password(request: Request, visitor: Editor, name: str, password: Password) -> Response:
    """Give an account another password."""
    try:
        made = _accounts(request).set_password(_other(visitor, name), password)
    except UsageError as error:
        return HTMLResponse(render(request, "accounts/users.html", _view(request, one_line(f"{error}."))), 422)
    return _done(visitor, f"gave {made.name} a new password")


@router.post("/users/{name}/close", response_class=RedirectResponse, status_code=303)
def close(request: Request, visitor: Editor, name: str) -> Response:
    """Close an account: whoever has it is logged out, and can log in no more."""
    made = _accounts(request).set_active(_other(visitor, name), False)
    return _done(visitor, f"closed the account of {made.name}")


@router.post("/users/{name}/open", response_class=RedirectResponse, status_code=303)
def reopen(request: Request, visitor: Editor, name: str) -> Response:
    """Open a closed account again."""
    made = _accounts(request).set_active(_other(visitor, name), True)
    return _done(visitor, f"opened the account of {made.name} again")


def _other(visitor: Visitor, part: str) -> str:
    """The account in an address. Raises UsageError for the visitor's own: nobody shuts himself out by mistake."""
    name = named(part, "account")
    if visitor.has_session and name == visitor.name:
        raise UsageError("this is your own account; another editor, or `fta users` on the server, can change it")
    return name


def _view(request: Request, why: str = "", name: str = "", role: Role = Role.ANALYST) -> dict[str, object]:
    accounts = _accounts(request).all()
    return {
        "accounts": accounts,
        "roles": tuple(Role),
        "why": why,
        "name": name,
        "role": role,
        "shortest": SHORTEST_PASSWORD,
    }


def _done(visitor: Visitor, what: str) -> RedirectResponse:
    LOG.info("%s %s", visitor.name, what)
    return RedirectResponse("/users", 303)
