"""Stories kept up to date as documents come: which of them are copies of one text.

Invariant: a document's text never changes, so that stories only ever grow together; and the stories are those that
`link.stories` makes of all documents at once.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import BigInteger, ColumnElement, Connection, func, insert, literal, select, update

from followthearms.link.stories import HOLDERS, SHARED, is_copy, shingles, sketch, story, triples
from followthearms.model import Document
from followthearms.register.chunks import chunks
from followthearms.register.folding.recording import put
from followthearms.register.search import dialects
from followthearms.register.tables import derived, documents

_copies, _sketches, _other = derived.copies.c, derived.sketches.c, derived.sketches.alias().c


def tell_copies(connection: Connection, names: Collection[str]) -> set[str]:
    """Give each of these documents its story, if it has none; the documents whose story is another than before."""
    changed: set[str] = set()
    for name, text in _texts(connection, names):
        if connection.execute(select(_copies.story).where(_copies.document == name)).first() is None:
            changed |= _placed(connection, name, text)
    return changed


def _placed(connection: Connection, name: str, text: str) -> set[str]:
    own, drawn = triples(text), sketch(shingles(text))
    like = [other for other, found in _candidates(connection, drawn) if is_copy(own, triples(found))]
    stories = set()
    for part in chunks(like):
        stories |= set(connection.execute(select(_copies.story).where(_copies.document.in_(part))).scalars())
    least = min({story([Document(id=name, text=text)]).id, *stories})
    rows = select(_listed(connection, drawn), literal(name))
    connection.execute(insert(derived.sketches).from_select(["triple", "document"], rows))
    put(connection, derived.copies, [{"document": name, "story": least}])
    changed = {name}
    for other in sorted(stories - {least}):
        changed |= set(connection.execute(select(_copies.document).where(_copies.story == other)).scalars())
        connection.execute(update(derived.copies).where(_copies.story == other).values(story=least))
    return changed | set(like)


def _candidates(connection: Connection, drawn: frozenset[int]) -> Sequence[tuple[str, str]]:
    """The documents that share enough of the sketch to be copies, with their texts. Of each triple its first `HOLDERS`
    documents are looked at."""
    own = _listed(connection, drawn)
    first = select(_other.document).where(_other.triple == own).order_by(_other.document)
    last = first.limit(1).offset(HOLDERS - 1).scalar_subquery()
    looked = select(own.label("triple"), last.label("last")).cte("looked").prefix_with("MATERIALIZED")
    held = (_sketches.triple == looked.c.triple) & (_sketches.document <= func.coalesce(looked.c.last, "\U0010ffff"))
    shared = func.count() >= min(SHARED, len(drawn))
    asked = select(_sketches.document).where(held).group_by(_sketches.document).having(shared)
    return _texts(connection, connection.execute(asked).scalars().all())


def _listed(connection: Connection, drawn: frozenset[int]) -> ColumnElement[int]:
    """The triples of a sketch as a column: bound as one value, for there are many."""
    return dialects.listed(connection, sorted(drawn), BigInteger()).subquery().c.listed


def _texts(connection: Connection, names: Collection[str]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for part in chunks(names):
        asked = select(documents.c.id, documents.c.text).where(documents.c.id.in_(part)).order_by(documents.c.id)
        found += [(row.id, row.text) for row in connection.execute(asked)]
    return found
