"""Snapshots, and what one of them holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from followthearms.exchange.changes import citation
from followthearms.exchange.tables import Row
from followthearms.model import Deal, DealRow
from followthearms.model.snapshots import NOW, Snapshot
from followthearms.web import links
from followthearms.web.views.deals.columns import Cell, Column, cells, chosen
from followthearms.web.views.paging import exports, turns

COLUMNS = ("name", "made", "who", "deals", "content", "version", "note")
SHOWN = chosen(())
"""The columns of a deal, as lists show them."""


@dataclass(frozen=True)
class Taken:
    """A snapshot in the list. `before` is the name of the one taken before it."""

    snapshot: Snapshot
    when: str
    href: str
    cite: str
    since: str
    before: str | None
    from_before: str | None


@dataclass(frozen=True)
class SnapshotView:
    """A snapshot with a page of its deals."""

    taken: Taken
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    first: int
    previous: str | None
    next: str | None
    exports: tuple[tuple[str, str], ...]


def taken(found: Sequence[Snapshot]) -> tuple[Taken, ...]:
    """All snapshots, the newest first, of all in the order in which they were taken."""
    before: Sequence[Snapshot | None] = [None, *found]
    return tuple(_taken(one, last) for one, last in reversed(list(zip(found, before, strict=False))))


def snapshot_view(one: Taken, deals: Iterable[Deal], start: int, size: int) -> SnapshotView:
    """A page of the deals that were frozen under a name."""
    snapshot = one.snapshot
    previous, following = turns(lambda at: links.snapshot(snapshot.name, start=at), start, size, snapshot.deals)
    return SnapshotView(
        taken=one,
        columns=SHOWN,
        rows=tuple(cells(DealRow.of(deal), SHOWN) for deal in deals),
        first=start + 1,
        previous=previous,
        next=following,
        exports=exports(lambda form: f"{one.href}.{form}"),
    )


def rows(found: Iterable[Snapshot]) -> Iterable[Row]:
    """Snapshots as rows of a table."""
    for one in found:
        yield {
            "name": one.name,
            "made": one.made.isoformat(timespec="seconds"),
            "who": one.who,
            "deals": str(one.deals),
            "content": one.content,
            "version": one.version,
            "note": one.note,
        }


def _taken(one: Snapshot, before: Snapshot | None) -> Taken:
    return Taken(
        snapshot=one,
        when=one.made.strftime("%Y-%m-%d %H:%M"),
        href=links.snapshot(one.name),
        cite=citation(one),
        since=links.diff(one.name, NOW),
        before=before.name if before else None,
        from_before=links.diff(before.name, one.name) if before else None,
    )
