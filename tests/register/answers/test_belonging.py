"""Which claims belong to which deals and why, and where reports differ, over the sample articles."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from followthearms.model import Consistency, Ref, Topic
from followthearms.model.format import load_line
from followthearms.register import Register
from followthearms.register.answers.differing import Case
from followthearms.register.run import Run


@pytest.fixture(scope="module")
def register(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    lines = (root / "examples/gold.jsonl").read_text("utf-8").splitlines()
    run = Run(version="1", ruleset="r", parser="p", started=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    with Register.open(tmp_path_factory.mktemp("belonging") / "register.db") as register:
        register.add_many([load_line(line, f"line {n}") for n, line in enumerate(lines, 1)], run)
        yield register


def test_the_claims_of_a_document_lead_to_the_deals_that_they_are_told_in(register: Register) -> None:
    told = {(event.ref, deal.id) for deal in register.deals() for event in deal.events}
    found = {
        (Ref(document=document.id, claim=claim), row.id)
        for document in register.documents()
        for claim, rows in register.belonging.of_document(document.id).items()
        for row in rows
    }
    assert found == told
    assert register.belonging.of_document("none") == {}


def test_rows_are_those_of_the_list(register: Register) -> None:
    listed = {found.row.id: found.row for found in register.search.deals("", limit=1000).rows}
    assert register.belonging.rows([*listed, "none"]) == listed
    assert len(listed) > 100


def test_what_was_joined_is_of_one_deal_and_told_with_its_weights(register: Register) -> None:
    [found] = register.search.deals("equipment:AK-203 supplier:RU recipient:IN").rows
    refs = {event.ref for event in register.deal(found.row.id).events}
    joins = register.belonging.joins(found.row.id)
    assert joins
    for join in joins:
        assert {join.left, join.right} <= refs and join.left.document != join.right.document
        assert join.weight == pytest.approx(sum(join.features.values()))
    assert list(joins) == sorted(joins, key=lambda join: -join.weight)


def test_copies_are_the_other_documents_of_a_story(register: Register) -> None:
    for story in register.stories():
        for name in story.documents:
            assert register.belonging.copies(name) == tuple(sorted(set(story.documents) - {name}))
    assert max(len(story.documents) for story in register.stories()) > 1


def test_differences_are_counted_and_paged_as_they_are(register: Register) -> None:
    every = register.contradictions()
    assert register.differing.counts() == Counter((one.consistency, one.topic, Case.OPEN) for one in every)
    pages = [register.differing.page(start=start, limit=4) for start in range(0, len(every), 4)]
    paged = [one for page in pages for one in page]
    assert paged == list(register.differing.page()) and sorted(one.id for one in paged) == sorted(o.id for o in every)
    classes = [one.consistency for one in paged]
    assert classes == sorted(classes, key=["conflicting", "partial", "superseded", "compatible"].index)
    for consistency, topic in (
        (Consistency.PARTIAL, None),
        (None, Topic.DATE),
        (Consistency.CONFLICTING, Topic.QUANTITY),
    ):
        wanted = register.contradictions(consistency=consistency, topic=topic)
        assert {one.id for one in register.differing.page(consistency, topic)} == {one.id for one in wanted} != set()
    assert len(register.differing.page(case=Case.OPEN)) == len(every) and not register.differing.page(case=Case.CLOSED)
