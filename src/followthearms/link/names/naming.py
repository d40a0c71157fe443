"""What the words of one mention name: a party, a company, a person, an outlet, a place, a type of equipment.

Invariant: a finding depends on the words, what its claim says of them, and the package's tables. Words that name
nothing ("the firm", "officials", "arms") give no entity; a name that no table knows gives a provisional one.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from followthearms.knowledge import entities as register
from followthearms.knowledge.entities import by_name, entity
from followthearms.knowledge.equipment import canonical
from followthearms.knowledge.names import Index, Match, Sort, Word, iter_words
from followthearms.knowledge.normal_form import normal, unnamed
from followthearms.knowledge.offices import Leader, force_names, institution_names, leader_names, offices, title_names
from followthearms.knowledge.organisations import organisation_names
from followthearms.knowledge.persons import leaders_named, person_id
from followthearms.knowledge.places import place_of
from followthearms.knowledge.states import state_names
from followthearms.link.names import equipment as tree
from followthearms.model import Equipment
from followthearms.model.entities import EntityKind, entity_id


class Found(NamedTuple):
    """An entity's id, or None where the words name none, and why in a few words."""

    id: str | None
    reason: str


class Near(NamedTuple):
    """What helps to tell persons: the day of the text, the state that is told of the person, the parties of the claim,
    and the full names, in normal form, of the `others` that the text names."""

    day: dt.date | None = None
    state: str | None = None
    parties: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()


PROVISIONAL = "unknown name: provisional"
_BRACKETED = re.compile(r"\s*[(\[]([^)\]]+)[)\]]")
_LONGEST_NAME = 5
"""Words of a person's name at most."""
_TERM = 1
"""Years before and after a term of office in which texts still name its holder without more."""
_PLACED = frozenset({Sort.STATE, Sort.PEOPLE, Sort.SEAT, Sort.PREFIX, Sort.NOUN})
_BODIES = frozenset({Sort.FORCE, Sort.AMBIGUOUS, Sort.INSTITUTION})
_NO_PERSON = frozenset(Sort) - {Sort.LEADER, Sort.HIDDEN, Sort.PREFIX, Sort.NOUN}
"""Sorts of names that no person's name holds."""
_SAID = {
    Sort.STATE: "name of {}",
    Sort.PEOPLE: "demonym of {}",
    Sort.PREFIX: "prefix for {}",
    Sort.SEAT: "seat of government of {}",
    Sort.BODY: "name of {}",
    Sort.BLOC: "name of {}",
    Sort.GROUP: "name of {}",
    Sort.GENERIC: "words for {}",
    Sort.VAGUE: "words for {}",
    Sort.COMPANY: "company register: of {}",
    Sort.FORCE: "force or agency of {}",
    Sort.AMBIGUOUS: "abbreviation that {} uses",
    Sort.LEADER: "leader of {}",
}


@lru_cache(maxsize=8192)
def party(text: str, code: str | None) -> Found:
    """The party that words with this code stand for; without a code, a name stands for itself, in capitals."""
    if code is None:
        named = names_something(text, unnamed().pronouns | unnamed().person | unnamed().company)
        return Found(text.upper(), PROVISIONAL) if named else Found(None, "party not named")
    known = entity(code)
    sort = next((match.name.sort for match in scan(text) if _stands_for(match, code)), None)
    if sort is not None:
        return Found(code, _SAID[sort].format(known.label))
    if known.provisional:
        return Found(code, PROVISIONAL)
    is_name = names_something(text, unnamed().pronouns | unnamed().person | unnamed().company)
    return Found(code, f"{'read as' if is_name else 'stands for'} {known.label} in this text")


@lru_cache(maxsize=8192)
def company(text: str) -> Found:
    """The company, or the force, ministry or agency, that words name."""
    plain = _BRACKETED.sub("", text)
    inside = _BRACKETED.search(text)
    for name in (text, plain, _without_state(plain), inside[1] if inside else ""):
        known = by_name(EntityKind.COMPANY, name) if name else None
        if known:
            return Found(known, f"company register: {entity(known).label}")
    if any(match.name.sort in _BODIES for match in scan(plain)):
        return Found(entity_id(EntityKind.ORGANISATION, normal(plain)), "force, ministry or agency by its name")
    if not names_something(plain, unnamed().company):
        return Found(None, "company not named")
    return Found(register.provisional_id(EntityKind.COMPANY, plain), PROVISIONAL)


@lru_cache(maxsize=8192)
def source(text: str) -> Found:
    """The outlet or publisher that words name."""
    bare = _without_common(text, unnamed().source)
    for name in (text, bare):
        known = by_name(EntityKind.SOURCE, name) if name else None
        if known:
            return Found(known, f"register of outlets: {entity(known).label}")
    if not names_something(text, unnamed().source):
        return Found(None, "outlet not named")
    return Found(register.provisional_id(EntityKind.SOURCE, text), PROVISIONAL)


@lru_cache(maxsize=8192)
def place(text: str) -> Found:
    """The place, or the state, that words name; what follows the name may be left out ("Amethi district")."""
    words = [text[word.start : word.end] for word in iter_words(text)]
    for end in range(len(words), 0, -1):
        name = " ".join(words[:end])
        gazetteer = place_of(name)
        known = register.place_id(gazetteer.name) if gazetteer else by_name(EntityKind.PLACE, name)
        if known:
            return Found(known, f"gazetteer: {entity(known).label}")
        if end == len(words) and (state := _whole_state(text)):
            return Found(state, f"name of {entity(state).label}")
    if not names_something(text, unnamed().place):
        return Found(None, "place not named")
    return Found(register.provisional_id(EntityKind.PLACE, text), PROVISIONAL)


def equipment(item: Equipment) -> Found:
    """The type or category that a text names; None for what may be any item."""
    node = tree.node(item)
    if node is None:
        return Found(None, "may be any equipment")
    found = register.equipment_id(node.name)
    if entity(found).provisional:
        return Found(found, PROVISIONAL if node.designated else f"unknown kind of {_wider(node)}: provisional")
    if not node.designated:
        return Found(found, f"category {node.name} in the equipment tree")
    said = any(canonical(part) for part in (item.text, item.designation or "") if part in item.text)
    return Found(found, f"designation {node.name} in the equipment register" if said else f"stands for {node.name}")


def person(text: str, near: Near) -> Found:
    """The person that words name. A surname alone is a leader's in office, or that of the only other person of that
    surname in the document; else it names no one."""
    name = bare_name(text)
    if not name:
        return Found(None, "person not named")
    leader = _leader(name, near, titled=normal(text) != name)
    if leader:
        years = f"{leader.first}–{leader.last}"
        return Found(person_id(leader), f"table of leaders: {leader.name}, {entity(leader.code).label}, {years}")
    if " " in name:
        return Found(entity_id(EntityKind.PERSON, name), PROVISIONAL)
    fuller = [other for other in near.others if other.endswith(f" {name}")]
    if len(fuller) == 1:
        full = person(fuller[0].title(), near)
        return Found(full.id, f"surname of {fuller[0].title()} in this text")
    return Found(None, "surname alone: which person is not told")


@lru_cache(maxsize=8192)
def bare_name(text: str) -> str:
    """A person's name in normal form, without titles, ranks and state before it; empty if the words are no name."""
    words = list(iter_words(text))
    while words and (skipped := _title_at(text, words)) and not _goes_on(text, words[skipped:]):
        words = words[skipped:]
    tail = words[-2:] if len(words) > 2 and words[-1].key in _SUFFIXES else words[-1:]
    if not words or len(words) > _LONGEST_NAME or not text[tail[0].start].isupper():
        return ""
    rest = text[words[0].start :]
    if any(
        match.name.sort in _NO_PERSON and not (match.name.sort is Sort.COMPANY and match.first) for match in scan(rest)
    ):
        return ""  # Antonov is a firm, Anatoly Antonov is not
    common = unnamed().person | unnamed().pronouns | unnamed().source | _LINKING
    return "" if any(word.key in common for word in words) else normal(rest)


def _goes_on(text: str, words: Sequence[Word]) -> bool:
    """True if a particle follows, so that what looked like a title is a name: "Sultan bin Abdulaziz"."""
    return bool(words) and text[words[0].start].islower() and words[0].key not in unnamed().small


_LINKING = frozenset({"of", "for", "at", "in", "from", "to", "with"})
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii"})


def _title_at(text: str, words: Sequence[Word]) -> int:
    """How many words at the head are a title, rank or style, or the state whose it is."""
    if words[0].key in offices().ranks or words[0].key in ("then", "former", "the"):
        return 1
    match = _titled().at(text, words, 0)
    return match.last + 1 if match else 0


def _leader(name: str, near: Near, *, titled: bool) -> Leader | None:
    """The leader of that name: of the state that is told; by a surname, only one whom the surname alone or a title
    names, or whose state takes part, and who is in office on the day."""
    named = [one for one in leaders_named(name) if near.state in (None, one.code)]
    if " " not in name:
        named = [one for one in named if one.unique or titled or one.code in (near.state, *near.parties)]
        if near.day:
            named = [one for one in named if one.first - _TERM <= near.day.year <= one.last + _TERM]
    return named[0] if len({person_id(one) for one in named}) == 1 else None


def names_something(text: str, common: frozenset[str]) -> bool:
    """True if a capitalised word is left once states, small words and common nouns are set aside."""
    words = list(iter_words(text))
    states = {n for match in _index().scan(text, words) if match.name.sort in _PLACED for n in _covered(match)}
    loose = (w for n, w in enumerate(words) if n not in states and w.key not in common and w.key not in unnamed().small)
    return any(not text[word.start].islower() and word.key != "s" for word in loose)


@lru_cache(maxsize=8192)
def scan(text: str) -> tuple[Match, ...]:
    """The names that the tables find in the words of a mention."""
    return tuple(_index().scan(text, list(iter_words(text))))


def _stands_for(match: Match, code: str) -> bool:
    return match.name.sort in _SAID and code in match.name.code.split(" ")


def _covered(match: Match) -> range:
    return range(match.first, match.last + 1)


def _without_state(text: str) -> str:
    """The words after a state's name or adjective at their head: "Russian Rosoboronexport"."""
    words = list(iter_words(text))
    match = _index().at(text, words, 0) if words else None
    return text[match.end :].strip() if match and match.name.sort in _PLACED else ""


def _without_common(text: str, common: frozenset[str]) -> str:
    """The words without the common nouns after them: "the Kyodo news agency" is the Kyodo."""
    words = list(iter_words(text))
    while words and words[-1].key in common and text[words[-1].start].islower():
        words.pop()
    return text[: words[-1].end] if words else ""


def _whole_state(text: str) -> str | None:
    """The code of the state whose name all the words are."""
    found = scan(text)
    whole = len(found) == 1 and found[0].name.sort is Sort.STATE and len(list(iter_words(text))) == found[0].last + 1
    return found[0].name.code if whole and found[0].first == 0 else None


def _wider(node: tree.Node) -> str:
    return node.above[0] if node.above else "equipment"


@lru_cache(maxsize=1)
def _index() -> Index:
    return Index([*state_names(), *organisation_names(), *force_names(), *leader_names(), *institution_names()])


@lru_cache(maxsize=1)
def _titled() -> Index:
    """What may stand before a person's name: offices, forms of address, and the states and bodies whose they are."""
    owners = (name for name in (*state_names(), *organisation_names(), *force_names(), *institution_names()))
    return Index([*title_names(), *(name for name in owners if name.sort is not Sort.HIDDEN)])
