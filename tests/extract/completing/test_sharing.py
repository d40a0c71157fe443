"""Who gets and gives which part of what one word tells of."""

from __future__ import annotations

import datetime as dt

import pytest

from followthearms.model import Claim, Document
from followthearms.pipeline import read

WHOLE = {
    "to each his own": (
        "Germany delivered Marder vehicles to Greece, Leopard 2 tanks to Chile and frigates to Egypt.",
        [("DE", "GR", "Marder"), ("DE", "CL", "Leopard"), ("DE", "EG", "frigates")],
    ),
    "from each his own": (
        "India ordered S-400 systems from Russia and Rafale jets from France.",
        [("RU", "IN", "S-400"), ("FR", "IN", "Rafale")],
    ),
    "several for one share": (
        "Israel supplied Heron drones to Azerbaijan and Morocco and Spike missiles to Poland.",
        [("IL", "AZ MA", "Heron"), ("IL", "PL", "Spike")],
    ),
    "with": (
        "France supplied Greece with Rafale jets and Egypt with FREMM frigates.",
        [("FR", "GR", "Rafale"), ("FR", "EG", "FREMM")],
    ),
    "a verb said once": (
        "Poland sent 60 T-72 tanks and Norway eight howitzers to Ukraine.",
        [("PL", "UA", "T-72"), ("NO", "UA", "howitzers")],
    ),
    "two verbs": (
        "Denmark delivered 8,000 artillery shells to Ukraine, and Estonia gave Ukraine FH-70 howitzers.",
        [("DK", "UA", "artillery"), ("EE", "UA", "FH-70")],
    ),
    "an exchange": (
        "In return for T-72 tanks sent to Ukraine, Germany will give Slovenia 40 Marder infantry fighting vehicles.",
        [("SI", "UA", "T-72"), ("DE", "SI", "Marder")],
    ),
    "an exchange at the end": (
        "Germany will give Slovakia 15 Leopard 2A4 tanks in exchange for 30 BMP-1 vehicles that Bratislava delivered "
        "to Ukraine.",
        [("DE", "SK", "Leopard"), ("SK", "UA", "BMP-1")],
    ),
}


def claims(text: str) -> tuple[Claim, ...]:
    return read(Document(id="t", text=text, date=dt.date(2023, 5, 4))).claims


def sides(claim: Claim) -> tuple[str, str]:
    supplier, recipient = (" ".join(str(p.code) for p in side) for side in (claim.supplier, claim.recipient))
    return supplier, recipient


@pytest.mark.parametrize(("text", "shares"), WHOLE.values(), ids=WHOLE.keys())
def test_each_share_is_a_claim(text: str, shares: list[tuple[str, str, str]]) -> None:
    found = claims(text)
    assert [sides(c) for c in found] == [(giver, taker) for giver, taker, _ in shares]
    for claim, (_, _, thing) in zip(found, shares, strict=True):
        assert len(claim.equipment) == 1
        assert claim.equipment[0].text.startswith(thing)
        assert claim.evidence.covers(claim.equipment[0])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Israel has sold radars to Chad, Rwanda and Togo.", ("IL", "TD RW TG")),
        ("Norway sent Leopard tanks and Javelin missiles to Ukraine and the UN.", ("NO", "UA UN")),
    ],
)
def test_what_all_share_is_one_claim(text: str, expected: tuple[str, str]) -> None:
    (claim,) = claims(text)
    assert sides(claim) == expected
