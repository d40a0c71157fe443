"""What a watch knows from one round to the next, in an SQLite file of its own beside the register.

Invariant: a round changes it in one transaction, at its end, and so does each delivery; a watch that is killed at any
moment knows afterwards what it knew before the round, or all that the round brought.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
import uuid
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from followthearms.errors import UsageError
from followthearms.model.notices import News, Notice
from followthearms.register.watching import Look, Mark, Seen

FORMAT = 1
"""The version of the tables. A file of another one is refused: nothing is lost by beginning anew but what is known."""
KEPT = 1_000
"""Notices that are kept after all were told of them."""
FORGOTTEN = dt.timedelta(days=90)
"""Troubles that were not met for so long are forgotten."""

_TABLES = """
CREATE TABLE watch (id TEXT NOT NULL, begun TEXT NOT NULL, format INTEGER NOT NULL, mark TEXT);
CREATE TABLE deals (id TEXT PRIMARY KEY, row TEXT NOT NULL, line TEXT NOT NULL);
CREATE TABLE feeds (url TEXT PRIMARY KEY, etag TEXT, modified TEXT);
CREATE TABLE troubles (address TEXT PRIMARY KEY, tries INTEGER NOT NULL, again TEXT NOT NULL, met TEXT NOT NULL);
CREATE TABLE notices (number INTEGER PRIMARY KEY, round INTEGER NOT NULL, body TEXT NOT NULL);
CREATE INDEX notices_by_round ON notices (round);
CREATE TABLE channels (name TEXT PRIMARY KEY, round INTEGER NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave with a feed, to ask it later whether the feed has changed."""

    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Trouble:
    """What could not be had: how often in a row, and when it is tried again."""

    tries: int
    again: dt.datetime


@dataclass(slots=True)
class Learnt:
    """What a round learnt about its sources: feeds that were taken in whole, and addresses that are in trouble, or
    (null) are so no more."""

    feeds: dict[str, Validators] = field(default_factory=dict)
    troubles: dict[str, Trouble | None] = field(default_factory=dict)


class State:
    """The state of a watch; one process uses it at a time. Use it as a context manager, or `close` it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.name, self.begun = connection.execute("SELECT id, begun FROM watch").fetchone()

    @classmethod
    def open(cls, file: Path, now: dt.datetime) -> Self:
        """The state in a file, which is made if it is not there.

        Raises UsageError for a file that is none, cannot be used, or is in use by another watch.
        """
        try:
            connection = sqlite3.connect(file, timeout=1, isolation_level=None)
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")  # from the first write on, until it is closed
            connection.execute("BEGIN EXCLUSIVE")
            if not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                for statement in _TABLES.split(";"):
                    connection.execute(statement)
                made = str(uuid.uuid4()), now.isoformat(timespec="seconds"), FORMAT
                connection.execute("INSERT INTO watch (id, begun, format) VALUES (?, ?, ?)", made)
            connection.execute("COMMIT")
            if connection.execute("SELECT format FROM watch").fetchone() != (FORMAT,):
                raise UsageError(f"{file}: was made by another version; delete it to watch from now on")
            return cls(connection)
        except sqlite3.OperationalError as error:
            remedy = "end the other `fta watch` that uses it, or name another file with --state"
            raise UsageError(f"{file}: cannot be used as the state of a watch ({error}); {remedy}") from error
        except sqlite3.DatabaseError as error:
            raise UsageError(f"{file}: is not the state of a watch ({error}); name another with --state") from error

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def mark(self) -> Mark | None:
        """How far the register was looked at; null if it never was."""
        (mark,) = self._connection.execute("SELECT mark FROM watch").fetchone()
        return Mark.model_validate_json(mark) if mark else None

    def rows(self) -> dict[str, str]:
        """The digests of all deals as they were seen last, by deal."""
        return dict(self._connection.execute("SELECT id, row FROM deals"))

    def lines(self, deals: Collection[str]) -> dict[str, str]:
        """Some of these deals as they were seen last: those that were there."""
        asked = "SELECT line FROM deals WHERE id = ?"
        found = ((deal, self._connection.execute(asked, (deal,)).fetchone()) for deal in deals)
        return {deal: row[0] for deal, row in found if row}

    def validators(self, feed: str) -> Validators:
        """What to ask about a feed with."""
        asked = "SELECT etag, modified FROM feeds WHERE url = ?"
        return Validators(*(self._connection.execute(asked, (feed,)).fetchone() or ()))

    def trouble(self, address: str) -> Trouble | None:
        """The trouble with an address, if there is any."""
        asked = "SELECT tries, again FROM troubles WHERE address = ?"
        found = self._connection.execute(asked, (address,)).fetchone()
        return Trouble(found[0], dt.datetime.fromisoformat(found[1])) if found else None

    def begin(self, look: Look) -> None:
        """Take the register as it stands for known."""
        with self._transaction() as connection:
            connection.execute("DELETE FROM deals")
            self._remember(look)

    def end_round(self, look: Look, learnt: Learnt, news: Sequence[News], now: dt.datetime) -> None:
        """Keep what a round brought: its news, as notices that are still to be told, and what is known after it."""
        at = now.isoformat(timespec="seconds")
        with self._transaction() as connection:
            self._remember(look)
            rows = [(url, one.etag, one.modified) for url, one in learnt.feeds.items()]
            connection.executemany("INSERT OR REPLACE INTO feeds VALUES (?, ?, ?)", rows)
            for address, one in learnt.troubles.items():
                connection.execute("DELETE FROM troubles WHERE address = ?", (address,))
                if one:
                    row = address, one.tries, one.again.isoformat(timespec="seconds"), at
                    connection.execute("INSERT INTO troubles VALUES (?, ?, ?, ?)", row)
            old = (now - FORGOTTEN).isoformat(timespec="seconds")
            connection.execute("DELETE FROM troubles WHERE met < ?", (old,))
            self._note(news, dt.datetime.fromisoformat(at))

    def latest(self, most: int) -> list[Notice]:
        """The newest notices, the newest first."""
        asked = "SELECT body FROM notices ORDER BY number DESC LIMIT ?"
        return [Notice.model_validate_json(body) for (body,) in self._connection.execute(asked, (most,))]

    def join(self, channels: Collection[str]) -> None:
        """Make channels known: a new one is told of what comes from now on. Others than these are forgotten."""
        with self._transaction() as connection:
            known = {name for (name,) in connection.execute("SELECT name FROM channels")}
            connection.executemany("DELETE FROM channels WHERE name = ?", [(name,) for name in known - {*channels}])
            rows = [(name, self._newest_round()) for name in dict.fromkeys(channels) if name not in known]
            connection.executemany("INSERT INTO channels VALUES (?, ?)", rows)

    def untold(self, channel: str) -> Iterator[tuple[int, list[Notice]]]:
        """The notices that a channel was not told of yet, by round, in their order."""
        asked = (
            "SELECT DISTINCT round FROM notices WHERE round > (SELECT round FROM channels WHERE name = ?) ORDER BY 1"
        )
        for (number,) in self._connection.execute(asked, (channel,)).fetchall():
            bodies = self._connection.execute("SELECT body FROM notices WHERE round = ? ORDER BY number", (number,))
            yield number, [Notice.model_validate_json(body) for (body,) in bodies]

    def told(self, channel: str, number: int) -> None:
        """Note that a channel was told of a round; what all were told of long ago is forgotten."""
        with self._transaction() as connection:
            connection.execute("UPDATE channels SET round = ? WHERE name = ?", (number, channel))
            connection.execute(
                "DELETE FROM notices WHERE round <= (SELECT min(round) FROM channels)"
                " AND number <= (SELECT max(number) FROM notices) - ?",
                (KEPT,),
            )

    def _remember(self, look: Look) -> None:
        connection = self._connection
        connection.execute("UPDATE watch SET mark = ?", (look.mark.model_dump_json(),))
        gone = [(deal,) for deal, one in look.seen.items() if one is None]
        connection.executemany("DELETE FROM deals WHERE id = ?", gone)
        rows = [(deal, one.row, one.line) for deal, one in look.seen.items() if isinstance(one, Seen)]
        connection.executemany("INSERT OR REPLACE INTO deals VALUES (?, ?, ?)", rows)

    def _note(self, news: Sequence[News], at: dt.datetime) -> None:
        """Number the news, and give each an id that follows from this watch and its number: no two have the same."""
        (last,) = self._connection.execute("SELECT coalesce(max(number), 0) FROM notices").fetchone()
        number = self._newest_round() + 1
        for place, one in enumerate(news, last + 1):
            name = uuid.uuid5(uuid.UUID(self.name), str(place)).urn
            row = place, number, Notice(id=name, at=at, news=one).model_dump_json()
            self._connection.execute("INSERT INTO notices VALUES (?, ?, ?)", row)

    def _newest_round(self) -> int:
        return int(self._connection.execute("SELECT coalesce(max(round), 0) FROM notices").fetchone()[0])

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        connection = self._connection
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
