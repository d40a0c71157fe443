"""How often somebody may try to log in.

Invariant: of the last quarter of an hour, no more failures than these are ever answered for one account, or for one
address, however many are tried at once.

It is kept in the process and not in the database: one process serves a register, whoever floods it should fill no
table, and a restart, which forgets it, is not in an attacker's hands.
"""

from __future__ import annotations

import ipaddress
import threading
import time
from collections.abc import Callable

WINDOW = 15 * 60.0
"""Seconds that a failure counts."""
PER_ACCOUNT = 10
"""Failures: room for a person who has forgotten which password it was. 960 guesses a day find no password of twelve
characters that is not on a list of common ones."""
PER_ADDRESS = 30
"""Failures: several people may share an address."""

Key = tuple[str, str]


class Attempts:
    """The failures of late, by account and by address."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._lock = clock, threading.Lock()
        self._failed: dict[Key, list[float]] = {}

    def begin(self, account: str, address: str) -> float:
        """Count an attempt as failed before it is looked at; or the seconds to wait if there were too many."""
        now = self._clock()
        with self._lock:
            self._forget(now - WINDOW)
            waits = [self._wait(key, most, now) for key, most in _keys(account, address).items()]
            if not any(waits):
                for key in _keys(account, address):
                    self._failed.setdefault(key, []).append(now)
            return max(waits)

    def succeeded(self, account: str, address: str) -> None:
        """The attempt was none to guess: the account starts anew, and the address has one failure less."""
        of_account, of_address = _keys(account, address)
        with self._lock:
            self._failed.pop(of_account, None)
            if times := self._failed.get(of_address):
                times.pop()

    def _wait(self, key: Key, most: int, now: float) -> float:
        times = self._failed.get(key, [])
        return times[-most] + WINDOW - now if len(times) >= most else 0.0

    def _forget(self, before: float) -> None:
        for key in [key for key, times in self._failed.items() if not times or times[-1] <= before]:
            del self._failed[key]
        for key, times in self._failed.items():
            self._failed[key] = [when for when in times if when > before]


def _keys(account: str, address: str) -> dict[Key, int]:
    """What an attempt is counted for, and how many failures each may have."""
    return {("account", account.strip().casefold()): PER_ACCOUNT, ("address", _network(address)): PER_ADDRESS}


def _network(address: str) -> str:
    """An address, or for IPv6 the network of 64 bits that one customer has."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((found, 64), strict=False)) if found.version == 6 else address
