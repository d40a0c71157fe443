"""The commands by which analysts rule on the register: decide, undo, history."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

import typer
from pydantic import ValidationError

from followthearms.cli import console
from followthearms.cli.stored import Asked, opened_register
from followthearms.config import analyst
from followthearms.errors import UsageError
from followthearms.exchange.by_hand import Given, read_claim
from followthearms.exchange.corrections import read_correction
from followthearms.exchange.history import as_json, history_lines, one_decision
from followthearms.model.decisions import (
    Accept,
    Correct,
    Different,
    Grade,
    GradeSource,
    Note,
    Reject,
    Resolve,
    Ruling,
    Same,
    Verdict,
)
from followthearms.register.decisions.ledger import Ledger, Made

_E = TypeVar("_E", bound=StrEnum)


@dataclass(frozen=True)
class Desk:
    """On which register it is decided, by whom and why; null stands for the default."""

    place: str | None
    by: str | None
    why: str

    @contextmanager
    def ledger(self) -> Iterator[Ledger]:
        """The decisions of the register."""
        with opened_register(self.place) as register:
            yield register.ledger

    def decide(self, ledger: Ledger, *rulings: Ruling) -> None:
        """Take down the rulings, and say so."""
        who = self.who()
        for ruling in rulings:
            _tell(ledger.decide(ruling, who, self.why))

    def who(self) -> str:
        """The analyst's name. Raises UsageError if there is none."""
        return analyst(self.by)


@dataclass(frozen=True)
class Typed:
    """How a correction was asked for: whether the slot is to be empty, and which item a quantity is of."""

    empty: bool
    item: str | None


def accept(claims: Sequence[str], desk: Desk) -> None:
    """Accept claims."""
    with desk.ledger() as ledger:
        desk.decide(ledger, *[Accept(claim=ledger.claim(name)) for name in claims])


def reject(claims: Sequence[str], desk: Desk) -> None:
    """Reject claims."""
    with desk.ledger() as ledger:
        desk.decide(ledger, *[Reject(claim=ledger.claim(name)) for name in claims])


def correct(claim: str, slot: str, values: Sequence[str], typed: Typed, desk: Desk) -> None:
    """Correct a slot. Raises UsageError for values that cannot be read, or none without --empty."""
    if typed.empty is bool(values):
        raise UsageError(f"say what {slot} is, or --empty if the text tells nothing of it")
    with desk.ledger() as ledger:
        target = ledger.claim(claim)
        document, stands = ledger.statement(target)
        corrected, value = read_correction(slot, values, document, stands, typed.item)
        try:
            ruling = Correct(claim=target, slot=corrected, value=value)
        except ValidationError as error:
            raise UsageError(str(error.errors(include_url=False)[0]["ctx"]["error"])) from error
        desk.decide(ledger, ruling)


def claim(document: str, given: Given, desk: Desk) -> None:
    """Add a claim. Raises UsageError for words that the text does not have, or of which nobody says what they mean."""
    with desk.ledger() as ledger:
        desk.decide(ledger, read_claim(ledger.document(document), given))


def merge(names: Sequence[str], desk: Desk) -> None:
    """Make one of deals or entities."""
    with desk.ledger() as ledger:
        desk.decide(ledger, ledger.merging(names))


def split(name: str, parts: Sequence[str], desk: Desk) -> None:
    """Take claims out of a deal, or names from an entity."""
    with desk.ledger() as ledger:
        desk.decide(ledger, ledger.splitting(name, parts))


def same(left: str, right: str, desk: Desk) -> None:
    """Bind two together."""
    with desk.ledger() as ledger:
        one, other = ledger.pair(left, right)
        desk.decide(ledger, Same(left=one, right=other))


def different(left: str, right: str, desk: Desk) -> None:
    """Keep two apart."""
    with desk.ledger() as ledger:
        one, other = ledger.pair(left, right)
        desk.decide(ledger, Different(left=one, right=other))


def grade(source: str, letter: str, desk: Desk) -> None:
    """Grade a source."""
    given = _one_of(Grade, letter.upper(), "grade")
    with desk.ledger() as ledger:
        desk.decide(ledger, GradeSource(source=ledger.source(source), grade=given))


def note(subject: str, text: str, desk: Desk) -> None:
    """Add a remark."""
    if not text.strip():
        raise UsageError("a note needs some words")
    with desk.ledger() as ledger:
        desk.decide(ledger, Note(about=ledger.about(subject), text=text))


def resolve(contradiction: str, verdict: str, desk: Desk) -> None:
    """Rule on a contradiction."""
    given = _one_of(Verdict, verdict, "verdict")
    with desk.ledger() as ledger:
        desk.decide(ledger, Resolve(contradiction=ledger.contradiction(contradiction), verdict=given))


def undo(decision: str, whole: bool, desk: Desk) -> None:
    """Undo a decision, or as a whole what was decided at once."""
    with desk.ledger() as ledger:
        who = desk.who()
        made = ledger.undo_act(decision, who, desk.why) if whole else (ledger.undo(decision, who, desk.why),)
    for one in made:
        _tell(one)


def print_history(asked: Asked, subject: str | None) -> None:
    """What was decided on a subject, or all."""
    with asked.register() as register:
        entries = register.ledger.history(subject)
    if asked.as_json:
        console.print_json([as_json(entry) for entry in entries])
    elif entries:
        _print(history_lines(entries))
    else:
        typer.echo("Nothing was decided on it." if subject else "Nothing was decided.", err=True)


def _tell(made: Made) -> None:
    typer.echo(one_decision(made.decision))
    for warning in made.warnings:
        typer.echo(f"fta: warning: {warning}", err=True)


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        typer.echo(line)


def _one_of(kind: type[_E], word: str, what: str) -> _E:
    try:
        return kind(word)
    except ValueError as error:
        raise UsageError(f"no such {what}: {word}; there are {', '.join(kind)}") from error
