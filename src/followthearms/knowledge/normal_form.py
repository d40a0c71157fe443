"""Names in normal form, as the ids of entities hold them, and the words that name no entity."""

from __future__ import annotations

import re
from functools import lru_cache

from followthearms.knowledge.names import fold
from followthearms.knowledge.tables import read_lexicon
from followthearms.model import Frozen

_WORD = re.compile(r"[^\W_]+")
_POSSESSIVE = re.compile(r"['’]s?(?=\s|\Z)")


class Unnamed(Frozen):
    """The words of unnamed.yaml; its header says what each list holds."""

    small: frozenset[str]
    pronouns: frozenset[str]
    company: frozenset[str]
    person: frozenset[str]
    source: frozenset[str]
    place: frozenset[str]
    legal_forms: frozenset[str]


@lru_cache(maxsize=1)
def unnamed() -> Unnamed:
    """The words that name no entity."""
    return read_lexicon("unnamed", Unnamed)


def normal(name: str) -> str:
    """A name as ids hold it: its words in capitals, without diacritics, possessive and punctuation; "&" is AND."""
    plain = _POSSESSIVE.sub("", name.replace("&", " and "))
    return " ".join(fold(word) for word in _WORD.findall(plain)).upper()


def normal_company(name: str) -> str:
    """The same without the legal form at its end, unless nothing else is left."""
    said = normal(name).split(" ")
    while len(said) > 1 and said[-1].lower() in unnamed().legal_forms:
        said.pop()
    return " ".join(said)


def normal_source(name: str) -> str:
    """The same for an outlet: without the article before it; a host keeps its ending as a word."""
    return normal(name.removeprefix("www.")).removeprefix("THE ")
