"""From documents to deals: the fold that the register's rows are.

Invariants: a pure function of the set of documents, whose order plays no part; and every claim stands in some deal or
among the unassigned.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from followthearms.link.clusters import rows
from followthearms.link.figures import refs
from followthearms.link.rows import deal
from followthearms.link.sources import Sources
from followthearms.link.stories import stories
from followthearms.link.strands import strands
from followthearms.model import Deal, Document, Ref, Story


@dataclass(frozen=True)
class Linked:
    """What documents come to: their deals sorted by id, their stories, and the claims that are of no deal."""

    deals: tuple[Deal, ...]
    stories: tuple[Story, ...]
    unassigned: tuple[Ref, ...]


def link(documents: Iterable[Document]) -> Linked:
    """Fold the documents with their claims. No two documents may have the same id."""
    known = sorted(documents, key=lambda document: document.id)
    told = stories(known)
    cut = [strand for document in known for claim in document.claims for strand in strands(document, claim)]
    made = rows(cut)
    placed = {strand.ref for row in made for strand in row.strands}
    sources = Sources(told)
    found = sorted((deal(row, sources) for row in made), key=lambda one: one.id)
    return Linked(tuple(found), told, refs(strand for strand in cut if strand.ref not in placed))


def deals(documents: Iterable[Document]) -> tuple[Deal, ...]:
    """The deals that the documents tell of, sorted by id."""
    return link(documents).deals
