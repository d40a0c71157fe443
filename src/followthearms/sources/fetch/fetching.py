"""Fetching one page after the other, politely.

Invariant: whatever is wrong with an address or an answer is a `FetchError` that names the address and the remedy.
"""

from __future__ import annotations

import datetime as dt
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.metadata import version
from types import TracebackType

import httpcore
import httpx

from followthearms.config import settings
from followthearms.errors import FetchError
from followthearms.sources.fetch.addresses import ascii_host, checked_url, shown, site
from followthearms.sources.fetch.bodies import BadBody, body
from followthearms.sources.fetch.connecting import CheckedNetwork, Deadline
from followthearms.sources.fetch.networks import Networks, NotAllowed, Resolver, system_resolver
from followthearms.sources.fetch.robots import NAME, Robots

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_NOT_MODIFIED = 304
_SAVE_IT = "save the page in your browser and read the file"
_REMEDIES: Mapping[int, tuple[str, str]] = {
    401: ("may be read only by who is logged in", _SAVE_IT),
    402: ("has to be paid for", _SAVE_IT),
    403: ("may not be read by programs, says its site", _SAVE_IT),
    404: ("does not exist", "check the address"),
    410: ("does not exist any more", "look for a copy in a web archive"),
    429: ("was asked for too often", "try again later"),
    451: ("may not be shown, for legal reasons", _SAVE_IT),
    503: ("is not available now", "try again later"),
}


@dataclass(frozen=True, slots=True)
class FetchOptions:
    """How to fetch. `max_bytes` limits an answer, before and after unpacking; `step` seconds each wait for the server,
    `whole` an answer from the first byte to the last; `pause` is what two pages of one host lie apart. `allowed` are
    networks that may be reached although they are not public."""

    max_bytes: int = field(default_factory=lambda: settings().max_bytes)
    step: float = 15.0
    whole: float = 60.0
    pause: float = 1.0
    redirects: int = 5
    allowed: Networks = ()


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer: its bytes, the address that it came from in the end, its status (200, or 304 for what has not changed
    since it was last fetched), its headers by names in lower case, and when it came (UTC)."""

    data: bytes
    url: str
    status: int
    headers: Mapping[str, str]
    retrieved: dt.datetime

    @property
    def is_unchanged(self) -> bool:
        """True if the server says that nothing has changed since the last time; there are no bytes then."""
        return self.status == _NOT_MODIFIED


class Fetcher:
    """Fetches pages and keeps in mind what their sites ask for. For one thread at a time; close it, or use `with`.

    `resolve` tells the addresses of a host, `sleep` waits.
    """

    def __init__(
        self,
        options: FetchOptions | None = None,
        resolve: Resolver = system_resolver,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._options = options or FetchOptions()
        self._deadline = Deadline()
        self._sleep = sleep
        self._last: dict[str, float] = {}
        self._robots = Robots(self._rules)
        self._pool = httpcore.ConnectionPool(
            ssl_context=_certificates(),
            max_connections=1,
            network_backend=CheckedNetwork(resolve, self._options.allowed, self._deadline),
        )

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close what connections are open."""
        self._pool.close()

    def fetch(self, url: str, etag: str | None = None, modified: str | None = None) -> Fetched:
        """The page at an address. `etag` and `modified` are the headers ETag and Last-Modified of the last time.

        Raises FetchError.
        """
        asked = {"if-none-match": etag, "if-modified-since": modified}
        found = self._followed(checked_url(url), {name: value for name, value in asked.items() if value}, True)
        if found.status == _NOT_MODIFIED and (etag or modified):
            return found
        if not 200 <= found.status < 300:
            problem, remedy = _REMEDIES.get(found.status, (f"was answered with {found.status}", "try again later"))
            raise FetchError(shown(found.url), problem, remedy)
        return found

    def _rules(self, url: str) -> tuple[int, bytes]:
        found = self._followed(checked_url(url), {}, False)
        return found.status, found.data

    def _followed(self, url: httpx.URL, headers: Mapping[str, str], asks_robots: bool) -> Fetched:
        """The answer at the end of the redirects, each of them checked as the first address is."""
        first = url
        for _ in range(self._options.redirects + 1):
            if asks_robots:
                self._ask_leave(url)
            found = self._answer(url, headers)
            if found.status not in _REDIRECTS or "location" not in found.headers:
                return found
            url = checked_url(_joined(url, found.headers["location"]))
        raise FetchError(shown(str(first)), f"leads on more than {self._options.redirects} times", "check the address")

    def _ask_leave(self, url: httpx.URL) -> None:
        """Keep to what the site asks of programs, and wait for the host's turn. Raises FetchError."""
        here, name = site(url), shown(str(url))
        try:
            is_allowed = self._robots.allows(here, str(url))
        except FetchError as error:  # what is wrong with the rules of its site is wrong with the page
            raise FetchError(name, error.problem, error.remedy) from error
        if not is_allowed:
            raise FetchError(name, "may not be read by programs, says the robots.txt of its site", _SAVE_IT)
        wait = max(self._options.pause, self._robots.delay(here))
        if (last := self._last.get(url.host)) is not None and (left := last + wait - time.monotonic()) > 0:
            self._sleep(left)
        self._last[url.host] = time.monotonic()

    def _answer(self, url: httpx.URL, headers: Mapping[str, str]) -> Fetched:
        """One answer. Raises FetchError."""
        self._deadline.start(self._options.whole)
        try:
            return self._sent(url, headers)
        except NotAllowed as error:
            raise FetchError(shown(str(url)), f"is not fetched: {error}", "save the page and read the file") from error
        except BadBody as error:
            raise FetchError(shown(str(url)), str(error), _SAVE_IT) from error
        except httpcore.TimeoutException as error:
            raise FetchError(shown(str(url)), "takes too long to answer", "try again later") from error
        except (httpcore.NetworkError, httpcore.ProtocolError, ssl.SSLError, OSError, UnicodeError) as error:
            problem = f"cannot be reached ({str(error) or type(error).__name__})"
            raise FetchError(shown(str(url)), problem, "check the address and your connection") from error

    def _sent(self, url: httpx.URL, headers: Mapping[str, str]) -> Fetched:
        step = self._options.step
        asked = {
            "host": url.netloc.decode("ascii"),
            "user-agent": f"{NAME}/{version('followthearms')} (reads news for research; keeps to robots.txt)",
            "accept": "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8",
            "accept-encoding": "gzip",
            **headers,
        }
        target = httpcore.URL(scheme=url.raw_scheme, host=ascii_host(url), port=url.port, target=url.raw_path)
        limits = {"timeout": dict.fromkeys(("connect", "read", "write", "pool"), step)}
        with self._pool.stream("GET", target, headers=list(asked.items()), extensions=limits) as answer:
            told = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in answer.headers}
            most = self._options.max_bytes
            if told.get("content-length", "").isdecimal() and int(told["content-length"][:20]) > most:
                raise BadBody(f"is larger than {most / 1e6:g} MB, the most that is fetched")
            is_wanted = 200 <= answer.status < 300
            data = body(answer.iter_stream(), told.get("content-encoding", ""), most) if is_wanted else b""
        return Fetched(data, str(url), answer.status, told, dt.datetime.now(dt.UTC))


def fetch(
    url: str, options: FetchOptions | None = None, etag: str | None = None, modified: str | None = None
) -> Fetched:
    """The page at an address; see `Fetcher.fetch`."""
    with Fetcher(options) as fetcher:
        return fetcher.fetch(url, etag, modified)


@lru_cache(maxsize=1)
def _certificates() -> ssl.SSLContext:
    """Whom we trust; to load it takes longer than to fetch a page."""
    return httpx.create_ssl_context(trust_env=False)


def _joined(url: httpx.URL, location: str) -> str:
    """Where a redirect leads to. Raises FetchError if that is no address."""
    try:
        return str(url.join(location.encode("latin-1").decode("utf-8", "replace")))
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchError(shown(str(url)), "leads to what is no address", "check the address") from error
