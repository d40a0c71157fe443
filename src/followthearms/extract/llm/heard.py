"""What came of asking a language model: the events that hold, and a count of all that did not.

Invariant: every claim that was proposed is an event or is counted under one reason; so is every quote of a claim that
became an event.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from followthearms.extract.events import Event


class Level(StrEnum):
    """What was dropped."""

    SENTENCE = "sentences"
    ANSWER = "answers"
    CLAIM = "claims"
    QUOTE = "quotes"


class Drop(StrEnum):
    """Why something was dropped. The value is what the user reads."""

    level: Level

    def __new__(cls, words: str, level: Level) -> Drop:
        """A reason, with what it is a reason to drop."""
        reason = str.__new__(cls, words)
        reason._value_ = words
        reason.level = level
        return reason

    LONG_SENTENCE = "too long to be asked about", Level.SENTENCE
    NOT_JSON = "not the JSON that was asked for", Level.ANSWER
    CUT_OFF = "cut off before their end", Level.ANSWER

    MALFORMED = "not in the form that was asked for", Level.CLAIM
    TOO_MANY = "beyond the most that an answer may hold", Level.CLAIM
    UNKNOWN_KIND = "of a kind that is not in the codebook", Level.CLAIM
    NO_SUCH_SENTENCE = "about a sentence that was not asked about", Level.CLAIM
    TRIGGER_NOT_QUOTED = "whose trigger is not in the sentence", Level.CLAIM
    TRIGGER_TOO_LONG = "whose trigger is most of a sentence", Level.CLAIM
    TRIGGER_IN_NAME = "whose trigger only names something", Level.CLAIM
    REPEATED = "said twice", Level.CLAIM
    BARE = "with nothing left beside the trigger", Level.CLAIM

    UNKNOWN_SLOT = "for a slot that is not in the codebook", Level.QUOTE
    MISPLACED = "for a slot that the kind does not have", Level.QUOTE
    NOT_VERBATIM = "not in the text", Level.QUOTE
    NO_MENTION = "that name nothing we know of the right type", Level.QUOTE
    AMBIGUOUS = "that cover several mentions", Level.QUOTE
    BOTH_SIDES = "that put a party on both sides", Level.QUOTE
    SECOND_VALUE = "for a slot that is filled", Level.QUOTE
    AGAIN = "of a mention that the slot has", Level.QUOTE


@dataclass(frozen=True, slots=True)
class Heard:
    """What one article gave. `proposed` counts the claims of the model, `quoted` the quotes of those that hold."""

    events: tuple[Event, ...]
    requests: int
    proposed: int
    quoted: int
    dropped: Mapping[Drop, int]


@dataclass
class Tally:
    """What a whole run gave; `str` tells it to the user."""

    requests: int = 0
    proposed: int = 0
    kept: int = 0
    dropped: Counter[Drop] = field(default_factory=Counter)

    def add(self, heard: Heard) -> None:
        """Count another article."""
        self.requests += heard.requests
        self.proposed += heard.proposed
        self.kept += len(heard.events)
        self.dropped.update(heard.dropped)

    def __str__(self) -> str:
        told = f"{self.requests} requests, {self.proposed} claims proposed, {self.kept} borne out by the text"
        reasons = ", ".join(f"{self.dropped[r]} {r.level} {r}" for r in Drop if self.dropped[r])
        return f"{told}; dropped: {reasons}" if reasons else told
