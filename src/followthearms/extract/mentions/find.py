"""All mentions of a text: each finder proposes, `resolve` settles."""

from __future__ import annotations

import re
from collections.abc import Sequence

from followthearms.extract.mentions.anaphora import STATING
from followthearms.extract.mentions.equipment.find import find_equipment
from followthearms.extract.mentions.figures.find import find_figures
from followthearms.extract.mentions.figures.money import with_currencies
from followthearms.extract.mentions.names.actors import find_actors
from followthearms.extract.mentions.names.persons import find_persons
from followthearms.extract.mentions.names.places import find_places
from followthearms.extract.mentions.resolve import cut_back, settle
from followthearms.model import Document
from followthearms.model.mentions import Form, Mention
from followthearms.rules.tree import Sentence

_OCCASION = re.compile(r"\s(?:ahead of|en route|in|at|(?:upcoming )?visit (?:of|from|by))\s|\s\|\s", re.IGNORECASE)
"""Where the words of a title end that may name who speaks, and the occasion, the place or the guest begins."""
_STATEMENT = re.compile(r"\b(?:statement|communiqu|declaration)", re.IGNORECASE)
_MATTER = re.compile(r"\s(?:on|to|regarding|following)\s", re.IGNORECASE)
"""Where the words of such a title end that may name who states, and what it is about begins."""


def find_mentions(document: Document, sentences: Sequence[Sentence]) -> list[Mention]:
    """The mentions of a document, settled, in text order. Relative dates count from the document's date."""
    text = document.text
    actors, equipment = find_actors(text), find_equipment(text, sentences)
    return settle([
        *cut_back(actors, equipment),
        *find_persons(text, actors, sentences),
        *equipment,
        *with_currencies(find_figures(text, document.date), actors),
        *find_places(text, actors, sentences),
    ])  # fmt: skip


def voices(title: str | None) -> list[Mention]:
    """The people, offices and seats of government that a title names, not those of the occasion: in a speech they are
    who "we" is. In a statement that names none of these they are the states and bodies that make it."""
    if not title:
        return []
    named = _OCCASION.split(title, maxsplit=1)[0]
    actors = find_actors(named)
    people = [m for m in find_persons(named, actors, ()) if m.code]
    speaking = [*people, *(a for a in actors if a.form in (Form.CAPITAL, Form.FORCE, Form.OFFICE))]
    if speaking or not _STATEMENT.search(named):
        return speaking
    stating = [a for a in actors if a.form in STATING]
    before = len(_MATTER.split(named, maxsplit=1)[0])
    return [a for a in stating if a.end <= before] or stating
