"""In what order the pages of an archive are screened, and that what a person chose is taken apart whatever it holds."""

import json
from dataclasses import replace

import pytest

from followthearms.engine.inputs import as_input
from followthearms.engine.stages import NOT_LET_IN, Plan, Result, Screening, read_inputs
from followthearms.model import Document, Voice
from followthearms.model.fates import Fate
from followthearms.sources import files
from followthearms.sources.raw import Form, Origin, Raw

PLAN = Plan(voices=frozenset({Voice.FRAME}), screens=Screening.ALL)
SALE = "Norway delivered 22 howitzers to Ukraine on Monday, officials in Oslo said."
POOL = "The town council spoke about the new swimming pool and its opening hours for a long time on Tuesday. " * 4
SCHWIMMBAD = "Der Gemeinderat sprach am Dienstag lange über das neue Schwimmbad und seine Öffnungszeiten. " * 4


def page(text: str, beside: str = "") -> Raw:
    markup = f"<html><body><nav><a href=/>{beside}</a></nav><article><h1>News</h1><p>{text}</p></article></body></html>"
    where, url = "day.warc, record 1", "https://example.org/a"
    return Raw(where, "", Form.HTML, markup.encode(), url=url, origin=Origin.ARCHIVED)


def result(content: Raw | Document, plan: Plan = PLAN) -> Result:
    (found,) = read_inputs([as_input(content)], plan)
    return found


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (page(POOL), NOT_LET_IN),
        (page(POOL, beside=SALE), "no word for arms"),
        (page(f"{POOL} A museum has howitzers. {POOL}", beside=SALE), "no word for arms near a word for their trade"),
    ],
)
def test_a_page_is_dropped_before_it_is_taken_apart(raw: Raw, reason: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(files.READERS, Form.HTML, lambda *_: pytest.fail("it was taken apart"))  # type: ignore[index]
    found = result(raw)
    assert found.fate is Fate.DROPPED
    assert found.problem is not None and found.problem.problem == reason


def test_a_page_with_a_claim_is_read_with_what_it_says_of_itself() -> None:
    found = result(page(f"{SALE} {POOL}"))
    assert found.fate is Fate.READ
    assert found.document is not None and found.document.claims
    assert found.document.url == "https://example.org/a"


def test_a_page_in_another_language_is_kept_and_marked() -> None:
    found = result(page(SCHWIMMBAD, beside=SALE))
    assert found.fate is Fate.FOREIGN
    assert found.document is not None and found.document.language == "de"


def test_what_cannot_be_skimmed_is_refused_with_its_reason() -> None:
    found = result(replace(page(""), data=b"<div>" * 100_000 + SALE.encode()))
    assert found.fate is Fate.UNREADABLE
    assert found.problem is not None and "nested deeper" in str(found.problem)


def test_a_page_that_a_person_chose_is_taken_apart_and_told_by_its_text() -> None:
    found = result(replace(page(POOL), origin=Origin.CHOSEN))
    assert found.problem is not None and found.problem.problem == "no word for arms"


CHOSEN = Raw("pool.txt", "pool.txt", Form.TEXT, POOL.encode())
FEED = f"<rss version='2.0'><channel><item><title>Pool</title><description>{POOL}</description></item></channel></rss>"
MANY = {
    "archived": page(POOL),
    "linked": replace(CHOSEN, origin=Origin.LINKED),
    "entry of a feed": replace(CHOSEN, form=Form.FEED, data=FEED.encode()),
    "row of a table": Document(id="row", text=POOL),
}


def test_what_a_person_chose_is_read_unless_all_is_screened() -> None:
    fates = {how: result(CHOSEN, replace(PLAN, screens=how)).fate for how in Screening}
    assert fates == {Screening.NONE: Fate.READ, Screening.MANY: Fate.READ, Screening.ALL: Fate.DROPPED}


@pytest.mark.parametrize("content", MANY.values(), ids=MANY)
def test_what_nobody_chose_is_screened_unless_nothing_is(content: Raw | Document) -> None:
    fates = {how: result(content, replace(PLAN, screens=how)).fate for how in Screening}
    assert fates == {Screening.NONE: Fate.READ, Screening.MANY: Fate.DROPPED, Screening.ALL: Fate.DROPPED}


def test_the_journal_tells_what_was_screened() -> None:
    assert [json.loads(replace(PLAN, screens=how).how())["screens"] for how in Screening] == ["none", "many", "all"]
