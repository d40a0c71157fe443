"""What every answer says to the browser, and which requests are refused before anything looks at them.

Invariants: no answer lets a script or a style run that is not a file of this application, whatever a text holds; a
request that would change something comes from our own pages; and the application answers to its own host names alone,
so that no page elsewhere can reach it under a name that resolves to this machine.
"""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
"""The host names of an application that runs for one person on this machine."""

MOST_SENT = 65_000_000
"""Bytes that a request may have."""

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_OUR_OWN = frozenset({"same-origin", "none"})  # "none": the person entered the address
_FOREVER = "public, max-age=31536000, immutable"


class Guard:
    """Puts the headers on every answer and refuses what is none of this application's business."""

    def __init__(self, app: ASGIApp, hosts: Collection[str]) -> None:
        self._app, self._hosts = app, hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                protect(MutableHeaders(scope=message), scope["path"])
            await send(message)

        refusal = self._refusal(scope["method"], Headers(scope=scope))
        await (refusal or self._app)(scope, receive, send_guarded)

    def _refusal(self, method: str, headers: Headers) -> PlainTextResponse | None:
        host = headers.get("host", "")
        if _name(host) not in self._hosts:
            return PlainTextResponse("This application does not answer to that host name.\n", status_code=421)
        if method not in _SAFE and not _is_our_own(headers, host):
            return PlainTextResponse("Refused: the request comes from another site.\n", status_code=403)
        return _too_much(headers)


def protect(headers: MutableHeaders, path: str) -> None:
    """Set the headers of an answer. Files of the application may be kept: their addresses change with them."""
    for name, value in HEADERS.items():
        headers[name] = value
    headers["Cache-Control"] = _FOREVER if path.startswith("/static/") else "no-store"


def _too_much(headers: Headers) -> PlainTextResponse | None:
    """A refusal of a body that is too large, or does not say how large it is."""
    if "transfer-encoding" in headers:
        return PlainTextResponse("Say how long the request is.\n", status_code=411)
    size = headers.get("content-length", "0")
    if not size.isdecimal() or int(size[:12]) > MOST_SENT:
        return PlainTextResponse(f"More than {MOST_SENT // 1_000_000} MB are not taken at once.\n", status_code=413)
    return None


def _name(host: str) -> str:
    """A host without its port."""
    return host if host.endswith("]") else host.rpartition(":")[0] or host


def _is_our_own(headers: Headers, host: str) -> bool:
    """Whether our own page sends the request: as the browser says; a client that says nothing is no browser."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None:
        return site in _OUR_OWN
    return origin is None or urlsplit(origin).netloc == host
