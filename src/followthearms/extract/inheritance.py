"""What the sentence leaves open and the article fills in: a side of a transfer, the equipment, the other party.

A visible list of leanings says what speaks for a party; what is taken over is marked as inherited.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from followthearms.extract.anaphora import reference_cues
from followthearms.extract.events import Event
from followthearms.extract.parties import PARTY_TYPES, Flows, Makers
from followthearms.model import SYMMETRIC, Equipment, Kind
from followthearms.model.mentions import Form, Mention, MentionType


@dataclass(frozen=True)
class Leanings:
    """What speaks for a code as the missing side of a transfer, and how much. Tuned on train, seen source by source."""

    pair: float = 1.0  # the article tells of transfers between it and the other side; in full from `ENOUGH` of them on
    role: float = 1.5  # its share among the parties that stand on this side elsewhere in the article
    kind: float = 1.5  # its share among those on this side of the article's events of the same kind
    share: float = 0.5  # its share among all mentions of parties
    way: float = 0.75  # a preposition of the sentence sends something to it (recipient) or takes it from it (supplier)
    near: float = 1.0  # divided by one plus the number of parties between
    likely: float = 1.0  # how likely a voice holds it to play the role, less how likely the other side
    maker: float = 2.0  # it makes the equipment (for the supplier; against the recipient)


LEANINGS = Leanings()
ENOUGH = 2
"""Transfers between the same two after which one more says nothing new; set by hand."""


class Article:
    """What inheritance draws on: all parties and equipment of the text, in order, and which way transfers run."""

    def __init__(self, mentions: Sequence[Mention], events: Sequence[Event], makers: Makers) -> None:
        self.mentions, self.makers, self.flows = tuple(mentions), makers, Flows.of(events)
        self.parties = [m for m in mentions if m.type in PARTY_TYPES and m.code and not _is_vague(m)]
        self.equipment = [m for m in mentions if m.type is MentionType.EQUIPMENT]
        self._starts = [m.start for m in self.parties]
        self._equipment_starts = [m.start for m in self.equipment]
        self._places: dict[str | None, list[int]] = defaultdict(list)
        for n, mention in enumerate(self.parties):
            self._places[mention.code].append(n)
        self.shares = _shares(m.code for m in self.parties)
        self.sides = {role: _shares(c for e in events for c in e.codes(role)) for role in ("supplier", "recipient")}
        self.sides_of = {
            (kind, role): _shares(c for e in events if e.kind is kind for c in e.codes(role))
            for kind in {e.kind for e in events}
            for role in self.sides
        }

    def nearest(self, code: str, at: int) -> Mention | None:
        """The mention of a code nearest before an offset, else the first after it."""
        last = self._last(code, bisect_left(self._starts, at))
        first = self._places[code][0] if code in self._places else None
        place = first if last is None else last
        return None if place is None else self.parties[place]

    def between(self, code: str, at: int) -> int | None:
        """How many other parties are named between the last mention of a code before an offset and the offset."""
        high = bisect_left(self._starts, at)
        own = self._last(code, high)
        if own is None:
            return None
        return sum((self._last(other, high) or 0) > own for other in self._places)

    def earlier(self, at: int) -> Iterator[Mention]:
        """The parties named before an offset, the last first."""
        return (self.parties[n] for n in range(bisect_left(self._starts, at) - 1, -1, -1))

    def last_equipment(self, at: int) -> Mention | None:
        """The equipment named last before an offset."""
        n = bisect_left(self._equipment_starts, at)
        return self.equipment[n - 1] if n else None

    def _last(self, code: str | None, high: int) -> int | None:
        """The last place of a code among the first parties."""
        places = self._places.get(code, [])
        n = bisect_left(places, high)
        return places[n - 1] if n else None


def _is_vague(mention: Mention) -> bool:
    """Pronouns, and groups without a name ("allies", "partners"): nobody can be meant by them elsewhere."""
    return mention.form is Form.PRONOUN or (mention.form is Form.GROUP and mention.span.text.islower())


def _shares(codes: Iterable[str | None]) -> Mapping[str, float]:
    counts = Counter(c for c in codes if c)
    total = sum(counts.values())
    return {c: n / total for c, n in counts.items()}


def inherit(event: Event, article: Article) -> Event:
    """The event with its open sides filled from the article, marked as inherited."""
    if event.kind in SYMMETRIC:
        return _second_party(event, article)
    event = _equipment(event, article)
    order = ("recipient", "supplier") if event.roles.get("supplier") else ("supplier", "recipient")
    for role in order:
        if not event.roles.get(role):
            mention = _missing(event, role, article)
            if mention:
                event = replace(event.with_roles(**{role: (mention,)}), inherited=event.inherited | {role})
    return event


def _missing(event: Event, role: str, article: Article) -> Mention | None:
    """The party of the article that most things speak for, if any stands before the event or is spoken for."""
    if event.kind is Kind.HOLDING and role == "supplier":
        return None
    other = "recipient" if role == "supplier" else "supplier"
    at, taken = event.token.start, event.codes(other, "actor")
    known = {c for c in article.shares if c not in taken}
    if event.kind is Kind.INTEREST and role == "supplier":
        known &= {m.code or "" for m in event.place.of_type(*PARTY_TYPES)}
    scored = [(_leaning(c, event, role, other, article), c) for c in known]
    best = min(scored, key=lambda pair: (-pair[0], pair[1]), default=None)
    return article.nearest(best[1], at) if best and best[0] > 0 else None


def _leaning(code: str, event: Event, role: str, other: str, article: Article) -> float:
    at, pairs = event.token.start, article.flows.pairs
    told = sum(pairs[(code, c) if role == "supplier" else (c, code)] for c in event.codes(other))
    score = LEANINGS.pair * min(told, ENOUGH) / ENOUGH + LEANINGS.role * article.sides[role].get(code, 0.0)
    score -= LEANINGS.role * article.sides[other].get(code, 0.0)
    score += LEANINGS.kind * article.sides_of[event.kind, role].get(code, 0.0)
    score += LEANINGS.likely * (event.likely.get((role, code), 0.0) - event.likely.get((other, code), 0.0))
    score += LEANINGS.share * article.shares[code]
    between = article.between(code, at)
    if between is not None:
        score += LEANINGS.near / (1 + between)
    here = [m for m in event.place.of_type(*PARTY_TYPES) if m.code == code]
    score += LEANINGS.way * max((_way(event, m, role) for m in here), default=0)
    made = {
        c for m in event.roles.get("equipment", ()) if isinstance(m.span, Equipment) for c in article.makers(m.span)
    }
    return score + (code in made) * (LEANINGS.maker if role == "supplier" else -LEANINGS.maker)


def _way(event: Event, mention: Mention, role: str) -> int:
    """1 if the preposition before a mention speaks for the role, -1 if for the other side, else 0."""
    sentence = event.place.scene.sentence
    token = sentence.tokens[event.place.head(mention)]
    if token.dep not in ("pobj", "dative"):
        return 0
    lemma, ways = sentence.tokens[token.head].lemma, reference_cues().ways
    return (lemma in ways[role]) - any(lemma in words for other, words in ways.items() if other != role)


def _equipment(event: Event, article: Article) -> Event:
    if event.roles.get("equipment") or event.kind is Kind.PAYMENT:
        return event
    here = event.place.of_type(MentionType.EQUIPMENT)
    at = event.token.start
    nearest = min(here, key=lambda m: abs(m.start - at)) if here else article.last_equipment(at)
    if nearest is None:
        return event
    return replace(event.with_roles(equipment=(nearest,)), inherited=event.inherited | {"equipment"})


def _second_party(event: Event, article: Article) -> Event:
    parties = event.roles.get("parties", ())
    if len({m.code for m in parties}) >= 2:
        return event
    have, at = {m.code for m in parties}, event.token.start
    near = [m for m in event.place.of_type(MentionType.ACTOR) if m.code and m.code not in have]
    found = []
    for mention in sorted(near, key=lambda m: abs(m.start - at)) or article.earlier(at):
        if len(have) >= 2:
            break
        if mention.code not in have:
            have.add(mention.code)
            found.append(mention)
    if not found:
        return event
    return replace(event.with_roles(parties=(*parties, *found)), inherited=event.inherited | {"parties"})
