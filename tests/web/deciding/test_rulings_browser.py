"""Ruling and looking back in a real browser: pages that axe finds no fault with, and a merge that is undone."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from followthearms.model.decisions import Grade, GradeSource, Note, Resolve, Verdict
from followthearms.model.format import dump_line, load_line
from followthearms.register import Register
from tests.register.histories import ALL, CAME, MORE, ORDER, RUN, SEIZURE, START
from tests.web.axe import at, look_at
from tests.web.conftest import opening, serving

THEN = f"/as-of/{START.date().isoformat()}"
PAGES = [
    *("/snapshots", "/snapshots/first", "/snapshots/first/diff/now", "/corrections"),
    *("/contradictions", "/deals/RIFLES", "/deals/RIFLES/merge?q=pistols", "/deals/RIFLES/merge?other=PISTOLS"),
    *("/deals/RIFLES/split", "/deals/RIFLES/split?part=CLAIM", "/deals?q=rifles"),
    *("/entities/RU", "/entities/RU/merge?q=India", "/entities/RU/merge?other=IN", "/entities/RU/split?part=Russia"),
    *("/sources", "/sources/source:QUILLON", "/documents/order"),
    *(f"{THEN}/deals", f"{THEN}/documents/order", f"{THEN}/snapshots"),
]


class Clock:
    now = START

    def __call__(self) -> dt.datetime:
        self.now += dt.timedelta(seconds=1)
        return self.now


@pytest.fixture(scope="module")
def ruled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with a past, in which everything that can be shown of rulings is there."""
    path, clock = tmp_path_factory.mktemp("ruled") / "register.db", Clock()
    fields = json.loads(dump_line(ORDER))
    wrong = {**fields["claims"][0], "id": "wrong", "place": {"start": 0, "end": 5, "text": "Delhi"}}
    order = load_line(json.dumps({**fields, "claims": [*fields["claims"], wrong]}), "x", set_aside=True)
    with Register.open(path, clock=clock) as register:
        register.add_many([order, SEIZURE], RUN)
        register.snapshots.take("first", "for the report", who="Bo")
        clock.now += dt.timedelta(days=2)
        register.add_many([MORE, CAME], RUN)
        ledger = register.ledger
        found = next(one for one in register.contradictions() if one.consistency.value == "conflicting")
        ledger.decide(
            Resolve(contradiction=ledger.contradiction(found.id), verdict=Verdict.RIGHT), "Bo", "the contract"
        )
        ledger.decide(GradeSource(source=ledger.source("Quillon"), grade=Grade.B), "Bo", "names its sources")
        ledger.decide(Note(about="entity:RU", text="see the archive"), "Bo")
    return path


@pytest.fixture(scope="module")
def site(ruled: Path) -> Iterator[str]:
    yield from serving(ruled)


@pytest.fixture(scope="module")
def places(ruled: Path) -> dict[str, str]:
    with Register.open(ruled, create=False) as register:
        found = {deal.nature.value: deal.id for deal in register.deals()}
    return {"RIFLES": found["transfer"], "PISTOLS": found["seizure"], "CLAIM": f"{CAME.id}:{CAME.claims[0].id}"}


@pytest.fixture(scope="module")
def page(browser: Browser, site: str) -> Iterator[Page]:
    """The one window in which all of them are looked at."""
    for opened in opening(browser, site):
        yield opened("/snapshots", reduced_motion="reduce")


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_and_no_page_is_wider_than_the_window(page: Page, places: dict[str, str], path: str) -> None:
    look_at(page, at(path, places))


@pytest.mark.parametrize("java_script_enabled", [True, False])
def test_deals_are_merged_the_old_id_leads_to_the_new_and_it_is_undone(
    open_page: Callable[..., Page], places: dict[str, str], java_script_enabled: bool
) -> None:
    page = open_page(f"/deals/{places['RIFLES']}", java_script_enabled=java_script_enabled)
    page.get_by_role("link", name="Merge with another").click()
    page.get_by_label("The other deal").fill("pistols")
    page.get_by_role("button", name="Look for it").click()
    page.locator("ol.found").get_by_role("link").first.click()
    expect(page.get_by_role("heading", name="As it would be")).to_be_visible()
    page.get_by_label("They are one because").fill("one haul")
    page.get_by_role("button", name="Merge").click()
    expect(page.get_by_role("status")).to_contain_text("Merged")
    page.goto(f"/deals/{places['PISTOLS']}")
    assert page.url.endswith(f"/deals/{places['RIFLES']}")
    row = page.locator("#history").get_by_role("row", name="one haul")
    row.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status")).to_contain_text("Undone")
    page.goto(f"/deals/{places['PISTOLS']}")
    assert page.url.endswith(f"/deals/{places['PISTOLS']}")


def test_a_contradiction_is_opened_again_and_ruled_on(open_page: Callable[..., Page]) -> None:
    page = open_page("/contradictions?class=conflicting")
    article = page.locator("article.opposed").first
    expect(article).to_contain_text("says Bo")
    article.get_by_role("button", name="Open again").click()
    expect(article).not_to_contain_text("says Bo")
    article.get_by_text("Rule on it").click()
    article.get_by_label("What is right").select_option("left")
    article.get_by_label("because").fill("the older report")
    article.get_by_role("button", name="Rule", exact=True).click()
    expect(article).to_contain_text("because the older report")
    expect(article).to_be_in_viewport()


def test_a_past_day_is_looked_at_and_left_again(open_page: Callable[..., Page]) -> None:
    page = open_page("/documents")
    expect(page.locator("ol.found > li")).to_have_count(len(ALL))
    page.get_by_label("What was known on").fill(START.date().isoformat())
    page.get_by_role("button", name="Look", exact=True).click()
    expect(page.get_by_role("note")).to_contain_text("As known on 2 January 2026")
    expect(page.locator("ol.found > li")).to_have_count(2)
    page.locator("ol.found h3 a").first.click()
    assert f"{THEN}/documents/" in page.url
    page.get_by_role("link", name="This page today").click()
    assert "/as-of/" not in page.url
