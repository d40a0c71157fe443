"""The token that each form of ours carries, so that no other site can send one in a visitor's name.

Invariants: a token is good only for the browser that it was made for and for who was logged in there, and cannot be
made without the secret key; every request that may change something is checked here, and nowhere else.
"""

from __future__ import annotations

import re
import secrets

from fastapi import HTTPException, Request
from itsdangerous import Signer

from followthearms.web.accounts.keys import SIGNING

FIELD = "token"
HEADER = "X-CSRF-Token"
VISIT_COOKIE = "fta-visit"

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_VISIT = re.compile(r"[\w-]{43}")  # what `new_visit` makes
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


def new_visit() -> str:
    """A name for a browser, which nobody can guess."""
    return secrets.token_urlsafe(32)


def known_visit(cookie: str | None) -> str | None:
    """The browser's name as its cookie has it; None if it has none, or one that we did not make."""
    return cookie if cookie and _VISIT.fullmatch(cookie) else None


def token(key: str, visit: str, visitor: str) -> str:
    """The token for a browser and for who is logged in there; nobody is the empty name."""
    return Signer(key, salt="form", **SIGNING).get_signature(f"{visit} {visitor}").decode()


async def check_token(request: Request) -> None:
    """Refuse a request that may change something and has not the token of its page; of one that has, `request.state`
    gets what it `sent`, if that is a form."""
    if request.method in _SAFE:
        return
    sent = await request.form() if request.headers.get("content-type", "").startswith(_FORMS) else None
    given = request.headers.get(HEADER)
    if given is None and sent is not None:
        field = sent.get(FIELD)
        given = field if isinstance(field, str) else None
    if given is None or not secrets.compare_digest(given.encode(), str(request.state.token).encode()):
        raise HTTPException(
            403, "The form is not of a page that you have open now; go back, load that page again and send it once more"
        )
    request.state.sent = sent
