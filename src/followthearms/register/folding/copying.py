"""Stories kept up to date as documents come: which of them are copies of one text.

Invariant: a document's text never changes, so that stories only ever grow together; and the stories are those that
`link.stories` makes of all documents at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from functools import cache
from typing import Any

from sqlalchemy import CompoundSelect, Connection, bindparam, select, union_all, update

from followthearms.link.stories import HOLDERS, SHARED, is_copy, shingles, sketch, story
from followthearms.model import Document
from followthearms.register.chunks import chunks
from followthearms.register.folding.recording import put
from followthearms.register.tables import derived, documents

TOGETHER = 100
"""Triples that are looked up at once."""

NO_TRIPLE = -1
"""Stands for no triple; those of a text are not negative."""

_copies, _sketches = derived.copies.c, derived.sketches.c


def tell_copies(connection: Connection, names: Collection[str]) -> set[str]:
    """Give each of these documents its story, if it has none; the documents whose story is another than before."""
    changed: set[str] = set()
    for name, text in _texts(connection, names):
        if connection.execute(select(_copies.story).where(_copies.document == name)).first() is None:
            changed |= _placed(connection, name, text)
    return changed


def _placed(connection: Connection, name: str, text: str) -> set[str]:
    own = shingles(text)
    drawn = sketch(own)
    like = [other for other, found in _candidates(connection, drawn) if is_copy(own, shingles(found))]
    stories = set()
    for part in chunks(like):
        stories |= set(connection.execute(select(_copies.story).where(_copies.document.in_(part))).scalars())
    least = min({story([Document(id=name, text=text)]).id, *stories})
    put(connection, derived.sketches, ({"triple": triple, "document": name} for triple in sorted(drawn)))
    put(connection, derived.copies, [{"document": name, "story": least}])
    changed = {name}
    for other in sorted(stories - {least}):
        changed |= set(connection.execute(select(_copies.document).where(_copies.story == other)).scalars())
        connection.execute(update(derived.copies).where(_copies.story == other).values(story=least))
    return changed | set(like)


def _candidates(connection: Connection, drawn: frozenset[int]) -> Sequence[tuple[str, str]]:
    """The documents that share enough of the sketch to be copies, with their texts."""
    shared: Counter[str] = Counter()
    ordered = sorted(drawn)
    for start in range(0, len(ordered), TOGETHER):
        part = ordered[start : start + TOGETHER]
        padded = [*part, *[NO_TRIPLE] * (TOGETHER - len(part))]
        shared.update(connection.execute(_holders(), {f"t{n}": triple for n, triple in enumerate(padded)}).scalars())
    enough = min(SHARED, len(drawn))
    return _texts(connection, [name for name, count in shared.items() if count >= enough])


@cache
def _holders() -> CompoundSelect[Any]:
    """Asks for the first documents that hold each of so many triples: one statement, which is compiled once."""
    held = (
        select(_sketches.document).where(_sketches.triple == bindparam(f"t{n}")).order_by(_sketches.document)
        for n in range(TOGETHER)
    )
    return union_all(*(select(one.limit(HOLDERS).subquery().c.document) for one in held))


def _texts(connection: Connection, names: Collection[str]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for part in chunks(names):
        asked = select(documents.c.id, documents.c.text).where(documents.c.id.in_(part)).order_by(documents.c.id)
        found += [(row.id, row.text) for row in connection.execute(asked)]
    return found
