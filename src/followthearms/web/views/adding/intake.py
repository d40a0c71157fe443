"""What was given to be read, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from followthearms.exchange.tables import Row
from followthearms.exchange.words import one_line
from followthearms.model.fates import Fate
from followthearms.register.intake import PASSED_OVER, Entry, Intake
from followthearms.web import links

COLUMNS = ("number", "address", "fate", "reason", "remedy", "raw_hash")
RUNS, REASONS = 20, 30
"""How many are shown on the page."""

Numbered = tuple[int, Entry]


@dataclass(frozen=True)
class Run:
    """A run that read: when, what it was given, and how many inputs had which fate."""

    begun: str
    given: str
    fates: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Unread:
    """An input that is not read. `document` leads to its text if that is in the register."""

    address: str
    fate: str
    why: str
    remedy: str
    document: str | None


@dataclass(frozen=True)
class IntakeView:
    """The page of what was given. `unread` are the inputs that could not be read or, if `is_passed_over`, that were
    passed over; `total` counts them, `others` those of the other sort, which `other` leads to; `next` leads to more."""

    runs: tuple[Run, ...]
    reasons: tuple[tuple[str, str, int], ...]
    unread: tuple[Unread, ...]
    is_passed_over: bool
    total: int
    others: int
    other: str
    next: str | None


def intake_view(
    runs: Sequence[Intake],
    reasons: Mapping[tuple[Fate, str], int],
    unread: Sequence[Numbered],
    limit: int,
    *,
    passed_over: bool,
) -> IntakeView:
    """The page with at most `limit` of the inputs that are listed, of which there is one more if there are more;
    `reasons` are those of both sorts."""
    shown = unread[:limit]
    listed = {why: number for why, number in reasons.items() if (why[0] in PASSED_OVER) is passed_over}
    own = "true" if passed_over else None
    often = sorted(listed.items(), key=lambda item: (-item[1], item[0]))
    return IntakeView(
        runs=tuple(map(_run, runs[:RUNS])),
        reasons=tuple((fate.value, _why(fate, reason), number) for (fate, reason), number in often[:REASONS]),
        unread=tuple(_unread(entry) for _, entry in shown),
        is_passed_over=passed_over,
        total=sum(listed.values()),
        others=sum(reasons.values()) - sum(listed.values()),
        other=links.listing("/intake", passed_over=None if passed_over else "true"),
        next=links.listing("/intake", passed_over=own, after=shown[-1][0]) if len(unread) > limit else None,
    )


def rows(unread: Iterable[Numbered]) -> Iterator[Row]:
    """The inputs that are not read, for a CSV."""
    for number, entry in unread:
        told = entry.model_dump(mode="json")
        yield {"number": str(number), **{name: told[name] or "" for name in COLUMNS[1:]}}


def _run(run: Intake) -> Run:
    given = one_line(", ".join(run.paths)) or "nothing"
    return Run(run.started[:16].replace("T", " "), given, tuple((fate.value, n) for fate, n in run.fates.items()))


def _unread(entry: Entry) -> Unread:
    return Unread(
        address=one_line(entry.address),
        fate=entry.fate.value,
        why=one_line(_why(entry.fate, entry.reason or "")),
        remedy=one_line(entry.remedy or ""),
        document=links.document(entry.document) if entry.document else None,
    )


def _why(fate: Fate, reason: str) -> str:
    return f"in {reason}, which is not read" if fate is Fate.FOREIGN else reason
