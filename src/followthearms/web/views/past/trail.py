"""The trail of all decisions, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from followthearms.exchange import words
from followthearms.exchange.history import said
from followthearms.exchange.tables import Row
from followthearms.model import Act
from followthearms.register.decisions.trail import Step, TrailPage, Wanted
from followthearms.web.views.decisions import about
from followthearms.web.views.paging import Paging, paged

PATH = "/decisions"
COLUMNS = ("id", "when", "who", "act", "on", "why", "effect", "undone_by")


@dataclass(frozen=True)
class Told:
    """A decision; `said` is what it is on and what it says, `href` the page of that."""

    id: str
    when: str
    who: str
    act: str
    said: str
    href: str | None
    why: str
    effect: str


@dataclass(frozen=True)
class TrailView:
    """The page: decisions, and the form by which others are asked for."""

    rows: tuple[Told, ...]
    wanted: Wanted
    people: tuple[tuple[str, str], ...]
    acts: tuple[Act, ...]
    paging: Paging


def trail_view(found: TrailPage, wanted: Wanted, limit: int, after: str | None) -> TrailView:
    """The page."""
    asked: dict[str, str | None] = {
        "who": wanted.who,
        "act": wanted.act,
        "since": wanted.since.isoformat() if wanted.since else None,
        "until": wanted.until.isoformat() if wanted.until else None,
    }
    return TrailView(
        rows=tuple(map(_told, found.steps)),
        wanted=wanted,
        people=tuple((who, f"{words.one_line(who)} ({number:,})") for who, number in found.people),
        acts=tuple(Act),
        paging=paged(PATH, asked, (len(found.steps), f"{found.total:,}", found.next), limit, after),
    )


def rows(found: Iterable[Step]) -> Iterable[Row]:
    """Decisions as rows of a table."""
    for step in found:
        made = step.entry.decision
        yield {
            "id": made.id,
            "when": made.when.isoformat(),
            "who": made.who,
            "act": made.act.value,
            "on": said(made.ruling),
            "why": made.why,
            "effect": step.entry.effect.value,
            "undone_by": step.entry.undone_by or "",
        }


def _told(step: Step) -> Told:
    made = step.entry.decision
    return Told(
        id=made.id,
        when=made.when.strftime("%Y-%m-%d %H:%M"),
        who=words.one_line(made.who),
        act=made.act.value,
        said=said(made.ruling) if made.undoes is None else f"{made.undoes}: {said(step.ruling)}",
        href=about(step.ruling),
        why=words.one_line(made.why),
        effect=step.entry.effect.value,
    )
