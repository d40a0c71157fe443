"""Stories kept up to date as documents come: which of them are copies of one text.

Invariant: a document's text never changes, so that stories only ever grow together; and the stories are those that
`link.stories` makes of all documents at once.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import Any

from sqlalchemy import BigInteger, Connection, Insert, Integer, Select, bindparam, func, insert, select, update

from followthearms.link.stories import HOLDERS, SHARED, is_copy, numbered, sketch, story, triples
from followthearms.model import Document
from followthearms.register.chunks import chunks
from followthearms.register.folding.recording import put
from followthearms.register.search import dialects
from followthearms.register.tables import derived, documents

_copies, _sketches, _other = derived.copies.c, derived.sketches.c, derived.sketches.alias().c


def tell_copies(connection: Connection, names: Collection[str]) -> set[str]:
    """Give each of these documents its story, if it has none; the documents whose story is another than before."""
    changed: set[str] = set()
    for part in chunks(names):
        told = set(connection.execute(select(_copies.document).where(_copies.document.in_(part))).scalars())
        new = [name for name in part if name not in told]
        asked = select(documents.c.id, documents.c.text).where(documents.c.id.in_(new)).order_by(documents.c.id)
        for name, text in connection.execute(asked).all() if new else ():
            changed |= _placed(connection, name, text)
    return changed


def _placed(connection: Connection, name: str, text: str) -> set[str]:
    own = triples(text)
    drawn = sketch(numbered(own))
    dialect = connection.dialect.name
    bound = {"drawn": dialects.packed(dialect, sorted(drawn))}
    found = connection.execute(_candidates(dialect), {**bound, "shared": min(SHARED, len(drawn))}).all()
    like = [row.id for row in found if is_copy(own, triples(row.text))]
    stories = set()
    for part in chunks(like):
        stories |= set(connection.execute(select(_copies.story).where(_copies.document.in_(part))).scalars())
    least = min({story([Document(id=name, text=text)]).id, *stories})
    connection.execute(_drawing(dialect), {**bound, "drawer": name})
    put(connection, derived.copies, [{"document": name, "story": least}])
    changed = {name}
    for other in sorted(stories - {least}):
        changed |= set(connection.execute(select(_copies.document).where(_copies.story == other)).scalars())
        connection.execute(update(derived.copies).where(_copies.story == other).values(story=least))
    return changed | set(like)


@cache
def _candidates(dialect: str) -> Select[Any]:
    """Asks for the documents that have so many triples as are `shared` in common with the sketch that is `drawn`, with
    their texts. Of each triple its first `HOLDERS` documents are looked at. Made once, as it is asked for each
    document, and to put it together takes longer than to answer it."""
    own = _listed(dialect)
    first = select(_other.document).where(_other.triple == own).order_by(_other.document)
    last = first.limit(1).offset(HOLDERS - 1).scalar_subquery()
    looked = select(own.label("triple"), last.label("last")).cte("looked").prefix_with("MATERIALIZED")
    held = (_sketches.triple == looked.c.triple) & (_sketches.document <= func.coalesce(looked.c.last, "\U0010ffff"))
    enough = func.count() >= bindparam("shared", type_=Integer)
    like = select(_sketches.document).where(held).group_by(_sketches.document).having(enough).cte("alike")
    return select(documents.c.id, documents.c.text).join(like, like.c.document == documents.c.id)


@cache
def _drawing(dialect: str) -> Insert:
    """Keeps the sketch that is `drawn` of the `drawer`."""
    rows = select(_listed(dialect), bindparam("drawer", type_=_sketches.document.type))
    return insert(derived.sketches).from_select(["triple", "document"], rows)


def _listed(dialect: str) -> Any:
    """The triples of the sketch that is `drawn` as a column."""
    return dialects.listed_as(dialect, bindparam("drawn"), BigInteger()).subquery().c.listed
