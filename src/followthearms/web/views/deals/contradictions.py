"""The list of contradictions, by class, topic and whether somebody ruled, both sides beside each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from followthearms.exchange import words
from followthearms.exchange.tables import Row
from followthearms.model import Consistency, Contradiction, DealRow, Topic
from followthearms.register.answers.differing import Case
from followthearms.web import links
from followthearms.web.views.deals.opposed import Opposed, Rulings, opposed
from followthearms.web.views.paging import exports, turns
from followthearms.web.views.quotes import Library

COLUMNS = ("id", "deal", "topic", "class", "left", "right", "reason", "left_claims", "right_claims", "ruling")

MEANINGS = {
    Consistency.CONFLICTING: "one of the two is wrong",
    Consistency.PARTIAL: "one is a part of the other",
    Consistency.SUPERSEDED: "a later stage replaces an earlier one",
    Consistency.COMPATIBLE: "both can be right",
}


@dataclass(frozen=True)
class Choice:
    """A class, a topic or a case that can be chosen, with how many there are of it."""

    label: str
    note: str
    number: int
    is_on: bool
    href: str


@dataclass(frozen=True)
class ContradictionsView:
    """The list of contradictions."""

    classes: tuple[Choice, ...]
    topics: tuple[Choice, ...]
    cases: tuple[Choice, ...]
    total: int
    first: int
    shown: tuple[Opposed, ...]
    previous: str | None
    next: str | None
    exports: tuple[tuple[str, str], ...]


Asked = tuple[Consistency | None, Topic | None, Case | None, int, int]
"""Class, topic, case, how many are left out, how many are on a page."""


def contradictions_view(
    counts: Mapping[tuple[Consistency, Topic, Case], int],
    page: Sequence[Contradiction],
    deals: Mapping[str, DealRow],
    library: Library,
    rulings: Rulings,
    asked: Asked,
) -> ContradictionsView:
    """The page of a list; `counts` is of all there are, `deals`, `library` and
    `rulings` hold what those of the page are about."""
    consistency, topic, case, start, size = asked
    state = {"class": consistency, "topic": topic, "case": case}

    def href(changed: Mapping[str, str | int | None], path: str = "/contradictions") -> str:
        return links.listing(path, **{**state, **changed})

    def choice(name: str, one: Consistency | Topic | Case, note: str = "") -> Choice:
        is_on = state[name] is one
        return Choice(one.value, note, number({name: one}), is_on, href({name: None if is_on else one.value}))

    def number(changed: Mapping[str, Consistency | Topic | Case]) -> int:
        wanted = {**state, **changed}.values()
        return sum(n for of, n in counts.items() if all(w in (None, o) for w, o in zip(wanted, of, strict=True)))

    total = number({})
    previous, following = turns(lambda at: href({"start": at}), start, size, total)
    return ContradictionsView(
        classes=tuple(choice("class", one, note) for one, note in MEANINGS.items()),
        topics=tuple(choice("topic", one) for one in Topic),
        cases=tuple(choice("case", one) for one in Case),
        total=total,
        first=start + 1,
        shown=tuple(opposed(deals[one.deal], one, library, rulings) for one in page),
        previous=previous,
        next=following,
        exports=exports(lambda form: href({}, f"/contradictions.{form}")),
    )


def rows(found: Iterable[Contradiction]) -> Iterable[Row]:
    """Contradictions as rows of a table."""
    for one in found:
        yield {
            "id": one.id,
            "deal": one.deal,
            "topic": one.topic.value,
            "class": one.consistency.value,
            "left": words.one_line(one.left.value),
            "right": words.one_line(one.right.value),
            "reason": words.one_line(one.reason),
            "left_claims": "\n".join(f"{ref.document} {ref.claim}" for ref in one.left.refs),
            "right_claims": "\n".join(f"{ref.document} {ref.claim}" for ref in one.right.refs),
            "ruling": one.ruling or "",
        }
