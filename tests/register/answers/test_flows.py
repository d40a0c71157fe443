"""Flows are counted as the search finds them: every number is that of the deals with its filters."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from followthearms.model.format import load_line
from followthearms.model.query import Query
from followthearms.register import Register
from followthearms.register.run import Run
from tests.register.conftest import DATABASES

SIDES = ("supplier", "recipient")
QUERIES = ["", "supplier:RU", "nature:transfer after:2000", "missile -status:delivered"]


@pytest.fixture(scope="module", params=DATABASES)
def register(
    request: pytest.FixtureRequest, root: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Register]:
    """The sample articles, for all tests, which only read."""
    if request.param == "sqlite":
        url = str(tmp_path_factory.mktemp("flows") / "register.db")
    else:
        url = request.getfixturevalue("postgres").create("flows")
    lines = (root / "examples/gold.jsonl").read_text("utf-8").splitlines()
    documents = [load_line(line, f"gold.jsonl, line {n}") for n, line in enumerate(lines, 1)]
    with Register.open(url) as opened:
        opened.add_many(documents, Run(version="1", ruleset="r", parser="p", started="2026-01-01T00:00:00Z"))
        yield opened


def found(register: Register, *parts: str) -> int:
    """How many deals a search finds."""
    total = register.search.deals(" ".join(parts), limit=1000).total
    assert total.exact
    return total.count


def is_(name: str, entity: str) -> str:
    return f'{name}:"{entity}"'


def test_flows_are_the_deals_of_both_sides(register: Register) -> None:
    for query in QUERIES:
        flows = register.flows.between(Query.parse(query))
        assert (flows.counted, flows.all_counted) == (found(register, query), True)
        assert len(flows.flows) > 3 or "missile" in query
        for flow in flows.flows[:25]:
            named = is_("supplier", flow.supplier), is_("recipient", flow.recipient)
            assert flow.deals == found(register, query, *named), flow
        for share in flows.parties[:25]:
            assert share.deals == found(register, query, is_("party", share.entity)), share


def test_both_sides_are_named_by_deals_that_a_list_shows_so(register: Register) -> None:
    rows = [one.row for one in register.search.deals("", limit=1000).rows]
    both = [row for row in rows if row.supplier and row.recipient]
    flows = register.flows.between(Query())
    assert flows.both == len(both) < flows.counted == len(rows)
    pairs = {(s.code, r.code) for row in both for s in row.supplier for r in row.recipient}
    assert {(flow.supplier, flow.recipient) for flow in flows.flows} == pairs


@pytest.mark.parametrize("most", [0, 3, 1000])
def test_a_matrix_counts_each_deal_of_the_others_once(register: Register, most: int) -> None:
    matrix, all_of_them = register.flows.matrix(Query(), most), register.flows.matrix(Query(), 1000)
    kept = [{share.entity for share in side if share.entity} for side in (matrix.suppliers, matrix.recipients)]
    assert [len(one) for one in kept] == [
        min(most, len({getattr(c, side) for c in all_of_them.cells})) for side in SIDES
    ]
    expected: dict[tuple[str, str], set[str]] = {}
    for row in (one.row for one in register.search.deals("", limit=1000).rows):
        for supplier, recipient in itertools.product(row.supplier, row.recipient):
            codes = str(supplier.code), str(recipient.code)
            one, other = (code if code in those else "" for code, those in zip(codes, kept, strict=True))
            expected.setdefault((one, other), set()).add(row.id)
    assert {(c.supplier, c.recipient): c.deals for c in matrix.cells} == {at: len(ids) for at, ids in expected.items()}
    for share in matrix.suppliers:
        if share.entity:
            assert share.deals == found(register, is_("supplier", share.entity)), share
    assert (matrix.suppliers[-1].entity == "") is (most < 1000)


@pytest.mark.parametrize("classes", [True, False])
def test_ties_are_the_deals_of_a_party_in_equipment(register: Register, classes: bool) -> None:
    for query in QUERIES[:3]:
        ties = register.flows.ties(Query.parse(query), classes=classes)
        assert len(ties.ties) > 20
        for tie in ties.ties[:25]:
            assert tie.deals == found(register, query, is_(tie.role, tie.party), is_("equipment", tie.equipment)), tie
        for share in ties.equipment[:25]:
            assert share.deals == found(register, query, is_("equipment", share.entity)), share
    names = {share.entity for share in register.flows.ties(Query(), classes=classes).equipment}
    assert ("equipment:combat aircraft" in names, "equipment:Rafale" in names) == (classes, not classes)


def test_years_are_those_that_the_filter_finds(register: Register) -> None:
    for query in QUERIES:
        years = register.flows.years(Query.parse(query))
        assert years.counted == found(register, query)
        for year in years.years[-30:]:
            status = f"status:{year.status.value.replace(' ', '-')}"
            assert year.deals == found(register, query, f"reached:{year.year}", status), year
        assert sum(year.deals for year in years.years) + years.undated == years.counted  # each once


def test_a_deal_that_tells_no_day_is_counted_apart(register: Register) -> None:
    years = register.flows.years(Query())
    dated = {one.row.id for one in register.search.deals("reached:0001..", limit=1000).rows}
    assert years.undated == years.counted - len(dated)


def test_happenings_are_the_claims_of_deals(register: Register) -> None:
    names = [one.row.id for one in register.search.deals("", limit=40).rows]
    happenings = register.flows.happenings(names)
    for deal in register.deals(names):
        ours = [one for one in happenings if one.deal == deal.id]
        events = {(e.kind, e.modality, e.negated, e.first, e.last) for e in deal.events}
        assert {(one.kind, one.modality, one.negated, one.first, one.last) for one in ours} == events
        assert sum(one.claims for one in ours) == len(deal.events)


def test_nothing_is_found_of_nothing(register: Register) -> None:
    query = Query.parse('supplier:"nobody at all"')
    assert register.flows.between(query).flows == ()
    assert register.flows.matrix(query, 30).cells == ()
    assert register.flows.ties(query, classes=False).ties == ()
    assert register.flows.years(query).years == ()
    assert register.flows.happenings([]) == ()
