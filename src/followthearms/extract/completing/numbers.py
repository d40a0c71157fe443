"""Which number stands before an item and counts it, and the words by which numbers count.

Invariant: between the two stand no other item, no comma and no "and", and the tree hangs the number on nothing else.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping

from followthearms.extract.cues import read_cues
from followthearms.extract.events import Place
from followthearms.knowledge.numerals import read_amount
from followthearms.model import Frozen
from followthearms.model.mentions import Mention, MentionType
from followthearms.rules.tree import Sentence, Token

_BETWEEN = frozenset({"ADJ", "NOUN", "PROPN", "ADP", "ADV", "NUM", "SYM", "DET", "PART", "X", "PUNCT"})
"""Parts of speech that may stand between a number and what it counts: "36 of the new French-made jets"."""
_WIDE = 5
"""How many tokens may stand between a number and the equipment that it counts."""


class CountingCues(Frozen):
    """What `cues/counting.yaml` holds."""

    determiners: frozenset[str]
    totals: frozenset[str]
    apart: frozenset[str]
    parts: frozenset[str]
    portions: frozenset[str]
    shares: Mapping[str, float]
    batches: frozenset[str]
    pointers: frozenset[str]
    units: frozenset[str]
    more: frozenset[str]
    papers: frozenset[str]
    joining: frozenset[str]
    due: frozenset[str]


@functools.lru_cache(maxsize=1)
def counting_cues() -> CountingCues:
    """The cues, read once."""
    return read_cues("counting.yaml", CountingCues)


def number_before(place: Place, item: Mention, quantities: Iterable[Mention]) -> Mention | None:
    """The number right before an item, if it counts it: "36 of the new French-made jets"."""
    before = [q for q in quantities if q.end <= item.start]
    if not before:
        return None
    nearest = before[-1]
    sentence = place.scene.sentence
    between = _after_doubled(sentence.within(nearest.end, item.start))
    if len(between) > _WIDE:
        return None
    plain = all(
        t.text == "&" or ((t.pos in _BETWEEN or t.tag == "VBN") and t.text not in (",", ";", "and", "(", ")", "."))
        for t in between
    )
    other = any(m.start >= nearest.end and m.end <= item.start for m in place.of_type(MentionType.EQUIPMENT))
    if not plain or other or _counts_another(sentence, nearest, item) or _names_papers(sentence, item):
        return None
    return nearest


def _after_doubled(between: tuple[Token, ...]) -> tuple[Token, ...]:
    """The tokens without the figures that repeat a number: "sixty-three (63) missiles"."""
    doubled = len(between) > 2 and (between[0].text, between[2].text) == ("(", ")") and read_amount(between[1].text)
    return between[3:] if doubled else between


def _counts_another(sentence: Sentence, number: Mention, item: Mention) -> bool:
    """ "The two sides on the making of rifles": the number counts a noun from which no "of" leads to the item."""
    at = sentence.at(number.start, number.end)
    items = set(sentence.at(item.start, item.end))
    token = sentence.tokens[sentence.head_of(at)]
    if token.dep != "nummod" or not items or items & set(sentence.up(token.head)):
        return False
    path = list(sentence.up(sentence.head_of(sorted(items))))
    if token.head not in path:
        return True
    steps = [sentence.tokens[i] for i in path[: path.index(token.head)]]
    return any(t.dep == "prep" and t.lemma != "of" for t in steps)


def _names_papers(sentence: Sentence, item: Mention) -> bool:
    """True for the item of "30 arms export licences", not for that of "the 36 jets deal": one deal, 36 jets."""
    token = sentence.tokens[sentence.head_of(sentence.at(item.start, item.end))]
    while token.dep in ("compound", "nmod") and token.head != token.i:
        token = sentence.tokens[token.head]
    return token.tag == "NNS" and token.lemma in counting_cues().papers and token.start >= item.end
