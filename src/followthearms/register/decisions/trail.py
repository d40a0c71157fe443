"""Who decided what when: all decisions on the register, a page at a time.

Invariant: every decision of the log is in it once, undone ones too, in the order in which they were made.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from followthearms.errors import UsageError
from followthearms.model import Act, Decision
from followthearms.model.decisions import Ruling
from followthearms.register.decisions.history import Entry, entries, root
from followthearms.register.folding.current import rulings
from followthearms.register.session import Session


@dataclass(frozen=True)
class Wanted:
    """Which decisions: of a person, of a sort, made from a day to another (in UTC, both included); None for any."""

    who: str | None = None
    act: Act | None = None
    since: dt.date | None = None
    until: dt.date | None = None

    def has(self, made: Decision) -> bool:
        """Whether a decision is one of these."""
        day = made.when.date()
        return (
            self.who in (None, made.who)
            and self.act in (None, made.act)
            and (self.since is None or day >= self.since)
            and (self.until is None or day <= self.until)
        )


@dataclass(frozen=True)
class Step:
    """A decision with what came of it; `ruling` is what it is about: its own, or of an undoing the one undone."""

    entry: Entry
    ruling: Ruling


@dataclass(frozen=True)
class TrailPage:
    """Some decisions, the newest first. `total` are all that were wanted, `next` where the next page begins; `people`
    are all who ever decided, with how often."""

    steps: tuple[Step, ...]
    total: int
    next: str | None
    people: tuple[tuple[str, int], ...]


class Trail:
    """The decisions on a register, in their order."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def find(self, wanted: Wanted, limit: int | None = None, after: str | None = None) -> TrailPage:
        """The decisions that are wanted, the newest first; `after` is the id of the last one of the page before.

        Raises UsageError if no such decision was made.
        """
        with self._session.reading() as connection:
            ruled = rulings(connection)
            found = [one for one in reversed(ruled.decisions) if wanted.has(one)]
            start = _following(found, after)
            shown = found[start:] if limit is None else found[start : start + limit]
            told = entries(connection, shown, ruled)
        known = {one.id: one for one in ruled.decisions}
        return TrailPage(
            steps=tuple(Step(entry, root(entry.decision, known).ruling) for entry in told),
            total=len(found),
            next=shown[-1].id if shown and start + len(shown) < len(found) else None,
            people=tuple(sorted(Counter(one.who for one in ruled.decisions).items())),
        )


def _following(found: list[Decision], after: str | None) -> int:
    if after is None:
        return 0
    for place, one in enumerate(found, 1):
        if one.id == after:
            return place
    raise UsageError(f"no decision {after!r} is among those that are asked for; begin with the first page")
