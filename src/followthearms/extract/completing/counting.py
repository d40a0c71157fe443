"""How many of each thing an event is about.

A number counts one event's things: of "24 of the 36 drones that Norway ordered" 24 were delivered and 36 ordered.
Invariant: every number is one that the sentence tells, or a share of it; where only the whole is told ("the last of the
36"), what happened to the part has none.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from followthearms.extract.cues import read_cues
from followthearms.extract.events import Event, Place
from followthearms.knowledge.numerals import hedge, read_amount
from followthearms.model import Bound, Equipment, Frozen, Kind, Quantity
from followthearms.model.mentions import Form, Mention, MentionType
from followthearms.rules.tree import Sentence, Token

_BETWEEN = frozenset({"ADJ", "NOUN", "PROPN", "ADP", "ADV", "NUM", "SYM", "DET", "PART", "X", "PUNCT"})
"""Parts of speech that may stand between a number and what it counts: "36 of the new French-made jets"."""
_WIDE = 5
"""How many tokens may stand between a number and the equipment that it counts."""
_CLAUSES = frozenset({"relcl", "acl"})
_GIVEN = frozenset({"nsubj", "nsubjpass", "dobj"})
_AGREED = frozenset({
    Kind.INTEREST, Kind.REQUEST, Kind.OFFER, Kind.PLEDGE, Kind.NEGOTIATION, Kind.APPROVAL, Kind.REFUSAL,
    Kind.SELECTION, Kind.AGREEMENT,
})  # fmt: skip
"""Kinds that come before any delivery: they are about the whole, of which batches are delivered."""


class CountingCues(Frozen):
    """What `cues/counting.yaml` holds."""

    determiners: frozenset[str]
    apart: frozenset[str]
    parts: frozenset[str]
    shares: Mapping[str, float]
    batches: frozenset[str]
    pointers: frozenset[str]
    more: frozenset[str]


@functools.lru_cache(maxsize=1)
def counting_cues() -> CountingCues:
    """The cues, read once."""
    return read_cues("counting.yaml", CountingCues)


def counted(event: Event) -> tuple[Equipment, ...]:
    """The equipment of an event, each item with the number that counts it. One number counts the first item only.

    A number that stands alone ("46 were delivered") counts the item named last before it.
    """
    quantities = event.place.of_type(MentionType.QUANTITY)
    named = _named(event)
    alone = _alone(event, quantities)
    bearer = None if alone is None else next((m for m in reversed(named) if m.end <= alone.start), None)
    items, used = [], set[Mention]()
    for mention, span in named.items():
        inside = event.place.start <= mention.start < event.place.end and "equipment" not in event.inherited
        if alone is not None and mention is bearer:
            quantity = _as_quantity(alone)
        else:
            quantity = _number(event, mention, quantities, used) if inside else None
        items.append(span.model_copy(update={"quantity": quantity}))
    return tuple(items)


def _named(event: Event) -> dict[Mention, Equipment]:
    """The event's items, those that only point back at another left out, and a number given as what it counts."""
    kept: dict[Mention, Equipment] = {}
    for mention in event.roles.get("equipment", ()):
        known = _antecedent(event.place, mention) or mention
        if known.form is Form.PRONOUN and any(_same(known, m) and m.end <= known.start for m in kept):
            continue
        if isinstance(known.span, Equipment):
            kept.setdefault(known, known.span)
    return kept


def _antecedent(place: Place, mention: Mention) -> Mention | None:
    """What a number that stands for equipment counts, if the sentence names it."""
    if mention.form is not Form.PRONOUN or not any(
        q.start <= mention.start and mention.end <= q.end for q in place.of_type(MentionType.QUANTITY)
    ):
        return None
    before = [m for m in place.of_type(MentionType.EQUIPMENT) if m.end <= mention.start and _same(m, mention)]
    return next((m for m in reversed(before) if m.form is not Form.PRONOUN), None)


def _same(one: Mention, other: Mention) -> bool:
    first, second = one.span, other.span
    if not isinstance(first, Equipment) or not isinstance(second, Equipment):
        return False
    return (first.designation, first.category) == (second.designation, second.category)


def _as_quantity(mention: Mention) -> Quantity | None:
    return mention.span if isinstance(mention.span, Quantity) else None


# --- a number that stands alone


def _alone(event: Event, quantities: Iterable[Mention]) -> Mention | None:
    """The number that is itself what the event is about: "46 have arrived", "30 of which", "of 36 that it ordered"."""
    return next((q for q in quantities if _is_given(event, q) or _opens_clause(event, q)), None)


def _is_given(event: Event, quantity: Mention) -> bool:
    sentence = event.place.scene.sentence
    at = sentence.at(quantity.start, quantity.end)
    token = sentence.tokens[sentence.head_of(at)]
    above = sentence.tokens[token.head]
    if above.lemma in counting_cues().more and above.i > token.i:
        token = above
    if token.head != event.head or token.i == event.head or token.dep not in _GIVEN:
        return False
    other = token.dep == "nsubj" and any(sentence.below(event.head, ("dobj",)))  # "two of them signed the contract"
    return not other and _points_back(sentence, token, set(at))


def _points_back(sentence: Sentence, token: Token, number: set[int]) -> bool:
    """True if nothing below a number tells what it counts, save "of which"."""
    for child in sentence.below(token.i):
        if child.i not in number and child.pos in ("NOUN", "PROPN", "SYM"):
            return False
        if child.dep == "prep" and child.lemma == "of":
            return all(t.lower_in(counting_cues().pointers) for t in ())
    return True
