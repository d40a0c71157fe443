"""Before any page: who asks, and the token for the forms of the page that is made for them.

Invariant: `request.state` has `visitor` and `token` in every route and in every page of an error.
"""

from __future__ import annotations

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from followthearms.errors import FollowTheArmsError
from followthearms.web.accounts.doors import Door
from followthearms.web.accounts.tokens import VISIT_COOKIE, known_visit, new_visit, token
from followthearms.web.failures import on_purpose


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

        answer = self._app
        request.state.visitor, request.state.token = None, token(self._key, visit, "")
        if not is_public:
            try:
                request.state.visitor = await run_in_threadpool(self._door.visitor, request)
            except FollowTheArmsError as error:  # routes' own errors are answered further in
                answer = on_purpose(request, error)
        if request.state.visitor:
            request.state.token = token(self._key, visit, request.state.visitor.name)
        await answer(scope, receive, send_with_visit)


def _cookie(request: Request, visit: str) -> str:
    """The cookie that names a browser, until it is closed. "Lax" and not "Strict": who follows a link from a letter
    would come without it, get a new one, and could no longer send the forms of the pages open in other tabs."""
    secure = "; Secure" if request.url.scheme == "https" else ""
    return f"{VISIT_COOKIE}={visit}; Path=/; HttpOnly; SameSite=Lax{secure}"
