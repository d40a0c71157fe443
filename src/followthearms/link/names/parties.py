"""Parties by their codes, which is what deals are linked by."""

from __future__ import annotations

from followthearms.model import Party

UNKNOWN = "UNKNOWN"


def codes(parties: tuple[Party, ...]) -> frozenset[str]:
    """The codes of the parties that are named; a party without a code stands for itself, in capitals."""
    return frozenset(code(party) for party in parties) - {UNKNOWN}


def code(party: Party) -> str:
    """The code of a party, or its name in capitals."""
    return party.code or party.text.upper()
