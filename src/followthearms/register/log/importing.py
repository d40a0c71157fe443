"""Taking in documents whose claims come from elsewhere: all of them, or none.

Invariant: an id means one thing for ever. A document's is of one text, and a claim's, within its document, of one
content; what an import brings under a known id with another content is refused with all that came with it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, select

from followthearms.errors import FormatError, InputError, Refused, RegisterError
from followthearms.model import Claim, Document
from followthearms.register import folding, rows
from followthearms.register.adding import Added, add
from followthearms.register.run import Run
from followthearms.register.session import Session
from followthearms.register.tables import claims, readings

_ANOTHER = "give one of the two another id"


class Imports:
    """The door for claims that were not read here."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def take(self, items: Iterable[tuple[str, Document | InputError]], run: Run, where: str) -> Counter[Added]:
        """Store the documents with their claims, in one transaction; how many of each sort there were.

        Each comes after its place ("claims.jsonl, line 12"), as `sources.imports.read_import` gives them; `where` names
        the file. Raises Refused, with all faults, if any is an error or does not fit the others or the register.
        """
        brought = list(items)  # read to the end before others have to wait
        with self._session.writing() as connection:
            taking = _Taking(connection, run, self._session.now().isoformat(timespec="seconds"))
            for place, item in brought:
                taking.take(place, item)
            if taking.faults:
                raise Refused(where, taking.faults)
            folding.update(connection, taking.changed, taking.now)
        return taking.added


class _Taking:
    """What has been taken in so far, and what is wrong with it."""

    def __init__(self, connection: Connection, run: Run, now: str) -> None:
        self.connection, self.run, self.now = connection, run, now
        self.added: Counter[Added] = Counter()
        self.changed: list[str] = []
        self.faults: list[InputError] = []
        self._seen: dict[str, tuple[str, str]] = {}

    def take(self, place: str, item: Document | InputError) -> None:
        """Add a document, or note what is wrong."""
        if isinstance(item, InputError):
            self.faults.append(item)
            return
        found = [*self._repeated(place, item), *self._known(place, item)]
        self.faults += found
        if not self.faults:  # after a fault nothing is stored, but the rest is still looked at
            self._add(place, item)

    def _add(self, place: str, document: Document) -> None:
        if _content(self.connection, document.id) == rows.content(document):
            self.added[Added.UNCHANGED] += 1
            return
        try:
            kind = add(self.connection, document, self.run, self.now)
        except InputError as error:
            self.faults.append(FormatError(place, error.problem, error.remedy))
        except RegisterError as error:
            self.faults.append(FormatError(place, str(error)))
        else:
            self.added[kind] += 1
            self.changed.append(document.id)

    def _repeated(self, place: str, document: Document) -> Iterator[InputError]:
        """An id that the file has given to something else."""
        digest = f"{document.text_hash} {rows.content(document)}"
        first, known = self._seen.setdefault(document.id, (place, digest))
        if known != digest:
            problem = f"document {document.id} stands at {first} with another content"
            yield FormatError(place, problem, _ANOTHER)
        for name, times in Counter(claim.id for claim in document.claims).items():
            if times > 1:
                yield FormatError(place, f"two claims have the id {name}", "give each its own")

    def _known(self, place: str, document: Document) -> Iterator[InputError]:
        """A claim's id that the register has, within the same document, for another content."""
        brought = {claim.id: claim for claim in document.claims}
        asked = select(claims.c.id, claims.c.body).join(readings, readings.c.id == claims.c.reading)
        told: set[str] = set()
        for name, body in self.connection.execute(asked.where(readings.c.document == document.id)):
            claim = brought.get(name)
            if claim is None or name in told:
                continue
            if Claim.model_validate_json(body).content_id(document.id) != claim.content_id(document.id):
                told.add(name)
                yield FormatError(place, f"the register has another claim {name} in document {document.id}", _ANOTHER)


def _content(connection: Connection, document: str) -> str | None:
    """The hash of what was last read of a document; null if there is none."""
    asked = select(readings.c.content).where(readings.c.document == document)
    return connection.execute(asked.order_by(readings.c.id.desc()).limit(1)).scalar()
