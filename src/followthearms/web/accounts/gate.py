"""Before any page: who asks, and the token for the forms of the page that is made for them.

Invariants: `request.state` has `visitor` and `token` in every route and in every page of an error; and what shows or
changes anything of the register is not even asked for a visitor who is not known.
"""

from __future__ import annotations

from urllib.parse import quote

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from followthearms.errors import FollowTheArmsError
from followthearms.web import links
from followthearms.web.accounts.doors import Door
from followthearms.web.accounts.tokens import VISIT_COOKIE, known_visit, new_visit, token
from followthearms.web.failures import failure, on_purpose

LOGIN = "/login"
_LOG_IN = "Log in first. If you were sending a form, log in on another tab, go back and send it again: nothing is lost."


class Gate:
    """Lets a request in with all that is known of who sends it."""

    def __init__(self, app: ASGIApp, door: Door, key: str) -> None:
        self._app, self._door, self._key = app, door, key

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        is_public = scope["path"].startswith("/static/")  # not of `request.url`, which the Host header is part of
        known = known_visit(request.cookies.get(VISIT_COOKIE))
        visit = known or new_visit()

        async def send_with_visit(message: Message) -> None:
            if message["type"] == "http.response.start" and not known and not is_public:
                MutableHeaders(scope=message).append("Set-Cookie", _cookie(request, visit))
            await send(message)

        request.state.visitor, request.state.token = None, token(self._key, visit, "")
        answer = self._app if is_public else await self._let_in(request, visit)
        await answer(scope, receive, send_with_visit)

    async def _let_in(self, request: Request, visit: str) -> ASGIApp:
        """What answers a request: the application, or a refusal."""
        try:
            visitor = await run_in_threadpool(self._door.visitor, request)
        except FollowTheArmsError as error:  # routes' own errors are answered further in
            return on_purpose(request, error)
        if visitor:
            request.state.visitor, request.state.token = visitor, token(self._key, visit, visitor.name)
        elif request.scope["path"] != LOGIN:
            return _turned_away(request)
        return self._app


def _turned_away(request: Request) -> Response:
    """To the login page, from which the way leads back; a program and a form are told so instead."""
    here = request.scope["path"]
    if request.method not in ("GET", "HEAD") or not links.is_page(here):
        return failure(request, 401, _LOG_IN)
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(links.listing(LOGIN, back=f"{quote(here)}{query}"), 303)


def _cookie(request: Request, visit: str) -> str:
    """The cookie that names a browser, until it is closed. "Lax" and not "Strict": who follows a link from a letter
    would come without it, get a new one, and could no longer send the forms of the pages open in other tabs."""
    secure = "; Secure" if request.url.scheme == "https" else ""
    return f"{VISIT_COOKIE}={visit}; Path=/; HttpOnly; SameSite=Lax{secure}"
