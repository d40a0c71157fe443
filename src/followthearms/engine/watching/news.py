"""What is news to a person, of all that has happened in a register.

Invariant: a pure function of what was found; each deal is told of once, and each reason for which something could not
be read. A deal that only has another id, since an earlier report was found, is neither new nor gone.
"""

from __future__ import annotations

from collections.abc import Iterable

from followthearms.errors import InputError
from followthearms.model.notices import Matter, News, Unread
from followthearms.model.snapshots import Changed, Gone, New, reports
from followthearms.register.watching import Look


def news_of(look: Look, problems: Iterable[InputError]) -> list[News]:
    """The news, conflicts first."""
    changes = look.changes
    renamed = {(old, new.deal.id) for new in changes.new for old in new.out_of}
    gone = [one for one in changes.gone if not any((one.deal.id, into) in renamed for into in one.into)]
    told: tuple[New | Changed | Gone, ...] = (*changes.new, *changes.changed, *gone)
    found = [_of_deal(one, look) for one in told]
    found += [News(matter=Matter.UNREAD, about=one) for one in _by_reason(problems)]
    order = list(Matter)
    return sorted(found, key=lambda one: order.index(one.matter))


def _of_deal(change: New | Changed | Gone, look: Look) -> News:
    conflicts = look.conflicts.get(change.deal.id, ())
    match change:
        case _ if conflicts:
            matter = Matter.CONTRADICTED
        case New(out_of=()):
            matter = Matter.NEW
        case New() | Changed():
            matter = Matter.CHANGED
        case Gone():
            matter = Matter.GONE
    found = (look.articles.get(report.document) for report in reports(change))
    articles = tuple(dict.fromkeys(address for address in found if address))
    return News(matter=matter, about=change, contradictions=conflicts, articles=articles)


def _by_reason(problems: Iterable[InputError]) -> list[Unread]:
    found: dict[tuple[str, str], list[str]] = {}
    for one in problems:
        found.setdefault((one.problem, one.remedy), []).append(one.where)
    return [
        Unread(where=tuple(dict.fromkeys(where)), problem=problem, remedy=remedy)
        for (problem, remedy), where in found.items()
    ]
