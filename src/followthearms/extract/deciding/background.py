"""The article behind an event: who is named in it, how often and where, and which way its transfers run.

Everything here is counted from what the text names and what the voices hear; nothing is decided.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from typing import Self

from followthearms.extract.events import Event
from followthearms.extract.frames.parties import PARTY_TYPES, Makers
from followthearms.extract.mentions.anaphora import reference_cues
from followthearms.model.mentions import Form, Mention, MentionType

_LEAD = 5
"""How many parties are named in the lead of an article, about: those of its title and first sentence."""


class Article:
    """All parties and equipment of a text, in order, and what its events tell of them."""

    def __init__(self, mentions: Sequence[Mention], events: Sequence[Event], makers: Makers) -> None:
        self.makers = makers
        self.parties = [m for m in mentions if m.type in PARTY_TYPES and m.code and not _is_vague(m)]
        self.equipment = [m for m in mentions if m.type is MentionType.EQUIPMENT]
        self._starts = [m.start for m in self.parties]
        self._equipment_starts = [m.start for m in self.equipment]
        self._places: dict[str | None, list[int]] = defaultdict(list)
        for n, mention in enumerate(self.parties):
            self._places[mention.code].append(n)
        self.lead = {m.code for m in self.parties[:_LEAD]}
        self.shares = _shares(m.code for m in self.parties)
        self.voices = _shares(m.code for m in mentions if _speaks(m))
        self.firms = self._firms(mentions)
        self._tell(events)

    def retold(self, events: Sequence[Event]) -> Self:
        """The same article with what other events tell of its parties."""
        article = copy(self)
        article._tell(events)
        return article

    def _tell(self, events: Sequence[Event]) -> None:
        self.sides = {role: _shares(c for e in events for c in e.codes(role)) for role in ("supplier", "recipient")}
        self.flows = Counter(
            (giver, taker) for e in events for giver in e.codes("supplier") for taker in e.codes("recipient")
        )
        self.gifts = Counter({giver: 0 for giver, _ in self.flows})
        for (giver, _), n in self.flows.items():
            self.gifts[giver] += n

    def _firms(self, mentions: Sequence[Mention]) -> Mapping[str, float]:
        """For each code the share of its mentions that name a firm."""
        every = Counter(m.code for m in mentions if m.type in PARTY_TYPES and m.code)
        firms = Counter(m.code for m in mentions if m.type is MentionType.COMPANY and m.code)
        return {code: n / every[code] for code, n in firms.items()}

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


def _speaks(mention: Mention) -> bool:
    return mention.form is Form.PRONOUN and mention.span.text.lower() in reference_cues().speakers


def _shares(codes: Iterable[str | None]) -> Mapping[str, float]:
    counts = Counter(c for c in codes if c)
    total = sum(counts.values())
    return {c: n / total for c, n in counts.items()}
