"""The register: an append-only store of documents, claims and decisions, and the deals that follow from them.

Invariants: nothing that was added is ever changed or taken away; each claim is checked against its document's text on
the way in and on the way out; adding what is there already changes nothing at all; and what is computed (deals,
stories, contradictions) is a function of the current readings and the decisions, whatever the order of the readings.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Engine

from followthearms.errors import NotInRegister
from followthearms.model import Consistency, Contradiction, Deal, Document, Story, Topic
from followthearms.register import adding, folding
from followthearms.register.accounts import Accounts
from followthearms.register.answers import queries
from followthearms.register.answers.belonging import Belonging
from followthearms.register.answers.differing import Differing
from followthearms.register.answers.entities import Entities
from followthearms.register.answers.flows import FlowsOf
from followthearms.register.answers.relations import RelationsOf
from followthearms.register.answers.sources import Sources
from followthearms.register.answers.statements import Counts, Statement
from followthearms.register.database import open_engine
from followthearms.register.decisions.ledger import Ledger
from followthearms.register.decisions.trail import Trail
from followthearms.register.intake import Journal
from followthearms.register.log.importing import Imports
from followthearms.register.log.logbook import Logbook
from followthearms.register.log.replay import replayed
from followthearms.register.run import Run
from followthearms.register.search import Search
from followthearms.register.session import Session, utc_now
from followthearms.register.snapshots import Snapshots
from followthearms.register.state import State, state
from followthearms.register.watching import Watching


class Register:
    """A register in an SQLite file or a PostgreSQL database. Use it as a context manager, or `close` it.

    What belongs to one concern is in a part of it: `ledger` (decisions), `search`, `entities`, `relations`,
    `sources`, `snapshots`.
    """

    def __init__(self, engine: Engine, clock: Callable[[], dt.datetime] = utc_now) -> None:
        self._session = Session(engine, clock)
        folding.prepare(self._session)

    @classmethod
    def open(cls, where: Path | str, *, create: bool = True, clock: Callable[[], dt.datetime] = utc_now) -> Self:
        """The register at a path, or at an SQLite or PostgreSQL URL; an older schema is brought up to date.

        Raises RegisterError if there is none and `create` is false, or if the database is no register or a newer one.
        """
        return cls(open_engine(where, create=create), clock)

    def as_of(self, day: dt.date) -> Self:
        """The register as it was known at the end of a day (UTC), in memory; what is added to it is lost."""
        with self._session.reading() as connection:
            engine = replayed(connection, day)
        return type(self)(engine)

    @property
    def file(self) -> Path | None:
        """The file that it stands in; None if it is on a database server, or in memory."""
        url = self._session.engine.url
        return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None

    @property
    def state(self) -> State:
        """Up to where the log has come: as long as it is the same, so is every answer."""
        with self._session.reading() as connection:
            return state(connection)

    def close(self) -> None:
        """Let go of the database."""
        self._session.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @cached_property
    def ledger(self) -> Ledger:
        """What analysts decided: deciding, undoing, history."""
        return Ledger(self._session)

    @cached_property
    def search(self) -> Search:
        """Deals, claims and documents by filters and words."""
        return Search(self._session)

    @cached_property
    def entities(self) -> Entities:
        """States, organisations, companies, people, equipment and places that the claims name."""
        return Entities(self._session)

    @cached_property
    def relations(self) -> RelationsOf:
        """All that is between two states."""
        return RelationsOf(self._session)

    @cached_property
    def sources(self) -> Sources:
        """The outlets and publishers, with their grades."""
        return Sources(self._session)

    @cached_property
    def belonging(self) -> Belonging:
        """Which claims belong to which deals, and why."""
        return Belonging(self._session)

    @cached_property
    def flows(self) -> FlowsOf:
        """From whom to whom, in what and when: counts of the deals that meet a query."""
        return FlowsOf(self._session)

    @cached_property
    def differing(self) -> Differing:
        """Where reports of one deal differ, counted and a page at a time."""
        return Differing(self._session)

    @cached_property
    def accounts(self) -> Accounts:
        """Who may log in, where a team shares the register."""
        return Accounts(self._session)

    @cached_property
    def trail(self) -> Trail:
        """Who decided what when, a page at a time."""
        return Trail(self._session)

    @cached_property
    def log(self) -> Logbook:
        """All that was ever added and decided, as lines that another register can take in."""
        return Logbook(self._session)

    @cached_property
    def imports(self) -> Imports:
        """Taking in documents with claims that were not read here, all of them or none."""
        return Imports(self._session)

    @cached_property
    def intake(self) -> Journal:
        """What was given to be read, and what became of each input."""
        return Journal(self._session)

    @cached_property
    def snapshots(self) -> Snapshots:
        """The register frozen under names, and what changed between them."""
        return Snapshots(self._session)

    @cached_property
    def watching(self) -> Watching:
        """What has happened since somebody last looked."""
        return Watching(self._session)

    def add(self, document: Document, run: Run) -> adding.Added:
        """Add what a run read of a document: all of it is stored when this returns, nothing if it raises.

        A document whose id is known must have the text and the address that are known. What is read of it may differ,
        and then replaces what was read before in all that is computed. Raises RegisterError if text or address
        differ, FormatError if the text cannot be stored or two claims have one id.
        """
        [added] = self.add_many([document], run)
        return added

    def add_many(self, documents: Sequence[Document], run: Run) -> tuple[adding.Added, ...]:
        """Add several documents as `add` does, all or none of them."""
        checked = [document.with_claims(document.claims) for document in documents]
        now = self._session.now().isoformat(timespec="seconds")
        with self._session.writing() as connection:
            added = tuple(adding.add(connection, document, run, now) for document in checked)
            changed = {d.id for d, what in zip(checked, added, strict=True) if what is not adding.Added.UNCHANGED}
            folding.update(connection, changed, now)
        return added

    def documents(self, names: Collection[str] | None = None) -> tuple[Document, ...]:
        """The documents with these ids, or all, sorted by id, with the claims of their current readings as analysts
        left them; those that were rejected are left out."""
        with self._session.reading() as connection:
            return queries.documents(connection, names)

    def document(self, name: str) -> Document:
        """The document with this id. Raises NotInRegister."""
        with self._session.reading() as connection:
            found = queries.documents(connection, [name])
        if not found:
            raise NotInRegister(f"no document {name!r} in the register; `fta claims --json` names the documents")
        return found[0]

    def claims(self) -> tuple[Statement, ...]:
        """All claims that were not rejected, by document and place in it; `search.claims` filters them."""
        return tuple(Statement(document, claim) for document in self.documents() for claim in document.claims)

    def deals(self, names: Collection[str] | None = None) -> tuple[Deal, ...]:
        """The deals with these ids, or all, in full, sorted by id; `search.deals` filters and pages them."""
        with self._session.reading() as connection:
            return queries.deals(connection, names)

    def deal(self, name: str) -> Deal:
        """The deal with this id, or the only one whose id begins so; an id that a deal once had leads to the deal in
        which its first claim is now. Raises NotInRegister."""
        with self._session.reading() as connection:
            return queries.deal(connection, name)

    def contradictions(
        self, *, consistency: Consistency | None = None, topic: Topic | None = None
    ) -> tuple[Contradiction, ...]:
        """What reports of one deal differ in, by deal; `Consistency` tells which of them cannot both be right."""
        with self._session.reading() as connection:
            return queries.contradictions(connection, consistency, topic)

    def stories(self) -> tuple[Story, ...]:
        """The stories that the documents tell, sorted by id; each document is in one."""
        with self._session.reading() as connection:
            return queries.stories(connection)

    def unassigned(self) -> tuple[Statement, ...]:
        """The claims of no deal: they name no party, and nothing in their documents shows what deal they mean."""
        with self._session.reading() as connection:
            return queries.unassigned(connection)

    def runs(self) -> tuple[Run, ...]:
        """The runs that read the documents, by the time when they began."""
        with self._session.reading() as connection:
            return queries.runs(connection)

    def counts(self) -> Counts:
        """How much the register holds."""
        with self._session.reading() as connection:
            return queries.counts(connection)
