"""Addresses of the web as somebody wrote them, and what is wrong with them.

Invariant: what is checked here is the very value that is connected to; there is no second reading of the text.
"""

from __future__ import annotations

import re

import httpx

from followthearms.errors import FetchError

_PORTS = {"http": 80, "https": 443}
_FIRST_FREE_PORT, _LAST_PORT = 1024, 65535
_HOST = re.compile(r"[A-Za-z0-9._:-]+")
_LONGEST_SHOWN = 200


def shown(url: str) -> str:
    """An address as it can be printed, on one line and not endless."""
    plain = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in url)
    return plain if len(plain) <= _LONGEST_SHOWN else f"{plain[:_LONGEST_SHOWN]}…"


def checked_url(written: str) -> httpx.URL:
    """The address, if it is one that pages are fetched from. Raises FetchError."""
    try:
        url = httpx.URL(written).copy_with(fragment=None)
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchError(shown(written), f"is no address ({error})", "copy it from the browser") from error
    if problem := _problem(written, url):
        raise FetchError(shown(written), problem, "give the address of the page itself, as https://…")
    return url


def _problem(written: str, url: httpx.URL) -> str:
    if url.scheme not in _PORTS:
        return f"is of the kind {url.scheme!r}, and only http and https are fetched"
    if "\\" in written or any(char.isspace() or not char.isprintable() for char in written):
        return "has characters that no address has"
    if url.userinfo:
        return "holds a name or a password"
    if not _HOST.fullmatch(ascii_host(url)):
        return "names no host"
    if url.port is not None and not (url.port == _PORTS[url.scheme] or _FIRST_FREE_PORT <= url.port <= _LAST_PORT):
        return f"asks for port {url.port}, which belongs to something else than the web"
    return ""


def ascii_host(url: httpx.URL) -> str:
    """The name of the host as it is resolved."""
    return url.raw_host.decode("ascii")


def site(url: httpx.URL) -> str:
    """Scheme, host and port: what a robots.txt speaks for."""
    return str(url.copy_with(raw_path=b"/", fragment=None)).rstrip("/")
