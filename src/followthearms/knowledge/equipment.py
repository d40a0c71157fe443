"""What equipment is called: the tree of categories, the designations that hang on it, and the words around them.

From data/lexicon/equipment/: categories.yaml, designations/*.csv, words.yaml.
Invariant: every designation hangs on one category, every chain of parents ends at the root, and no two
designations share a spelling once case, blanks and hyphens are set aside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from followthearms.errors import KnowledgeError
from followthearms.knowledge.names import fold
from followthearms.knowledge.tables import checked, read_lexicon, read_rows, split
from followthearms.model import Equipment
from followthearms.model.spans import Frozen
from followthearms.tables import DATA

FOLDER = "equipment"
_WORD = re.compile(r"[^\W_]+")


class Standing(StrEnum):
    """Whether the words of a category alone show arms."""

    CERTAIN = "certain"
    CONTEXT = "context"  # only in an article that speaks of arms
    MODIFIED = "modified"  # only with a military word, a designation or another category before


class Category(Frozen):
    """A node of the tree, with its codes in four published lists; a code that is left out is the parent's."""

    parent: str | None
    surfaces: tuple[str, ...] = ()
    standing: Standing = Standing.CERTAIN
    sipri: str | None = None
    unroca: str | None = None
    ml: str | None = None
    hs: str | None = None


class Designation(Frozen):
    """A type by its own name. `states` make or made it (ISO 3166 codes); `parent` is the type it is a variant of."""

    designation: str
    aliases: tuple[str, ...] = ()
    category: str
    states: tuple[str, ...] = ()
    maker: str = ""
    parent: str = ""


class Words(Frozen):
    """The words that tell equipment from its namesakes and belong to its name; singular, lower case."""

    modifiers: frozenset[str]
    modifier_ends: frozenset[str]
    military: frozenset[str]
    not_after: frozenset[str]
    not_before: Mapping[str, frozenset[str]]
    needs: Mapping[str, str]
    names: frozenset[str]
    not_names: frozenset[str]
    unnamed: frozenset[str]
    needs_before: frozenset[str]
    needs_after: frozenset[str]
    origins: frozenset[str]


@dataclass(frozen=True, slots=True)
class Surface:
    """One spelling of a category: its words as `word_key` gives them. `exact`: an abbreviation, in capitals only."""

    keys: tuple[str, ...]
    category: str
    exact: bool


@lru_cache(maxsize=1)
def categories() -> Mapping[str, Category]:
    """The tree: every category by its name. Raises KnowledgeError if a parent is missing or its own ancestor."""
    name = f"{FOLDER}/categories"
    tree = read_lexicon(name, dict[str, Category])
    for start in tree:
        seen, at = {start}, tree[start].parent
        while at is not None:
            if at not in tree or at in seen:
                raise KnowledgeError(
                    f"{name}.yaml: {start}: parent {at!r} is missing or its own ancestor; mend the file"
                )
            seen.add(at)
            at = tree[at].parent
    return tree


@lru_cache(maxsize=1)
def designations() -> Mapping[str, Designation]:
    """Every designation by its name. Raises KnowledgeError that names the file with the fault."""
    found: dict[str, Designation] = {}
    folder = DATA / "lexicon" / FOLDER / "designations"
    for file in sorted(f.name for f in folder.iterdir() if f.name.endswith(".csv")):
        name = f"{FOLDER}/designations/{file}"
        rows = [{**r, "aliases": split(r["aliases"]), "states": split(r["states"])} for r in read_rows(name)]
        for row in checked(name, tuple[Designation, ...], rows):
            if row.category not in categories():
                raise KnowledgeError(f"{name}: {row.designation}: no category {row.category!r}; mend the file")
            if row.designation in found:
                raise KnowledgeError(f"{name}: {row.designation} stands twice; take one out")
            found[row.designation] = row
    for item in found.values():
        if item.parent and (item.parent not in found or item.parent == item.designation):
            raise KnowledgeError(f"{FOLDER}/designations: {item.designation}: no parent {item.parent!r}; mend the file")
    return found


@lru_cache(maxsize=1)
def words() -> Words:
    """The words around equipment."""
    return read_lexicon(f"{FOLDER}/words", Words)


def designation_key(surface: str) -> str:
    """What is left of a designation without case, blanks, hyphens and diacritics: "Su-30 MKI" is "su30mki"."""
    return "".join(fold(w) for w in _WORD.findall(surface))


_ALIKE = {"defense": "defence", "fuse": "fuze", "programme": "program"}
_FIXED = frozenset({"arms", "gas", "goods", "hypersonics", "spares"})
"""Words in -s that are no plural, or mean something else than their singular."""


@lru_cache(maxsize=65536)
def word_key(word: str) -> str:
    """A word of a category as it is compared: singular, British, lower case; "gas" gives "ga", as it may."""
    key = fold(word)
    if key in _FIXED:
        return key
    key = singular(key)
    key = _ALIKE.get(key, key).replace("armor", "armour").replace("fueling", "fuelling")
    return key.replace("ization", "isation").replace("caliber", "calibre").replace("millimeter", "millimetre")


def singular(word: str) -> str:
    """The word without its plural ending, by rule; case is kept."""
    low = word.lower()
    if low in _FIXED or len(word) < 3 or low.endswith(("ss", "us", "is")) or not low.endswith("s"):
        return word
    if low.endswith("ies") and len(word) > 4:
        return word[:-3] + ("Y" if word.isupper() else "y")
    return word[:-2] if low.endswith(("ches", "shes", "sses", "xes")) else word[:-1]


@lru_cache(maxsize=1)
def surfaces() -> Mapping[str, tuple[Surface, ...]]:
    """Every spelling of every category by its first word, the longest first."""
    table: dict[str, dict[tuple[str, ...], Surface]] = {}
    for name, category in categories().items():
        for spelling in (name, *category.surfaces):
            keys = tuple(word_key(w) for w in _WORD.findall(spelling))
            exact = len(keys) == 1 and spelling.isupper()
            table.setdefault(keys[0], {}).setdefault(keys, Surface(keys, name, exact))
    return {first: tuple(sorted(found.values(), key=lambda s: -len(s.keys))) for first, found in table.items()}


@lru_cache(maxsize=1)
def designation_keys() -> tuple[Mapping[str, Designation], frozenset[str]]:
    """Designations by the keys of their spellings, and all beginnings of those keys.

    Raises KnowledgeError if two designations claim one spelling.
    """
    table = {designation_key(d.designation): d for d in designations().values()}
    for item in designations().values():
        for alias in item.aliases:
            other = table.setdefault(designation_key(alias), item)
            if other is not item:
                raise KnowledgeError(
                    f"{FOLDER}/designations: {alias!r} is both {item.designation} and {other.designation}; keep one"
                )
    return table, frozenset(key[:n] for key in table for n in range(1, len(key) + 1))


_SUFFIX = re.compile(r"(?<=\d)[a-z]{1,4}(?:\d{1,2}[a-z]{0,2})?\Z")
_STEM = 3
"""Letters and digits that a designation has at least whose variants are known by their suffix: "B2" has none."""


@lru_cache(maxsize=8192)
def variant_of(key: str) -> Designation | None:
    """The type whose name, with letters behind its number, makes this key: "F-15J" is an F-15; else None."""
    suffix = _SUFFIX.search(key)
    stem = key[: suffix.start()] if suffix else ""
    return designation_keys()[0].get(stem) if len(stem) >= _STEM and not stem.isdigit() else None


@lru_cache(maxsize=8192)
def canonical(surface: str) -> Designation | None:
    """The designation that a spelling names ("S400", "SU-30 MKI", "Rafales"), or the type it is a variant of."""
    table, _ = designation_keys()
    key = designation_key(surface)
    *_, last = surface.split() or [""]
    found = table.get(key) or (table.get(key[:-1]) if key.endswith("s") else None)
    return found or (variant_of(key) if any(c.isdigit() for c in last) else None)  # no "T-90 tank"


@lru_cache(maxsize=8192)
def node(surface: str) -> str | None:
    """The name in the tree of a designation or of a category's words ("fighter jets" → "fighter aircraft"), or None."""
    item = canonical(surface)
    if item:
        return item.designation
    keys = tuple(word_key(w) for w in _WORD.findall(surface))
    return next((s.category for s in surfaces().get(keys[0], ()) if s.keys == keys), None) if keys else None


@lru_cache(maxsize=8192)
def ancestors(name: str) -> tuple[str, ...]:
    """What stands above a designation or category, nearest first; empty for the root and for what is unknown."""
    return tuple(_above(node(name)))


def _above(at: str | None) -> Iterator[str]:
    while at is not None:
        item = designations().get(at)
        at = (item.parent or item.category) if item else categories()[at].parent
        if at is not None:
            yield at


@lru_cache(maxsize=8192)
def spelling(surface: str) -> str | None:
    """The spelling in the list that a surface is ("MIG-29UPG" → "MiG-29UPG", "Apaches" → "Apache"), or None.

    Unlike `canonical` it keeps the variant that the words name.
    """
    item = canonical(surface)
    keys = (designation_key(surface), designation_key(surface).removesuffix("s"))
    spellings = (item.designation, *item.aliases) if item else ()
    return next((s for key in keys for s in spellings if designation_key(s) == key), None)


def is_a(name: str, wider: str) -> bool:
    """True if the first is the second or a kind of it; false if either is unknown."""
    low, high = node(name), node(wider)
    return low is not None and high is not None and (low == high or high in ancestors(low))


def distance(a: str, b: str) -> int | None:
    """Steps in the tree from one to the other; None if either is unknown or nothing stands above both."""
    left, right = node(a), node(b)
    if left is None or right is None:
        return None
    up = {name: n for n, name in enumerate((left, *ancestors(left)))}
    return next((up[name] + n for n, name in enumerate((right, *ancestors(right))) if name in up), None)


def makers(equipment: Equipment) -> frozenset[str]:
    """The states that make or made a designation, or else the type it is a variant of; empty if unknown."""
    item = canonical(equipment.designation) if equipment.designation else None
    while item is not None and not item.states:
        item = designations().get(item.parent)
    return frozenset(item.states) if item else frozenset()
