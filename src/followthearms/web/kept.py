"""Pages that were made already, given again as long as they would come out the same.

Invariant: what a page depends on is its key: the state of the log, the address and the day that it names, who asks, in
which colours and with which filters of their own, and today's date. The token of its forms alone is put in anew.
"""

from __future__ import annotations

import datetime as dt
import functools
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import ParamSpec

from fastapi import Request, Response
from fastapi.responses import HTMLResponse

from followthearms.register import Register
from followthearms.web import links
from followthearms.web.accounts.visitors import visitor_of
from followthearms.web.rendering import THEME_COOKIE
from followthearms.web.views.deals.saved import COOKIE as FILTERS_COOKIE

MOST = 64_000_000
"""Bytes of pages that are kept: some hundreds of the heaviest, some thousands of others."""

_P = ParamSpec("_P")


class Kept:
    """The pages that were last asked for, with the token of their forms."""

    def __init__(self, most: int = MOST) -> None:
        self._most, self._size = most, 0
        self._pages: OrderedDict[Hashable, tuple[bytes, bytes]] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, key: Hashable, token: bytes) -> bytes | None:
        """The page of a key, with another token."""
        with self._lock:
            found = self._pages.get(key)
            if found is None:
                return None
            self._pages.move_to_end(key)
        return found[0].replace(found[1], token)

    def keep(self, key: Hashable, page: bytes, token: bytes) -> None:
        """Keep a page, and let go of those that were not asked for the longest."""
        with self._lock:
            self._size += len(page) - len(self._pages.pop(key, (b"",))[0])
            self._pages[key] = page, token
            while self._size > self._most:
                self._size -= len(self._pages.popitem(last=False)[1][0])


def kept(route: Callable[_P, Response]) -> Callable[_P, Response]:
    """A route whose pages depend on nothing but their key."""

    @functools.wraps(route)
    def given(*args: _P.args, **named: _P.kwargs) -> Response:
        request, register = named["request"], named["register"]
        assert isinstance(request, Request) and isinstance(register, Register)
        pages: Kept = request.app.state.kept
        key, token = _key(request, register), str(request.state.token).encode()
        if known := pages.find(key, token):
            return HTMLResponse(known)
        made = route(*args, **named)
        if isinstance(made, HTMLResponse) and made.status_code == 200:
            pages.keep(key, bytes(made.body), token)
        return made

    return given


def _key(request: Request, register: Register) -> Hashable:
    return (
        register.state,
        links.day(),
        request.url.path,
        request.url.query,
        visitor_of(request),
        request.cookies.get(THEME_COOKIE),
        request.cookies.get(FILTERS_COOKIE),
        dt.datetime.now(dt.UTC).date(),
    )
