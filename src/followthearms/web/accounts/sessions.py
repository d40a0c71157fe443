"""What a browser keeps of a login: a signed cookie.

Invariant: a cookie is good until it expires or the epoch of its account changes, and tells nothing that is secret.
"""

from __future__ import annotations

from datetime import timedelta

from fastapi import Request, Response
from itsdangerous import BadSignature, URLSafeTimedSerializer

from followthearms.model.accounts import Account
from followthearms.web.accounts.keys import SIGNING

COOKIE = "fta-session"
LASTS = timedelta(hours=12)
"""A working day: nobody has to log in twice, and a laptop that is left open is not logged in the next morning."""


class Sessions:
    """Makes the cookies of logins, and reads them."""

    def __init__(self, key: str) -> None:
        self._signed = URLSafeTimedSerializer(key, salt="session", signer_kwargs=SIGNING)

    def start(self, request: Request, response: Response, account: Account) -> None:
        """Give the browser the cookie of an account that has just logged in."""
        response.set_cookie(
            COOKIE,
            self._signed.dumps([account.name, account.epoch]),
            max_age=int(LASTS.total_seconds()),
            httponly=True,
            samesite="lax",  # with "strict", a link in a letter would lead to the login page
            secure=request.url.scheme == "https",
        )

    def read(self, request: Request) -> tuple[str, str] | None:
        """The account's name and the epoch of a request's cookie; None if there is none that is good."""
        try:
            name, epoch = self._signed.loads(request.cookies.get(COOKIE, ""), max_age=int(LASTS.total_seconds()))
        except BadSignature:  # or it has expired
            return None
        return name, epoch
