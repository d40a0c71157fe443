"""The ledger: what analysts ruled on the register, in the order in which they did.

Invariants: a ruling is taken down whole, with all that follows from it, or not at all; what it is on was in the
register when it was made; and a decision stands in the log once, from whatever log it came.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pydantic import ValidationError
from sqlalchemy import Connection, insert

from followthearms.errors import UsageError
from followthearms.model import Claim, Decision, Document
from followthearms.model.decisions import Disagreement, Merge, Ruling, Split, Target, Undo, dump_decision, subjects
from followthearms.register import folding, lookup, phrasing
from followthearms.register.checking import check, check_taken, undoable, warnings
from followthearms.register.folding.current import rulings
from followthearms.register.history import Entry, history, root
from followthearms.register.session import Session
from followthearms.register.tables import decisions, touched


@dataclass(frozen=True)
class Made:
    """A decision that was taken down, and what the analyst should know of it: a line each."""

    decision: Decision
    warnings: tuple[str, ...] = ()


class Ledger:
    """The decisions on a register."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def decide(self, ruling: Ruling, who: str, why: str = "") -> Made:
        """Take down a ruling. What it is on is named by `claim`, `deal`, `contradiction` and
        `source`; `merging`, `splitting`, `pair` and `about` make rulings of ids.

        Raises NotInRegister for what is not there, SpanError for a correction whose words do not stand at its offsets,
        UsageError for a ruling that makes no sense (claims that are not of the deal, an undoing of what was undone).
        """
        if not who.strip():
            raise UsageError("a decision needs a name: give --by, or set FTA_ANALYST")
        with self._session.writing() as connection:
            log = rulings(connection).decisions
            check(connection, ruling, log)
            made = _made(ruling, who.strip(), why.strip(), self._session.now(), log)
            told = warnings(connection, made, log)
            self._append(connection, [made], log)
        return Made(made, told)

    def undo(self, decision: str, who: str, why: str = "") -> Made:
        """Undo the decision with this id, or the only one whose id begins so; to undo an undoing restores.

        Raises NotInRegister if there is none, UsageError if it was undone already.
        """
        with self._session.reading() as connection:
            found = undoable(decision, rulings(connection).decisions)
        return self.decide(Undo(decision=found.id), who, why)

    def decisions(self) -> tuple[Decision, ...]:
        """All decisions in the order in which they were made, undone ones included."""
        with self._session.reading() as connection:
            return rulings(connection).decisions

    def history(self, subject: str | None = None) -> tuple[Entry, ...]:
        """The decisions on a subject, oldest first, or all: each with its effect and what the machine read.

        A subject is the id of a claim, deal, contradiction, decision or entity, a beginning of it, or one with its
        sort before it: "claim:ID", "deal:ID", "document:ID", "source:NAME", … Raises NotInRegister.
        """
        with self._session.reading() as connection:
            return history(connection, subject)

    def replay(self, made: Iterable[Decision]) -> int:
        """Take in decisions of another log, as they are and in their order; how many were new.

        A decision that is in the log is passed over. A claim need not be there: the decision is then stale. Raises
        RegisterError, and takes in nothing, if one has the id of another content or undoes what is not there.
        """
        with self._session.writing() as connection:
            log = rulings(connection).decisions
            known = {one.id: one for one in log}
            new: list[Decision] = []
            for one in made:
                check_taken(connection, one, known.keys())
                if one.id not in known:
                    known[one.id] = one
                    new.append(one)
            self._append(connection, new, log)
        return len(new)

    def claim(self, name: str) -> Target:
        """The claim with this id, or "DOCUMENT:ID", or the only one whose id begins so. Raises NotInRegister."""
        with self._session.reading() as connection:
            return lookup.claim(connection, name)

    def deal(self, name: str) -> Target:
        """The deal with this id, of now or before, or the only one whose id begins so. Raises NotInRegister."""
        with self._session.reading() as connection:
            return lookup.deal(connection, name)

    def merging(self, names: Sequence[str]) -> Merge:
        """The ruling that these deals, or these entities, are one; the first keeps its id. Raises UsageError."""
        with self._session.reading() as connection:
            return phrasing.merging(connection, names)

    def splitting(self, name: str, parts: Sequence[str]) -> Split:
        """The ruling that takes claims out of a deal, or names from an entity. Raises UsageError if it makes no sense:
        if a claim is not of the deal, or none would stay."""
        with self._session.reading() as connection:
            return phrasing.splitting(connection, name, parts)

    def pair(self, left: str, right: str) -> tuple[Target, Target] | tuple[str, str]:
        """What stands for two deals, claims or entities in a ruling that they are the same, or different."""
        with self._session.reading() as connection:
            return phrasing.pair(connection, left, right)

    def about(self, subject: str) -> Target | str:
        """What a note on a subject is on: see `history` for how it is named. Raises NotInRegister."""
        with self._session.reading() as connection:
            return phrasing.about(connection, subject)

    def contradiction(self, name: str) -> Disagreement:
        """The contradiction with this id, or the only one whose id begins so. Raises NotInRegister."""
        with self._session.reading() as connection:
            return lookup.contradiction(connection, name)

    def source(self, name: str) -> str:
        """The id of the source with this id or any of its names. Raises NotInRegister."""
        with self._session.reading() as connection:
            return lookup.source(connection, name)

    def statement(self, claim: Target) -> tuple[Document, Claim]:
        """The document of a claim, and the claim as decisions leave it. Raises NotInRegister."""
        with self._session.reading() as connection:
            return lookup.statement(connection, claim)

    def _append(self, connection: Connection, made: Sequence[Decision], log: Sequence[Decision]) -> None:
        known = {one.id: one for one in (*log, *made)}
        for one in made:
            row = {"id": one.id, "act": one.act.value, "who": one.who, "body": dump_decision(one)}
            when = one.when.isoformat(timespec="microseconds")
            added = insert(decisions).values(**row, made=when).returning(decisions.c.seq)
            number = connection.execute(added).scalar_one()
            about = {*subjects(one.ruling), *subjects(root(one, known).ruling)}
            connection.execute(insert(touched), [{"decision": number, "subject": subject} for subject in sorted(about)])
        if made:
            folding.rule(connection, made, self._session.now().isoformat(timespec="seconds"))


def _made(ruling: Ruling, who: str, why: str, when: dt.datetime, log: Sequence[Decision]) -> Decision:
    """The decision. One that was made at this very time with the same content makes it a microsecond later."""
    known = {one.id for one in log}
    while True:
        try:
            made = Decision(who=who, when=when, why=why, ruling=ruling)
        except ValidationError as error:
            raise UsageError(error.errors(include_url=False)[0]["msg"]) from error
        if made.id not in known:
            return made
        when += dt.timedelta(microseconds=1)
