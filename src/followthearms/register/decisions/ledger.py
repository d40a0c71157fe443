"""The ledger: what analysts ruled on the register, in the order in which they did.

Invariants: a ruling is taken down whole, with all that follows from it, or not at all; what it is on was in the
register when it was made; and a decision stands in the log once, from whatever log it came.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, insert

from followthearms.errors import NotInRegister, UsageError
from followthearms.link.rulings.decided import Decided
from followthearms.model import Claim, Deal, Decision, Document
from followthearms.model.decisions import (
    Disagreement,
    Merge,
    Ruling,
    Split,
    Target,
    Undo,
    dump_decision,
    subjects,
    targets,
)
from followthearms.register import folding
from followthearms.register.answers import queries
from followthearms.register.decisions import acts, checking, lookup, phrasing
from followthearms.register.decisions.checking import check, check_taken, undoable, warnings
from followthearms.register.decisions.history import Entry, entries, history, root
from followthearms.register.folding.current import rulings
from followthearms.register.session import Session
from followthearms.register.tables import decisions, touched


@dataclass(frozen=True)
class Made:
    """A decision that was taken down, and what the analyst should know of it: a line each."""

    decision: Decision
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Foreseen:
    """What a ruling would bring: the deals that it is on, as they would be, and what the analyst should know of it."""

    deals: tuple[Deal, ...]
    warnings: tuple[str, ...]


class Ledger:
    """The decisions on a register."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def decide(self, ruling: Ruling, who: str, why: str = "") -> Made:
        """Take down a ruling. What it is on is named by `claim`, `deal`, `contradiction` and
        `source`; `merging`, `splitting`, `pair` and `about` make rulings of ids.

        Raises NotInRegister for what is not there, SpanError for a correction or claim whose words do not stand at its
        offsets,
        UsageError for a ruling that makes no sense (claims that are not of the deal, an undoing of what was undone).
        """
        [made] = self.decide_all([ruling], who, why)
        return made

    def decide_all(
        self,
        found: Sequence[Ruling],
        who: str,
        why: str | Sequence[str] = "",
        *,
        seen: Mapping[Target, str] | None = None,
    ) -> tuple[Made, ...]:
        """Take down rulings at once, all of them or none; they have the same time, by which `act` finds them. `why` is
        the reason for all, or the one for each.

        `seen` names for claims the newest decision on them that who decides knows of (see `with_newest`), empty for
        none. Raises Overtaken if it is not the newest, and else as `decide`.
        """
        with self._session.writing() as connection:
            return self._take(connection, found, who, why, seen or {})

    def try_all(self, found: Sequence[Ruling], who: str, why: str | Sequence[str] = "") -> tuple[Made, ...]:
        """What `decide_all` would take down and warn of; nothing of it is kept. Raises as that."""
        with self._session.trying() as connection:
            return self._take(connection, found, who, why, {})

    def foresee(self, ruling: Ruling, who: str) -> Foreseen:
        """What a ruling would bring, found by making it and keeping nothing of it. Raises as `decide`."""
        with self._session.trying() as connection:
            [made] = self._take(connection, [ruling], who, "", {})
            names = {lookup.deal_of(connection, target) for target in targets(ruling)}
            return Foreseen(queries.deals(connection, names), made.warnings)

    def undo(self, decision: str, who: str, why: str = "") -> Made:
        """Undo the decision with this id, or the only one whose id begins so; to undo an undoing restores.

        Raises NotInRegister if there is none, UsageError if it was undone already.
        """
        with self._session.reading() as connection:
            found = undoable(decision, rulings(connection).decisions)
        return self.decide(Undo(decision=found.id), who, why)

    def undo_act(self, decision: str, who: str, why: str = "") -> tuple[Made, ...]:
        """Undo all that was decided at once with the decision of this id, as far as it holds.

        Raises NotInRegister if there is none, UsageError if all of it was undone already.
        """
        found = self.act(decision)
        held = [one for one in found if one.undone_by is None]
        if not held:
            raise UsageError(f"decision {decision} was undone already; `fta undo {found[0].undone_by}` restores it")
        return self.decide_all([Undo(decision=one.decision.id) for one in held], who, why)

    def act(self, decision: str) -> tuple[Entry, ...]:
        """What was decided at once with the decision of this id, itself among it. Raises NotInRegister."""
        with self._session.reading() as connection:
            ruled = rulings(connection)
            return entries(connection, acts.act(decision, ruled.decisions), ruled)

    def warned_of(self, decision: str) -> tuple[str, ...]:
        """What the analyst was warned of when the decision with this id was made (see `Made`), by today's reading."""
        with self._session.reading() as connection:
            log = rulings(connection).decisions
            place = log.index(checking.decision(decision, log))
            return warnings(connection, log[place], log[:place])

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

    def document(self, name: str) -> Document:
        """The document with this id, or the only one whose id begins so, with its claims as they were read, by the
        program or by hand. Raises NotInRegister."""
        with self._session.reading() as connection:
            return lookup.one_document(connection, name)

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

    def standing(self, document: str) -> Decided:
        """The document with this id with all its claims as decisions leave them, those that were rejected included.
        Raises NotInRegister."""
        with self._session.reading() as connection:
            return _standing(connection, document)

    def standings(self, documents: Collection[str]) -> tuple[Decided, ...]:
        """The same of the documents with these ids, in the order of their ids."""
        with self._session.reading() as connection:
            return tuple(folding.standing(connection, documents))

    def with_newest(self, document: str) -> tuple[Decided, dict[str, str]]:
        """The same, with the newest decision for each of its claims, by id, that accepts, rejects, corrects or adds it
        or adds one in its place, or undoes or restores such a one: what `decide_all` is told was seen. Claims without
        any are left out."""
        with self._session.reading() as connection:
            found = _standing(connection, document)
            return found, acts.newest(found.read, rulings(connection).decisions)

    def _take(
        self,
        connection: Connection,
        found: Sequence[Ruling],
        who: str,
        why: str | Sequence[str],
        seen: Mapping[Target, str],
    ) -> tuple[Made, ...]:
        if not who.strip():
            raise UsageError("a decision needs a name: give --by, or set FTA_ANALYST")
        log = rulings(connection).decisions
        acts.check_seen(connection, seen, log)
        for ruling in found:
            check(connection, ruling, log)
        reasons = [why] * len(found) if isinstance(why, str) else why
        made = acts.made(found, who.strip(), reasons, self._session.now(), log)
        told = [warnings(connection, one, [*log, *made[:n]]) for n, one in enumerate(made)]
        self._append(connection, made, log)
        return tuple(map(Made, made, told))

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


def _standing(connection: Connection, document: str) -> Decided:
    found = next(folding.standing(connection, [document]), None)
    if found is None:
        raise NotInRegister(f"no document {document!r} in the register; `fta claims --json` names the documents")
    return found
