"""What was given to be read and what came of it, kept in memory until it is forgotten.

Invariants: a tray is shown to nobody but its owner; and all trays together hold no more than `MOST` of them, of which
the oldest goes first.
"""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from followthearms.engine.stages import Result
from followthearms.errors import NotInRegister
from followthearms.model import Document
from followthearms.register import Added

MOST = 32
"""Trays that are kept, of all visitors together."""


class State(StrEnum):
    """How far a tray is."""

    READING = "reading"
    READ = "read"
    ADDED = "added"
    STOPPED = "stopped"  # by a fault that no text is to blame for


@dataclass(frozen=True, slots=True)
class Met:
    """An input by its address and its hash, without its bytes, and a result of it."""

    address: str
    raw_hash: str | None
    result: Result

    @property
    def document(self) -> Document | None:
        """What was read out of it."""
        return self.result.document


@dataclass
class Tray:
    """What somebody gave at once. `given` is it in words, `expected` how many inputs it has, null until that is known;
    `added` says of each result with a document what came of adding it; `problem` why the reading was stopped."""

    owner: str
    given: str
    id: str = field(default_factory=lambda: secrets.token_hex(12))
    state: State = State.READING
    expected: int | None = None
    done: int = 0
    met: list[Met] = field(default_factory=list)
    added: tuple[Added | None, ...] = ()
    problem: str = ""

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents that were read, in the order in which they were given."""
        return tuple(one.document for one in self.met if one.document)


class Trays:
    """The trays of all visitors."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Tray] = OrderedDict()
        self._lock = threading.Lock()

    def put(self, tray: Tray) -> None:
        """Keep a tray; the oldest is forgotten if there are too many."""
        with self._lock:
            self._kept[tray.id] = tray
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)

    def find(self, name: str, owner: str) -> Tray:
        """The tray with this id. Raises NotInRegister if its owner has none such, or no longer."""
        with self._lock:
            found = self._kept.get(name)
        if found is None or found.owner != owner:
            raise NotInRegister("what was read here is kept no longer; give it again")
        return found

    def of(self, owner: str) -> Sequence[Tray]:
        """The trays of a visitor, the newest first."""
        with self._lock:
            return [tray for tray in reversed(self._kept.values()) if tray.owner == owner]

    def forget(self, name: str, owner: str) -> None:
        """Forget a tray. Raises NotInRegister if its owner has none such."""
        self.find(name, owner)
        with self._lock:
            self._kept.pop(name, None)
