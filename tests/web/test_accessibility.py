"""No page has a fault that axe can see, in either colour scheme, and none is wider than its window."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Page

from tests.web.axe import RULES, at, faults_of, look_at
from tests.web.conftest import opening

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
    "/documents/DOCUMENT/add?kind=agreement&slot=trigger&words=signed&slot=supplier&words=gone",
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
