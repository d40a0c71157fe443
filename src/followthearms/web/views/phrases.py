"""Small phrases that several views need."""

from __future__ import annotations

from typing import TypeVar

from followthearms.exchange import words
from followthearms.model import Amount, Bound, Deal, DealRow, Figure

_Reported = TypeVar("_Reported", Figure, Amount)


def counted(number: int, one: str, several: str | None = None) -> str:
    """A number with its noun: "1 deal", "1,204 deals", "2 copies"."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def mark(bound: Bound) -> str:
    """How a figure is uncertain, in a word; empty for an exact one."""
    return "" if bound is Bound.EXACT else bound.value.replace("_", " ")


def exact(found: _Reported) -> _Reported:
    """The figure without its bound, which is shown apart."""
    return found.model_copy(update={"bound": Bound.EXACT})


def sides(deal: Deal | DealRow) -> str:
    """Who gives and who gets; for what has no sides, who acts in it and what it is."""
    if deal.supplier or deal.recipient or deal.parties:
        return words.sides(deal)
    nature = deal.nature.value.capitalize()
    return f"{words.parties(deal.actors)}: {deal.nature.value}" if deal.actors else nature


def heading(deal: Deal | DealRow) -> str:
    """A deal in one line: its sides and what it is about."""
    return f"{sides(deal)}: {words.items(deal.equipment)}" if deal.equipment else sides(deal)
