"""In what order the pages of an archive are screened, and that what a person chose is taken apart whatever it holds."""

from dataclasses import replace

import pytest

from followthearms.engine.inputs import as_input
from followthearms.engine.stages import NOT_LET_IN, Plan, Result, read_inputs
from followthearms.model import Voice
from followthearms.model.fates import Fate
from followthearms.sources import files
from followthearms.sources.raw import Form, Raw

PLAN = Plan(voices=frozenset({Voice.FRAME}), screens=True)
SALE = "Norway delivered 22 howitzers to Ukraine on Monday, officials in Oslo said."
POOL = "The town council spoke about the new swimming pool and its opening hours for a long time on Tuesday. " * 4
SCHWIMMBAD = "Der Gemeinderat sprach am Dienstag lange über das neue Schwimmbad und seine Öffnungszeiten. " * 4


def page(text: str, beside: str = "") -> Raw:
    markup = f"<html><body><nav><a href=/>{beside}</a></nav><article><h1>News</h1><p>{text}</p></article></body></html>"
    return Raw("day.warc, record 1", "", Form.HTML, markup.encode(), url="https://example.org/a", is_archived=True)


def result(raw: Raw) -> Result:
    (found,) = read_inputs([as_input(raw)], PLAN)
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
    found = result(replace(page(POOL), is_archived=False))
    assert found.problem is not None and found.problem.problem == "no word for arms"
