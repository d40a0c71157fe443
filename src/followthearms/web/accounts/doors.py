"""How a visitor is known: alone on a laptop, or in a team by logging in.

Invariant: whoever is let in by a password has an account that is open now; each login and each refusal is in the log
of the server, without the password and without a name that is no account (it may be a password in the wrong field).
"""

from __future__ import annotations

import ipaddress
import logging
import math
import secrets
import threading
from dataclasses import dataclass
from typing import Protocol

from fastapi import Request

from followthearms.model.accounts import Account
from followthearms.register.accounts import Accounts
from followthearms.web.accounts.attempts import Attempts
from followthearms.web.accounts.sessions import Sessions
from followthearms.web.accounts.visitors import Role, Visitor

LOG = logging.getLogger("followthearms.accounts")
_AT_ONCE = 2
"""Passwords that are checked at once: each takes 64 MiB."""


class Door(Protocol):
    """Tells who asks."""

    def visitor(self, request: Request) -> Visitor | None:
        """Who asks; None if nobody has logged in."""


@dataclass(frozen=True)
class Alone:
    """For one person on this machine, who may do everything and need not log in."""

    name: str

    def visitor(self, request: Request) -> Visitor | None:
        """Whoever runs the program."""
        return Visitor(self.name, Role.EDITOR)


@dataclass(frozen=True)
class Denied:
    """Why nobody was let in, in words for who tried; `wait` are seconds, 0 if there is nothing to wait for."""

    why: str
    wait: int = 0

    @property
    def status(self) -> int:
        """The status of the answer."""
        return 429 if self.wait else 403


class Team:
    """For those who have an account."""

    def __init__(self, accounts: Accounts, key: str, attempts: Attempts | None = None) -> None:
        self.sessions = Sessions(key)
        self._accounts, self._attempts = accounts, attempts or Attempts()
        self._checking = threading.BoundedSemaphore(_AT_ONCE)

    def visitor(self, request: Request) -> Visitor | None:
        """Who has logged in with the browser that asks, and was not sent away since."""
        told = self.sessions.read(request)
        account = self._accounts.find(told[0]) if told else None
        if told is None or account is None or not account.is_active:
            return None
        is_now = secrets.compare_digest(told[1].encode(), account.epoch.encode())
        return Visitor(account.name, account.role, has_session=True) if is_now else None

    def login(self, name: str, password: str, request: Request) -> Account | Denied:
        """The account of a name and a password."""
        found = self._checked(name, password, request)
        if isinstance(found, Account):
            LOG.info("login: %s from %s", found.name, _address(request))
        return found

    def change_password(self, visitor: Visitor, password: str, new: str, request: Request) -> Account | Denied:
        """Give a visitor who still knows his password a new one. Raises UsageError for one that is of no use."""
        found = self._checked(visitor.name, password, request)
        if isinstance(found, Denied):
            return found
        changed = self._accounts.set_password(found.name, new)
        LOG.info("new password: %s from %s", found.name, _address(request))
        return changed

    def logout(self, visitor: Visitor) -> None:
        """End the sessions of a visitor, in all browsers: a cookie that was copied from one is worth nothing then."""
        self._accounts.end_sessions(visitor.name)
        LOG.info("logout: %s", visitor.name)

    def _checked(self, name: str, password: str, request: Request) -> Account | Denied:
        address = _address(request)
        if wait := self._attempts.begin(name, address):
            self._refused(name, address, "too many attempts")
            return Denied(f"There were too many attempts. Try again in {_minutes(wait)}.", math.ceil(wait))
        with self._checking:
            account = self._accounts.check(name, password)
        if account is None:
            self._refused(name, address, "wrong password, or closed")
            return Denied("There is no open account with that name and password.")
        self._attempts.succeeded(name, address)
        return account

    def _refused(self, name: str, address: str, why: str) -> None:
        account = self._accounts.find(name)
        LOG.warning("login refused: %s from %s: %s", account.name if account else "(no account)", address, why)


def _address(request: Request) -> str:
    """Where a request comes from. What stands in for an address in a test, or in a wrong header, is no address."""
    try:
        return str(ipaddress.ip_address(request.client.host if request.client else ""))
    except ValueError:
        return "an unknown address"


def _minutes(seconds: float) -> str:
    minutes = math.ceil(seconds / 60)
    return "a minute" if minutes == 1 else f"{minutes} minutes"
