"""A mention: a typed span of a text that may fill a slot of a claim.

The span is already the slot's value (a `Party` with its code, an `Equipment` with its designation, …),
so that filling a slot means quoting the mention, never making up a value.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from followthearms.model.slots import DateRange, Equipment, Money, Party, Quantity
from followthearms.model.spans import Span


class MentionType(StrEnum):
    """What a mention names."""

    ACTOR = "actor"
    COMPANY = "company"
    PERSON = "person"
    EQUIPMENT = "equipment"
    QUANTITY = "quantity"
    MONEY = "money"
    DATE = "date"
    PLACE = "place"


class Form(StrEnum):
    """How a mention stands for what it names."""

    NAME = "name"
    ADJECTIVE = "adjective"  # "Russian", "Pakistan's" is a NAME
    CAPITAL = "capital"  # a capital or seat of government: Moscow, the Kremlin
    BODY = "body"  # EU, NATO, UN
    GROUP = "group"  # armed group, bloc, vague group
    FORCE = "force"  # an armed force, ministry or agency with its state: "Indian Navy"
    COMPANY = "company"
    OFFICE = "office"  # an office or its holder: "Defence Minister Rajnath Singh"
    PRONOUN = "pronoun"  # words that stand for a party named elsewhere: "it", "the country", "the ministry"
    PLAIN = "plain"  # quantity, money, date, equipment: nothing more to say


@dataclass(frozen=True, slots=True)
class Mention:
    """A typed span. `span` holds the value; a COMPANY or PERSON is a `Party` with the code of its state, if known."""

    type: MentionType
    span: Party | Equipment | Quantity | Money | DateRange | Span
    form: Form = Form.PLAIN

    @property
    def start(self) -> int:
        """First code point, in the document's text."""
        return self.span.start

    @property
    def end(self) -> int:
        """One past the last code point."""
        return self.span.end

    @property
    def code(self) -> str | None:
        """The state, body or group that it stands for, if it is a party."""
        return self.span.code if isinstance(self.span, Party) else None
