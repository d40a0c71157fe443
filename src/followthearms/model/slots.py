"""What a claim can say about its happening: one class for each shape of slot."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import Field, field_serializer

from followthearms.model.kinds import Bound
from followthearms.model.spans import Span


class Party(Span):
    """A state, group, body or company, as the text names it.

    `code` is an ISO 3166 alpha-2 code (historical states keep theirs: SU, YU, DD), one of the bodies
    EU, NATO, UN, a group's name in capitals, or UNKNOWN. A speaker may have none.
    """

    code: str | None = None


class Quantity(Span):
    """A number of items: `number` is what the words mean, `bound` how they limit it."""

    number: int | float
    bound: Bound = Bound.EXACT
    unit: str | None = Field(default=None, description="What is counted if not single items: squadron, batch, tonne")


class Equipment(Span):
    """Military equipment: the quote, its designation ("AK-203") if it has one, its category, a singular noun."""

    designation: str | None = None
    category: str | None = None
    quantity: Quantity | None = None


class Money(Span):
    """An amount of money in units of `currency` (ISO 4217); `per` holds the period of a rate ("per year")."""

    amount: int | float
    currency: str | None = None
    bound: Bound = Bound.EXACT
    per: str | None = None


class DateRange(Span):
    """The days, both included, between which it happened or is due. An open or unknown end is null."""

    first: Annotated[dt.date | None, Field(alias="from")] = None
    last: Annotated[dt.date | None, Field(alias="to")] = None

    @field_serializer("first", "last")
    def _iso(self, day: dt.date | None) -> str | None:
        return day.isoformat() if day else None
