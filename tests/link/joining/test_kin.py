"""The parts of a block are linked as the whole block is."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from followthearms.link.joining.briefs import Brief
from followthearms.link.joining.clusters import Cluster, clusters
from followthearms.link.joining.kin import ANY, kin, parts
from followthearms.link.joining.threads import threads
from followthearms.link.rulings.bindings import NO_BINDINGS, Bindings
from followthearms.model import Target
from tests.link.drafts import draft, said

NAMES = ("AK-203", "AK-74", "AK-74M", "Kalashnikov", "Type 56", "M4", "INSAS", "INSAS 1B1")
DAYS = {40: "2015-03-01", 900: "2021-06-05"}


def _told(name: str, number: int, *, ruled: bool = False) -> Brief:
    item = f"{name} rifles".strip()
    text = f"Russia delivered {number} {item} to India."
    told = said(
        *("delivery", "delivered"),
        supplier="Russia/RU",
        recipient="India/IN",
        equipment=f"{item}/{name}/assault rifle/{number}",
    )
    document = draft(f"{name or 'rifles'} {number}", text, told, date=DAYS[number])
    own = Target.of(document.id, document.claims[0])
    [thread] = threads(document, Bindings(together=((own, own),)) if ruled else NO_BINDINGS)
    return thread.brief


NAMED = [_told(name, number) for name in NAMES for number in DAYS]
[PLAIN, RULED] = [_told("", 40), _told("M4", 40, ruled=True)]


def _by_parts(told: Sequence[Brief]) -> tuple[list[Cluster], int]:
    """The clusters of the parts, and how many parts there are."""
    left, found, count = {kin(one) for one in told}, list[Cluster](), 0
    while left:
        part = parts([min(left)], left)
        found += clusters([one for one in told if kin(one) in part])
        left, count = left - part, count + 1
    return sorted(found, key=lambda one: one.id), count


@settings(max_examples=40)
@given(st.lists(st.sampled_from([*NAMED, PLAIN]), unique_by=lambda one: one.anchor))
def test_parts_are_linked_as_the_whole(told: list[Brief]) -> None:
    assert len({one.block for one in told}) <= 1
    assert _by_parts(told)[0] == list(clusters(told))


def test_what_meets() -> None:
    assert _by_parts(NAMED)[1] > 2
    assert _by_parts([*NAMED, PLAIN])[1] == 1
    own = {name: kin(_told(name, 40)) for name in NAMES}
    assert parts([own["AK-74"]], own.values()) >= {own["AK-74M"], own["Kalashnikov"], own["AK-203"]}
    assert own["M4"] not in parts([own["AK-74"]], own.values())
    assert parts([own["INSAS"]], own.values()) == {own["INSAS"], own["INSAS 1B1"]}


def test_a_thread_that_went_still_bridges() -> None:
    bridge, left, right = (kin(_told(name, 40)) for name in ("Kalashnikov", "AK-203", "AK-74"))
    assert parts([bridge], [left, right]) == {bridge, left, right}
    assert parts([left], [left, right]) == {left}


def test_what_is_vague_or_ruled_on_may_meet_all() -> None:
    assert kin(PLAIN) == kin(RULED) == ANY
