"""The words that the screen looks for: for arms, out of the lexicon, and for what happens in their trade.

Invariant: a term is ASCII, so that it is found in a page's bytes whatever encoding writes ASCII as it stands.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from followthearms.knowledge import equipment
from followthearms.model import Frozen
from followthearms.tables import DATA, read_table

_WORD = re.compile("[a-z0-9]+")
_SHORTEST = 3
"""Characters: shorter designations ("M1", "K9") are in every page's scripts."""
_SHORTEST_NAME = 4
"""Characters: shorter names ("Buk", "TOW", "VAB") are words and abbreviations of something else."""
DESIGNATION, NAME = "designation", "name"
"""The groups of what equipment is called by its own name, with a figure and without."""


class Ending(Enum):
    """What letters may follow a term before its word ends."""

    PLURAL = "s|es"
    VARIANT = "[a-z]{1,3}"  # of a designation: "F-16C", "Su-30MKI"


@dataclass(frozen=True, slots=True)
class Term:
    """Words to look for, in small letters and parted by blanks. `group` is what sort of arms they are."""

    words: str
    ending: Ending
    group: str


class ScreenWords(Frozen):
    """What `data/screen/words.yaml` holds."""

    everyday: frozenset[str]
    ordinary: frozenset[str]
    warfare: frozenset[str]
    transfer: frozenset[str]
    irregular: frozenset[str]
    untaught: frozenset[str]
    vague: frozenset[str]
    alike: frozenset[str]


class _Relevance(Frozen):
    """The part of `cues/relevance.yaml` that is used here."""

    military: frozenset[str]
    civil: frozenset[str]
    general: frozenset[str]
    untraded: frozenset[str]


@functools.lru_cache(maxsize=1)
def screen_words() -> ScreenWords:
    """The screen's own words, read once."""
    return read_table(DATA / "screen" / "words.yaml", ScreenWords)


@functools.lru_cache(maxsize=1)
def arms_terms() -> tuple[Term, ...]:
    """All words for arms, each once, in order."""
    found = {words: Term(words, Ending.VARIANT, DESIGNATION) for words in _designations()}
    found |= {words: Term(words, Ending.PLURAL, group) for words, group in _named()}
    names = {words for words in _own_names() if not any(words.endswith(f" {other}") for other in found)}
    found |= {words: Term(words, Ending.PLURAL, NAME) for words in names - found.keys()}
    return tuple(found[words] for words in sorted(found))


@functools.lru_cache(maxsize=1)
def transfer_terms() -> tuple[str, ...]:
    """The beginnings of words for what happens in the arms trade, in order."""
    found = screen_words()
    return tuple(sorted({_plain(word) for word in found.transfer | found.irregular}))


@functools.lru_cache(maxsize=1)
def untaught_terms() -> tuple[str, ...]:
    """The beginnings of such words that the model was not taught, in order."""
    return tuple(sorted(screen_words().untaught))


@functools.lru_cache(maxsize=1)
def vague_terms() -> tuple[str, ...]:
    """The beginnings of words that tell of that trade beside a designation, and of anything elsewhere, in order."""
    return tuple(sorted(screen_words().vague))


@functools.lru_cache(maxsize=1)
def alike_terms() -> tuple[str, ...]:
    """The beginnings of words that begin as those do and tell of something else ("soldier", "sold"), in order."""
    return tuple(sorted(screen_words().alike))


def _named() -> Iterator[tuple[str, str]]:
    """Words with their group: the widest category but one, or for words of warfare in general the word itself."""
    certain = equipment.Standing.CERTAIN
    tree = equipment.categories()
    groups = {
        w: [name, *equipment.ancestors(name)][-2:][0]
        for name, c in tree.items()
        if c.standing is certain
        for w in (name, *c.surfaces)
    }
    groups |= {w: w for w in read_table(DATA / "cues" / "relevance.yaml", _Relevance).military if w not in groups}
    for words, group in sorted(groups.items()):
        plain = _plain(words)
        if plain not in screen_words().everyday:
            yield plain, group
            yield plain.replace("defence", "defense").replace("armour", "armor"), group
            if plain.endswith("y"):
                yield plain[:-1] + "ies", group


def _designations() -> Iterator[str]:
    """Names with a figure, written as one word and as several."""
    for name in _called():
        if len(name) >= _SHORTEST and any(c.isdigit() for c in name) and any(c.isalpha() for c in name):
            yield from (words for words in (_plain(name), _plain(name.replace("-", ""))) if not _is_ordinary(words))


def _own_names() -> Iterator[str]:
    """Names without a figure ("Eurofighter") but those that the lexicon knows for words, persons or places as well
    ("Leopard", "Abrams"), and those with a letter by itself: "Club-S" is written as "the club's"."""
    others = equipment.words().names | screen_words().everyday
    for words in map(_plain, _called()):
        is_spelled = all(word.isalpha() and len(word) > 1 for word in words.split())
        if len(words) >= _SHORTEST_NAME and is_spelled and words not in others:
            yield words


def _called() -> Iterator[str]:
    return (name for item in equipment.designations().values() for name in (item.designation, *item.aliases))


def _is_ordinary(words: str) -> bool:
    return words.partition(" ")[0] in screen_words().ordinary and " " in words


def _plain(words: str) -> str:
    """Words as `scan.flat` gives them."""
    ascii_only = unicodedata.normalize("NFKD", words.lower()).encode("ascii", "ignore").decode()
    return " ".join(_WORD.findall(ascii_only))
