"""What was read out of texts that somebody gave, before it is in the register and after."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from followthearms.exchange import words
from followthearms.model import Document
from followthearms.model.fates import Fate
from followthearms.model.format import dump_line
from followthearms.register import Added
from followthearms.web import links
from followthearms.web.adding.trays import Met, State, Tray
from followthearms.web.views.documents.document import DocumentView, document_view

_ADDED = {
    Added.NEW: "added",
    Added.REREAD: "read anew",
    Added.UNCHANGED: "was in the register already",
}


@dataclass(frozen=True)
class Read:
    """A document of a tray. `href` shows it in full: here, or in the register once it is there; `became` says what came
    of adding it."""

    title: str
    outlet: str
    day: str
    claims: int
    note: str
    href: str
    is_shown: bool
    became: str


@dataclass(frozen=True)
class Problem:
    """What could not be read, why, and what to do."""

    where: str
    why: str
    remedy: str


@dataclass(frozen=True)
class TrayView:
    """The page of a tray. `shown` is the document that is shown in full, none if there is none or it was added."""

    tray: Tray
    read: tuple[Read, ...]
    problems: tuple[Problem, ...]
    shown: DocumentView | None
    claims: int
    documents: str
    """The documents in the register, once they are there."""


def tray_view(tray: Tray, n: int) -> TrayView:
    """The page of a tray with its n-th document in full, from 1."""
    met = [one for one in tray.met if one.document]
    at = min(n, len(met))
    shown = met[at - 1].document if met and tray.state is not State.ADDED else None
    added = [one for one in tray.added if one is not None] if tray.added else [None] * len(met)
    return TrayView(
        tray=tray,
        read=tuple(
            _read(tray, place, one, became, place == at) for place, (one, became) in enumerate(_both(met, added), 1)
        ),
        problems=tuple(_problem(one) for one in tray.met if one.result.problem),
        shown=document_view(shown, {}) if shown else None,
        claims=sum(len(document.claims) for document in tray.documents),
        documents=links.page("/documents"),
    )


def tray_data(tray: Tray) -> dict[str, Any]:
    """A tray as JSON: how far it is, its documents in the claim format, and what could not be read."""
    problems = [_problem(one) for one in tray.met if one.result.problem]
    return {
        "state": tray.state,
        "done": tray.done,
        "expected": tray.expected,
        "problem": tray.problem or None,
        "documents": [json.loads(dump_line(document)) for document in tray.documents],
        "problems": [vars(one) for one in problems],
    }


def _both(met: Sequence[Met], added: Sequence[Added | None]) -> list[tuple[Met, Added | None]]:
    return list(zip(met, added, strict=True))


def _read(tray: Tray, place: int, one: Met, became: Added | None, is_shown: bool) -> Read:
    document = one.document
    assert document is not None
    return Read(
        title=words.title(document),
        outlet=document.outlet or "outlet not told",
        day=words.published(document.date),
        claims=len(document.claims),
        note=_note(one, document),
        href=links.document(document.id) if became else links.tray(tray.id, place),
        is_shown=is_shown and not became,
        became=_ADDED[became] if became else "",
    )


def _note(one: Met, document: Document) -> str:
    if one.result.fate is Fate.FOREIGN:
        return f"in another language ({document.language}), which is not read; it is kept as it is"
    return ""


def _problem(one: Met) -> Problem:
    problem = one.result.problem
    assert problem is not None
    return Problem(problem.where, problem.problem, problem.remedy)
