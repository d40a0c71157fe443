"""Forces, ministries, offices and the people who held them.

Invariant: an institution or title is a phrase in lower case; a force that stands by itself has the code of one state.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from followthearms.knowledge.names import Name, Sort
from followthearms.knowledge.tables import checked, read_lexicon, read_rows
from followthearms.model import Frozen


class Offices(Frozen):
    """The tables of offices.yaml; its header says what each holds."""

    institutions: tuple[str, ...]
    nouns: tuple[str, ...]
    forces: dict[str, tuple[str, ...]]
    ambiguous: dict[str, tuple[str, ...]]
    titles: tuple[str, ...]
    posts: tuple[str, ...]
    styles: tuple[str, ...]
    forms_of_address: tuple[str, ...]
    ranks: frozenset[str]


class Leader(Frozen):
    """A head of state or government or a minister whom texts name without the office.

    `first` and `last` are years; `unique` says that the surname alone is enough.
    """

    name: str
    surname: str
    code: str
    first: int
    last: int
    unique: bool


@lru_cache(maxsize=1)
def offices() -> Offices:
    """Institutions, forces and titles."""
    return read_lexicon("offices", Offices)


@lru_cache(maxsize=1)
def leaders() -> tuple[Leader, ...]:
    """The leaders, in the order of the file."""
    return checked("offices_leaders.csv", tuple[Leader, ...], tuple(read_rows("offices_leaders.csv")))


def force_names() -> Iterator[Name]:
    """Forces and agencies that stand for one state by themselves, or for whichever the text is about."""
    for code, spellings in offices().forces.items():
        yield from (Name(s, code, Sort.FORCE) for s in spellings)
    for surface, codes in offices().ambiguous.items():
        yield Name(surface, " ".join(codes), Sort.AMBIGUOUS)


def institution_names() -> Iterator[Name]:
    """Institutions and nouns that make one party with a state before them."""
    yield from (Name(s, "", Sort.INSTITUTION) for s in offices().institutions)
    yield from (Name(s, "", Sort.NOUN) for s in offices().nouns)


def title_names() -> Iterator[Name]:
    """Titles of offices, posts and styles."""
    yield from (Name(s, "", Sort.TITLE) for s in offices().titles)
    yield from (Name(s, "", Sort.POST) for s in offices().posts)
    yield from (Name(s, "", Sort.STYLE) for s in offices().styles)
    yield from (Name(s, "", Sort.ADDRESS) for s in offices().forms_of_address)


def leader_names() -> Iterator[Name]:
    """Leaders by full name, and by surname where that is enough."""
    for leader in leaders():
        yield Name(leader.name, leader.code, Sort.LEADER)
        if leader.unique:
            yield Name(leader.surname, leader.code, Sort.LEADER)
