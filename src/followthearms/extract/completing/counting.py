"""How many of each thing an event is about.

A number counts one event's things: of "24 of the 36 drones that Norway ordered" 24 were delivered and 36 ordered.
Invariant: every number is one that the sentence tells, or a share of it; where only the whole is told ("the last of the
36"), what happened to the part has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from followthearms.extract.completing.numbers import counting_cues, number_before
from followthearms.extract.events import Event, Place
from followthearms.knowledge.numerals import hedge
from followthearms.model import Bound, Equipment, Kind, Quantity
from followthearms.model.mentions import Form, Mention, MentionType
from followthearms.rules.tree import Sentence, Token

_HEDGED = 4
"""Tokens before a share in which its hedge is sought: "in the region of"."""
_CLAUSES = frozenset({"relcl", "acl"})
_GIVEN = frozenset({"nsubj", "nsubjpass", "dobj"})
_AGREED = frozenset({
    Kind.INTEREST, Kind.REQUEST, Kind.OFFER, Kind.PLEDGE, Kind.NEGOTIATION, Kind.APPROVAL, Kind.REFUSAL,
    Kind.SELECTION, Kind.AGREEMENT,
})  # fmt: skip
"""Kinds that come before any delivery: they are about the whole, of which batches are delivered."""


def counted(event: Event) -> tuple[Equipment, ...]:
    """The equipment of an event, each item with the number that counts it. One number counts the first item only.

    A word that only points back ("46 were delivered", "20 units", "them") is no item beside the one it stands for.
    """
    quantities = event.place.of_type(MentionType.QUANTITY)
    pointed = _pointed(event, quantities)
    alone = next((q for q in quantities if _is_given(event, q) or _opens_clause(event, q)), None)
    bearer = next((m for m in reversed(pointed) if alone and m.start <= alone.start), None)
    if bearer and not _is_argument(event, bearer):  # not so "it sent 14 tanks, three of them without engines"
        pointed[bearer] = alone
    items, used, part = [], set[Mention](), _part_of_which(event)
    for mention, pointer in pointed.items():
        if not isinstance(mention.span, Equipment):
            continue
        inside = event.place.start <= mention.start < event.place.end and "equipment" not in event.inherited
        near = _number(event, mention, quantities, used) if inside and not pointer else None
        quantity = _as_quantity(pointer) if pointer else near
        if part and not pointer and mention.end <= part.start:
            quantity = _share(event.place.scene.sentence.tokens, part, near)
        items.append(mention.span.model_copy(update={"quantity": quantity}))
    return tuple(items)


def _pointed(event: Event, quantities: Sequence[Mention]) -> dict[Mention, Mention | None]:
    """The event's items without those that point back at another, each with the number that those give it."""
    pointed: dict[Mention, Mention | None] = {}
    for mention in event.roles.get("equipment", ()):
        number = _number_of_pointer(event.place, mention, quantities)
        known = _antecedent(event.place, mention, pointed, number) or mention
        if number and not pointed.get(known) and not _is_argument(event, known):
            pointed[known] = number
        pointed.setdefault(known, None)
    return pointed


def _number_of_pointer(place: Place, mention: Mention, quantities: Sequence[Mention]) -> Mention | None:
    """The number that points back ("46 were delivered"), or that counts words that do ("for 12 units")."""
    if mention.form is not Form.PRONOUN:
        return None
    if mention.span.text.lower() in counting_cues().units:
        return number_before(place, mention, quantities)
    return next((q for q in quantities if q.start <= mention.start and mention.end <= q.end), None)


def _antecedent(place: Place, mention: Mention, items: Iterable[Mention], number: Mention | None) -> Mention | None:
    """What a word that points back stands for: an item of the same event or, of a number, one of the sentence."""
    if mention.form is not Form.PRONOUN:
        return None
    named = [m for m in place.of_type(MentionType.EQUIPMENT) if m.form is not Form.PRONOUN] if number else []
    before = [m for m in (*items, *named) if m.end <= mention.start and _same(m, mention)]
    return max(before, key=lambda m: m.start, default=None)


def _same(one: Mention, other: Mention) -> bool:
    first, second = one.span, other.span
    if not isinstance(first, Equipment) or not isinstance(second, Equipment):
        return False
    return (first.designation, first.category) == (second.designation, second.category)


def _as_quantity(mention: Mention) -> Quantity | None:
    return mention.span if isinstance(mention.span, Quantity) else None


# --- a number that stands alone


def _is_given(event: Event, quantity: Mention) -> bool:
    """True for the 46 of "46 have arrived" and the 20 of "it buys 20 more"."""
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


def _part_of_which(event: Event) -> Token | None:
    """The part of what was named before that the event is about, if no number tells it: "the first of which"."""
    sentence, cues = event.place.scene.sentence, counting_cues()
    for token in sentence.below(event.head, _GIVEN):
        of = next((t for t in sentence.below(token.i, ("prep",)) if t.lemma == "of"), None)
        words = {t.text.lower() for t in sentence.below(of.i)} if of else set()
        if words & cues.pointers and (token.lemma in cues.parts or token.text.lower() in cues.shares):
            return token
    return None


def _is_argument(event: Event, item: Mention) -> bool:
    """True for the item that the event's own verb governs, with a number of its own or none."""
    place, sentence = event.place, event.place.scene.sentence
    if item.form is Form.PRONOUN or not place.start <= item.start < place.end:
        return False
    token = sentence.tokens[min(_linked(sentence, place.head(item)))]
    return token.head == event.head and token.dep in _GIVEN


def _points_back(sentence: Sentence, token: Token, number: set[int]) -> bool:
    """True if nothing below a number tells what it counts, save "of which"."""
    for child in sentence.below(token.i):
        if child.i in number:
            continue
        if child.pos in ("NOUN", "PROPN", "SYM"):
            return False
        if child.dep == "prep" and child.lemma == "of":
            return all(t.text.lower() in counting_cues().pointers for t in sentence.below(child.i))
    return True


def _opens_clause(event: Event, quantity: Mention) -> bool:
    """True for the 36 of "the first of 36 that it ordered": nothing stands between it and the event's own clause."""
    sentence = event.place.scene.sentence
    clause = next((i for i in sentence.up(event.head) if sentence.tokens[i].dep in _CLAUSES), None)
    if clause is None:
        return False
    return sentence.at(quantity.start, quantity.end)[-1] == sentence.subtree(clause)[0] - 1


# --- a number beside the item


@dataclass(frozen=True, slots=True)
class _Part:
    """What is told of a part: where its words begin, and how many it has, if that is told."""

    at: int
    quantity: Quantity | None


def _number(event: Event, item: Mention, quantities: Iterable[Mention], used: set[Mention]) -> Quantity | None:
    """The number that counts the item for the event. Each number counts once."""
    place, sentence = event.place, event.place.scene.sentence
    whole = number_before(place, item, [q for q in quantities if q not in used])
    part = _part(place, item, whole)
    found = sentence.at(item.start, item.end)
    low = part.at if part else sentence.at(whole.start, whole.end)[0] if whole else found[0]
    told_of = _is_told_of(event, range(low, found[-1] + 1))
    if part and not told_of:
        return part.quantity
    if whole is None or (part and part.quantity is whole.span):
        return None
    used.add(whole)
    batch = told_of and event.kind in _AGREED and not part and _is_batch(sentence, low, found)
    return None if batch else _as_quantity(whole)


def _part(place: Place, item: Mention, whole: Mention | None) -> _Part | None:
    """The part that is named before a whole: "24 of the 36 drones", "the last of its drones"."""
    cues, tokens = counting_cues(), place.scene.sentence.tokens
    at = place.scene.sentence.at(item.start, item.end)[0]
    if whole is not None:
        bare = _of(tokens, at)
        if bare is not None and tokens[bare - 1].end == whole.end and bare + 1 < at:  # "24 of the drones"
            return _Part(place.scene.sentence.at(whole.start, whole.end)[0], _as_quantity(whole))
        at = place.scene.sentence.at(whole.start, whole.end)[0]
    of = _of(tokens, at)
    if of is None or (whole is None and of + 1 == at):
        return None
    last = tokens[of - 1]
    if last.text.lower() in cues.shares:
        return _Part(last.i, _share(tokens, last, _as_quantity(whole) if whole else None))
    if last.text.lower() == "one":
        return _Part(last.i, _quantity(last, 1))
    number = next((q for q in place.of_type(MentionType.QUANTITY) if q.end == last.end), None)
    if number is not None:
        return _Part(place.scene.sentence.at(number.start, number.end)[0], _as_quantity(number))
    definite = tokens[of].i + 1 < at and last.lemma in cues.portions  # "a batch of 12 drones" has 12
    return _Part(last.i, None) if definite or last.lemma in cues.parts else None


def _of(tokens: tuple[Token, ...], at: int) -> int | None:
    """Index of the "of", or of the "out" before it, behind which a whole stands; None if there is none."""
    cues = counting_cues()
    i = at - 1
    while i > 0 and tokens[i].text.lower() in cues.determiners:
        i -= 1
    if i < 1 or tokens[i].lemma != "of":
        return None
    if tokens[i - 1].lemma in cues.totals:  # "14 of an order of 36 jets"
        return _of(tokens, i - 1)
    while i > 1 and tokens[i - 1].text.lower() in cues.apart:
        i -= 1
    return i


def _share(tokens: tuple[Token, ...], word: Token, total: Quantity | None) -> Quantity | None:
    """Half of 36 is 18; of a number that does not divide it is not told, nor is "most"."""
    share = counting_cues().shares.get(word.text.lower())
    if share is None or total is None or total.bound is not Bound.EXACT or total.number * share % 1:
        return None
    before = " ".join(t.text for t in tokens[max(0, word.i - _HEDGED) : word.i])
    return _quantity(word, int(total.number * share), hedge(before, len(before), len(before)) or Bound.EXACT)


def _quantity(token: Token, number: int, bound: Bound = Bound.EXACT) -> Quantity:
    return Quantity(start=token.start, end=token.end, text=token.text, number=number, bound=bound)


def _is_told_of(event: Event, words: range) -> bool:
    """True if the event stands in a clause about the words ("the drones that it ordered"): one below them or, for what
    was agreed, one behind them, since the parser often hangs it on a nearer noun."""
    sentence = event.place.scene.sentence
    above = list(sentence.up(event.head))
    behind = event.kind in _AGREED and event.head >= words.stop
    apart = any(sentence.tokens[i].dep in _CLAUSES for i in above)
    linked = _linked(sentence, sentence.head_of(list(words)))
    return event.head in words or any(i in words or i in linked for i in above[1:]) or (behind and apart)


def _linked(sentence: Sentence, i: int) -> set[int]:
    """The word and those that it is listed after: a clause at the end of a list is about all of it."""
    found = {i}
    while sentence.tokens[i].dep == "conj":
        i = sentence.tokens[i].head
        found.add(i)
    return found


def _is_batch(sentence: Sentence, low: int, item: list[int]) -> bool:
    """True for "the first 10 tanks", "the first batch of 10 tanks", and what is listed after."""
    batches = counting_cues().batches
    beside = any(t.text.lower() in batches for t in sentence.tokens[max(0, low - 3) : low])
    linked = _linked(sentence, sentence.head_of(item))
    return beside or any(t.text.lower() in batches for i in linked for t in sentence.below(i) if t.i < i)
