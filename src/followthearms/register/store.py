"""The register: an append-only store of documents and claims, and the deals that follow from them.

Invariants: nothing that was added is ever changed or taken away; each claim is checked against its document's text on
the way in and on the way out; adding what is there already changes nothing at all; and what is computed (deals,
stories, contradictions) is a function of the current readings, whatever the order in which they came.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from followthearms.errors import NotInRegister
from followthearms.link import Linked, link
from followthearms.model import (
    Claim,
    Consistency,
    Contradiction,
    Deal,
    Document,
    Kind,
    Nature,
    Ref,
    Status,
    Story,
    Topic,
)
from followthearms.register import adding, queries
from followthearms.register.database import WRITE, failure, open_engine
from followthearms.register.run import Run


@dataclass(frozen=True)
class Statement:
    """A claim with the document that makes it."""

    document: Document
    claim: Claim

    @property
    def ref(self) -> Ref:
        """Where it stands."""
        return Ref(document=self.document.id, claim=self.claim.id)

    @property
    def quote(self) -> str:
        """The words of its evidence."""
        return self.document.words(self.claim.evidence)


@dataclass(frozen=True)
class Counts:
    """How much the register holds. `readings` counts replaced ones too; all else is as of the current readings."""

    documents: int
    stories: int
    claims: int
    deals: int
    unassigned: int
    runs: int
    readings: int


@dataclass(frozen=True)
class _State:
    """What the current readings come to. `newest` tells one state of the database from the next."""

    newest: int
    documents: dict[str, Document]
    linked: Linked


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class Register:
    """A register in an SQLite file. Use it as a context manager, or `close` it."""

    def __init__(self, engine: Engine, clock: Callable[[], dt.datetime] = _now) -> None:
        self._engine, self._clock = engine, clock
        self._state: _State | None = None

    @classmethod
    def open(cls, where: Path | str, *, create: bool = True, clock: Callable[[], dt.datetime] = _now) -> Self:
        """The register at a path or an SQLite URL; an older schema is brought up to date.

        Raises RegisterError if there is none and `create` is false, or if the file is no register or a newer one.
        """
        return cls(open_engine(where, create=create), clock)

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def add(self, document: Document, run: Run) -> adding.Added:
        """Add what a run read of a document: all of it is stored when this returns, nothing if it raises.

        A document whose id is known must have the text and the address that are known. What is read of it may differ,
        and then replaces what was read before in all that is computed. Raises RegisterError if text or address
        differ, FormatError if the text cannot be stored or two claims have one id.
        """
        checked = document.with_claims(document.claims)
        now = self._clock().astimezone(dt.UTC).isoformat(timespec="seconds")
        with self._transaction(write=True) as connection:
            return adding.add(connection, checked, run, now)

    def documents(self) -> tuple[Document, ...]:
        """All documents with the claims of their current readings, sorted by id."""
        return tuple(self._current().documents.values())

    def document(self, name: str) -> Document:
        """The document with this id. Raises NotInRegister."""
        found = self._current().documents.get(name)
        if found is None:
            raise NotInRegister(f"no document {name!r} in the register; `fta claims --json` names the documents")
        return found

    def claims(
        self,
        *,
        kind: Kind | None = None,
        party: str | None = None,
        equipment: str | None = None,
        document: str | None = None,
    ) -> tuple[Statement, ...]:
        """The claims that meet all conditions, by document and place in it.

        `kind` is the best kind; `party` the code of any party, in any slot; `equipment` a part of the words, the
        designation or the category of an item, whatever the case.
        """
        found: dict[str, list[int]] = defaultdict(list)
        with self._transaction() as connection:
            known = self._current(connection).documents
            for name, position in connection.execute(queries.matching(kind, party, equipment, document)):
                found[name].append(position)
        return tuple(
            Statement(known[name], known[name].claims[position])
            for name in sorted(found)
            for position in sorted(found[name])
        )

    def deals(
        self,
        *,
        party: str | None = None,
        equipment: str | None = None,
        nature: Nature | None = None,
        status: Status | None = None,
    ) -> tuple[Deal, ...]:
        """The deals that meet all conditions, sorted by id; `party` and `equipment` as in `claims`."""
        return tuple(
            deal
            for deal in self._current().linked.deals
            if (nature is None or deal.nature is nature)
            and (status is None or deal.status is status)
            and (party is None or _takes_part(deal, party))
            and (equipment is None or _is_about(deal, equipment))
        )

    def deal(self, name: str) -> Deal:
        """The deal with this id, or the only one whose id begins so. Raises NotInRegister."""
        found = [deal for deal in self._current().linked.deals if name and deal.id.startswith(name)]
        if len(found) != 1:
            problem = f"the ids of {len(found)} deals begin with" if found else "no deal has an id that begins with"
            raise NotInRegister(f"{problem} {name!r}; `fta deals` lists them")
        return found[0]

    def contradictions(
        self, *, consistency: Consistency | None = None, topic: Topic | None = None
    ) -> tuple[Contradiction, ...]:
        """What reports of one deal differ in, by deal; `Consistency` tells which of them cannot both be right."""
        return tuple(
            found
            for deal in self._current().linked.deals
            for found in deal.contradictions
            if (consistency is None or found.consistency is consistency) and (topic is None or found.topic is topic)
        )

    def stories(self) -> tuple[Story, ...]:
        """The stories that the documents tell, sorted by id; each document is in one."""
        return self._current().linked.stories

    def unassigned(self) -> tuple[Statement, ...]:
        """The claims of no deal: they name no party, and nothing in their documents shows what deal they mean."""
        state = self._current()
        return tuple(
            Statement(document, claim)
            for document in state.documents.values()
            for claim in document.claims
            if Ref(document=document.id, claim=claim.id) in state.linked.unassigned
        )

    def runs(self) -> tuple[Run, ...]:
        """The runs that read the documents, by the time when they began."""
        with self._transaction() as connection:
            return queries.runs(connection)

    def counts(self) -> Counts:
        """How much the register holds."""
        with self._transaction() as connection:
            state = self._current(connection)
            return Counts(
                documents=len(state.documents),
                stories=len(state.linked.stories),
                claims=sum(len(document.claims) for document in state.documents.values()),
                deals=len(state.linked.deals),
                unassigned=len(state.linked.unassigned),
                runs=len(queries.runs(connection)),
                readings=queries.count_readings(connection),
            )

    def _current(self, connection: Connection | None = None) -> _State:
        """The state of the database, folded once for each; within a transaction if one is given."""
        if connection is None:
            with self._transaction() as opened:
                return self._current(opened)
        newest = queries.newest_reading(connection)
        if self._state is None or self._state.newest != newest:
            documents = queries.current_documents(connection)
            self._state = _State(newest, documents, link(documents.values()))
        return self._state

    @contextmanager
    def _transaction(self, *, write: bool = False) -> Iterator[Connection]:
        """A transaction, which sees one state of the database. Raises RegisterError if the database fails."""
        options = WRITE if write else {}
        try:
            with self._engine.connect().execution_options(**options) as connection, connection.begin():
                yield connection
        except DBAPIError as error:
            raise failure(self._engine, error) from error


def _takes_part(deal: Deal, code: str) -> bool:
    return any(code == party.code for party in (*deal.supplier, *deal.recipient, *deal.parties, *deal.actors))


def _is_about(deal: Deal, equipment: str) -> bool:
    words = (word for item in deal.equipment for word in (item.label, item.designation, item.category) if word)
    return any(equipment.casefold() in word.casefold() for word in words)
