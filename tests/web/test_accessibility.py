"""No page has a fault that axe can see, in either colour scheme, and none is wider than its window."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources

import httpx
import pytest
from playwright.sync_api import Browser, Page

from tests.web.conftest import opening

AXE = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (320, 360, 768, 1100, 1440)
PAGES = [
    "/deals?limit=12",
    "/deals?q=rifle",
    "/deals?q=nothing+has+this",
    "/deals/DEAL",
    "/documents",
    "/documents/DOCUMENT",
    "/documents/DOCUMENT/claims/CLAIM",
    "/documents/DOCUMENT/claims/CLAIM/edit?slot=supplier&words=India&words=gone&back=/review",
    "/documents/DOCUMENT/claims/CLAIM/edit?slot=kind&words=agreement&words=offer",
    "/review",
    "/review?q=kind:lifting+supplier:FJ",
    "/review/group?document=DOCUMENT&claim=CLAIM&by=deal",
    "/claims?limit=12",
    "/contradictions",
    "/contradictions?class=conflicting",
    "/entities",
    "/entities/RU",
    "/entities/equipment:AK-203",
    "/explore/map",
    "/explore/map?q=supplier:RU",
    "/explore/timeline",
    "/explore/matrix",
    "/explore/network",
    "/explore/network?of=classes",
    "/sources",
    "/methods",
    "/methods/codebook",
    "/methods/accuracy",
]


@pytest.fixture(scope="module")
def places(client: httpx.Client, deal: str) -> dict[str, str]:
    row = client.get("/claims.json", params={"q": "equipment:AK-203"}).json()["rows"][0]
    return {"DEAL": deal, "DOCUMENT": row["document"], "CLAIM": row["claim"]["id"]}


def faults_of(page: Page, rules: list[str]) -> list[tuple[str, str, str]]:
    """What axe finds, with all that unfolds unfolded."""
    page.evaluate("() => document.querySelectorAll('details').forEach(one => { one.open = true })")
    page.evaluate(AXE)
    found = page.evaluate("rules => axe.run({runOnly: rules, resultTypes: ['violations']})", rules)
    assert found["passes"]
    return [(one["id"], one["nodes"][0]["html"], one["nodes"][0]["failureSummary"]) for one in found["violations"]]


def at(path: str, places: dict[str, str]) -> str:
    for name, value in places.items():
        path = path.replace(name, value)
    return path


def look_at(page: Page, path: str) -> None:
    """Open an address: axe finds nothing there in either colour scheme, and it fits windows of any width."""
    page.emulate_media(color_scheme="light")
    page.goto(path)
    assert faults_of(page, RULES) == []
    page.emulate_media(color_scheme="dark")
    assert faults_of(page, ["color-contrast", "link-in-text-block"]) == []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width, width


@pytest.fixture(scope="module")
def page(browser: Browser, site: str) -> Iterator[Page]:
    """The one window in which all of them are opened: a window for each takes longer than what is looked for."""
    for opened in opening(browser, site):
        yield opened("/methods", reduced_motion="reduce")


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_and_no_page_is_wider_than_the_window(page: Page, places: dict[str, str], path: str) -> None:
    look_at(page, at(path, places))


def test_nor_does_it_on_an_error(browser: Browser, site: str) -> None:
    page = browser.new_page(base_url=site)  # by itself, as the browser's console tells of the status
    page.goto("/nowhere")
    assert faults_of(page, RULES) == []
    page.close()
