"""What lies between two states of the register, and the log of its corrections.

Invariant: the words are those of `fta diff` and `fta corrections`; a page adds where they lead.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from followthearms.exchange import changes as told
from followthearms.exchange import words
from followthearms.exchange.history import said
from followthearms.exchange.tables import Row
from followthearms.model import DealRow
from followthearms.model.snapshots import (
    NOW,
    Changed,
    Changes,
    Correction,
    Gone,
    New,
    Reason,
    Report,
    Ruled,
    Snapshot,
    Turn,
)
from followthearms.web import links
from followthearms.web.views.decisions import about
from followthearms.web.views.paging import exports, turns

DIFF_COLUMNS = ("what", "deal", "heading", "field", "before", "after", "moved", "because")
CORRECTION_COLUMNS = ("when", "who", "act", "decision", "stands", "on", "correction", "quote", "why")

Linked = tuple[str, str | None]
"""Words, and the page that they lead to."""


@dataclass(frozen=True)
class Group:
    """Fields that differ for the same reasons; `more` counts the reasons that are not told."""

    lines: tuple[str, ...]
    because: tuple[Linked, ...]
    more: int


@dataclass(frozen=True)
class Told:
    """A deal that is new, gone or changed. `moved` are the deals that its claims were in, or are in now."""

    what: str
    id: str
    heading: str
    href: str
    moved: tuple[Linked, ...]
    groups: tuple[Group, ...]


@dataclass(frozen=True)
class DiffView:
    """What lies between two states, a page of it. `names` can be chosen as either side."""

    left: str
    right: str
    summary: str
    shown: tuple[Told, ...]
    total: int
    first: int
    previous: str | None
    next: str | None
    exports: tuple[tuple[str, str], ...]
    names: tuple[str, ...]


@dataclass(frozen=True)
class Corrected:
    """A correction. `on` is what it is on, in words, with its page."""

    id: str
    when: str
    who: str
    act: str
    stands: bool
    on: Linked
    lines: tuple[str, ...]
    quote: str
    why: str


def diff_view(found: Changes, taken: Iterable[Snapshot], start: int, size: int) -> DiffView:
    """A page of a difference: deals that have changed, then those that are gone, then the new ones."""
    every: Sequence[Changed | Gone | New] = (*found.changed, *found.gone, *found.new)
    sides = found.left, found.right
    previous, following = turns(lambda at: links.diff(*sides, start=at), start, size, len(every))
    return DiffView(
        left=found.left,
        right=found.right,
        summary=told.summary(found),
        shown=tuple(map(_told, every[start : start + size])),
        total=len(every),
        first=start + 1,
        previous=previous,
        next=following,
        exports=exports(lambda form: links.diff(*sides, form)),
        names=(*(one.name for one in taken), NOW),
    )


def diff_rows(found: Changes) -> Iterator[Row]:
    """A row for each field that differs, and for each deal that came or went."""
    for changed in found.changed:
        for field in changed.fields:
            before, after = told.cells(field.before), told.cells(field.after)
            row = {"field": field.field, "before": before, "after": after, "because": _reasons(field.because)}
            yield _row("changed", changed.deal) | row
    for gone in found.gone:
        yield _row("gone", gone.deal) | {"moved": "\n".join(gone.into), "because": _reasons(gone.because)}
    for new in found.new:
        yield _row("new", new.deal) | {"moved": "\n".join(new.out_of), "because": _reasons(new.because)}


def corrections_view(found: Iterable[Correction]) -> tuple[Corrected, ...]:
    """Corrections, the newest first."""
    return tuple(map(_corrected, reversed(tuple(found))))


def correction_rows(found: Iterable[Correction]) -> Iterator[Row]:
    """Corrections as rows of a table, in the order in which they were made."""
    for one in map(_corrected, found):
        yield {
            "when": one.when,
            "who": one.who,
            "act": one.act,
            "decision": one.id,
            "stands": "yes" if one.stands else "no",
            "on": one.on[0],
            "correction": "\n".join(one.lines),
            "quote": one.quote,
            "why": one.why,
        }


def _told(one: Changed | Gone | New) -> Told:
    moved: tuple[str, ...]
    match one:
        case Changed():
            what, moved = "changed", ()
            groups = [_group([told.field_change(f) for f in fields], why) for why, fields in told.by_reason(one.fields)]
        case Gone():
            what, moved = "gone", one.into
            groups = [_group([], one.because)]
        case New():
            what, moved = "new", one.out_of
            groups = [_group([], one.because)]
    return Told(
        what=what,
        id=one.deal.id,
        heading=words.heading(one.deal),
        href=links.deal(one.deal.id),
        moved=tuple((name, links.deal(name)) for name in moved),
        groups=tuple(groups),
    )


def _group(lines: Iterable[str], because: Iterable[Reason]) -> Group:
    reasons = {told.reason(one): _place(one) for one in because}
    shown = tuple(reasons.items())[: told.REASONS]
    return Group(tuple(lines), shown, len(reasons) - len(shown))


def _place(reason: Reason) -> str:
    match reason:
        case Report(turn=Turn.WENT):  # its claim may have no page any more
            return links.document(reason.document)
        case Report():
            return links.claim(reason.document, reason.claim)
        case Ruled():
            return links.listing("/corrections") + f"#{reason.decision}"


def _row(what: str, deal: DealRow) -> Row:
    return {"what": what, "deal": deal.id, "heading": words.heading(deal)}


def _reasons(because: Iterable[Reason]) -> str:
    return "\n".join(dict.fromkeys(map(told.reason, because)))


def _corrected(one: Correction) -> Corrected:
    made = one.decision
    return Corrected(
        id=made.id,
        when=made.when.strftime("%Y-%m-%d %H:%M"),
        who=words.one_line(made.who),
        act=made.act.value,
        stands=one.stands,
        on=(said(made.ruling), about(one.undoes.ruling if one.undoes else made.ruling)),
        lines=tuple(told.corrected_lines(one)),
        quote=words.one_line(one.quote or ""),
        why=words.one_line(made.why),
    )
