"""Hostile strings in every field of the register that reaches a page: nothing of them runs, loads or leads away.

Two browsers look: one as people have it, and one that ignores the Content-Security-Policy, so that what is tested is
that nothing hostile gets into a page and not only that the browser would stop it there.
"""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections import defaultdict
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from playwright.sync_api import Browser, Page

from followthearms.web.views.deals.saved import MOST
from tests.web.harmless import ARMED, harmless
from tests.web.hostile import STRINGS, storable

KINDS = ["state", "party", "group", "company", "person", "equipment", "place", "source"]
LISTS = [
    *("/deals?limit=500", "/claims?limit=500", "/documents?limit=500", "/contradictions", "/sources", "/methods"),
    *("/review", "/snapshots", "/snapshots/first", "/snapshots/first/diff/now", "/corrections", "/decisions?limit=500"),
    *(f"/entities?kind={kind}" for kind in KINDS),
    *(f"/explore/{view}?everything=1" for view in ("map", "timeline", "matrix", "network")),
]
TABLES = ["/deals", "/claims", "/documents", "/sources", "/entities", "/snapshots", "/corrections", "/decisions"]
FORMULA = re.compile(r"[=+@\t\r]|-(?!\d+(\.\d+)?$)")
ACTS = ("merge", "split", "edit", "diff", "claims")
PLACES = [
    *("/", "/deals/", "/methods/", "/entities/", "/snapshots/", "/documents/x/claims/", "/sources/"),
    *("/deals?limit=1&after=", "/deals?limit=1&columns=", "/decisions?who=", "/decisions?since=", "/review?q="),
    *("/explore/network?q=", "/claims?limit=1&q=equipment:", "/diff?left=first&right=", "/contradictions?class="),
]
MANY = 3
"""Pages of one sort that are opened; the others are taken apart by the browser's parser without being shown."""
APART = {"documents/*": 1, "deals/*": 3}
"""Of which sorts more than each ninth of the others is looked at: a document shows all that its string is put into."""


def sort(path: str) -> str:
    """What a page shows, whatever it is that it shows."""
    parts = path.partition("?")[0].split("/")
    return "/".join([parts[1], *("*" for _ in parts[2:]), *(part for part in parts[3:] if part in ACTS)])


@pytest.fixture(scope="module")
def sorts(hostile_site: str) -> dict[str, list[str]]:
    """Every page that the lists lead to, and what the first of each sort lead to, by sort."""
    found: dict[str, list[str]] = defaultdict(list)
    seen, waiting = set(LISTS), [(path, True) for path in LISTS]
    with httpx.Client(base_url=hostile_site, timeout=60) as client:
        for path, is_list in waiting:
            for link in map(unescape, re.findall(r'href="(/[^"#]+)', client.get(path).text)):
                if link in seen or re.search(r"\.(csv|json)(\?|$)|^/(static|as-of|deals\?|claims\?)", link):
                    continue
                seen.add(link)
                found[sort(link)].append(link)
                if is_list and len(found[sort(link)]) <= MANY:
                    waiting.append((link, False))
    return found


@pytest.fixture(scope="module", params=[False, True], ids=["policy", "bypassed"])
def page(request: Any, browser: Browser, hostile_site: str) -> Iterator[Page]:
    context = browser.new_context(base_url=hostile_site, bypass_csp=request.param)
    context.add_init_script(ARMED)
    page = context.new_page()
    yield page
    context.close()


@pytest.fixture(scope="module")
def parser(browser: Browser, hostile_site: str) -> Iterator[Page]:
    """A page of the application, for what the browser makes of others."""
    page = browser.new_page(base_url=hostile_site)
    page.add_init_script(ARMED)
    page.goto("/methods")
    yield page
    page.close()


@pytest.fixture
def watched(page: Page, hostile_site: str) -> Iterator[Page]:
    """A page of which every dialog, request to elsewhere and complaint of the console is a failure."""
    faults: list[str] = []

    def asked(url: str) -> None:
        if not url.startswith((hostile_site, "data:image/svg+xml", "blob:null")):
            faults.append(url)

    handlers: dict[str, Any] = {
        "request": lambda request: asked(request.url),
        "dialog": lambda dialog: (faults.append(dialog.message), dialog.dismiss()),
        "pageerror": lambda error: faults.append(str(error)),
        "console": lambda said: faults.append(said.text) if "Content Security" in said.text else None,
    }
    for event, handler in handlers.items():
        page.on(event, handler)  # type: ignore[call-overload]
    yield page
    for event, handler in handlers.items():
        page.remove_listener(event, handler)
    assert faults == []


def test_nothing_runs_loads_or_leads_away(watched: Page, sorts: dict[str, list[str]]) -> None:
    assert {"deals/*", "documents/*", "documents/*/*/*/claims", "entities/*", "sources/*"} <= set(sorts)
    for path in [*LISTS, *(path for pages in sorts.values() for path in pages[:MANY])]:
        answer = watched.goto(path)
        assert answer and answer.status == 200, path
        assert harmless(watched)


def test_nor_would_any_other_page(parser: Page, hostile_site: str, sorts: dict[str, list[str]]) -> None:
    with httpx.Client(base_url=hostile_site, timeout=60) as client:
        for path in (path for sort, pages in sorts.items() for path in pages[MANY :: APART.get(sort, 9)]):
            answer = client.get(path, follow_redirects=True)
            assert answer.status_code == 200, path
            assert harmless(parser, answer.text)


def test_the_strings_are_shown_as_they_are(parser: Page, hostile_site: str) -> None:
    parser.goto(f"{hostile_site}/documents?limit=500")
    shown = " ".join(parser.locator("main").inner_text().split())
    seen = [" ".join(string.split())[:60] for string in STRINGS if string.replace("\n", "").isprintable()]
    assert len(seen) > 60
    assert not [string for string in seen if string not in shown]


def test_a_hostile_query_or_address_does_nothing(parser: Page, hostile_site: str) -> None:
    places = itertools.cycle(PLACES)
    with httpx.Client(base_url=hostile_site, timeout=60) as client:
        for string in STRINGS:
            said = quote(string, safe="", errors="surrogatepass")
            for place in ("/deals?limit=1&q=", *itertools.islice(places, 2)):
                answer = client.get(place + said)
                assert answer.status_code in (200, 303, 404, 422), place + said
                if answer.headers.get("Content-Type", "").startswith("text/html"):
                    assert harmless(parser, answer.text)


def test_saved_filters_under_hostile_names_do_nothing(watched: Page, hostile_site: str) -> None:
    for start in range(0, len(STRINGS), MOST):
        watched.context.clear_cookies()
        watched.goto("/deals")
        given = watched.locator("input[name=token]").first.get_attribute("value")
        for string in STRINGS[start : start + MOST]:
            name = storable(string)[:60]
            form = {"token": given or "", "name": name, "q": "rifle", "columns": name[:40]}
            answer = watched.context.request.post("/filters", form=form, headers={"Origin": hostile_site})
            assert answer.status in (200, 422), name
        watched.goto("/deals?limit=1")
        assert harmless(watched)
        assert watched.locator("form[action='/filters/forget']").count() > MOST / 2


def test_what_stands_beside_the_pages_is_no_page_and_no_cell_a_formula(hostile_site: str) -> None:
    for path in TABLES:
        for ending, kind in ((".json", "application/json"), (".csv", "text/csv; charset=utf-8")):
            answer = httpx.get(f"{hostile_site}{path}{ending}", timeout=60)
            assert (answer.status_code, answer.headers["Content-Type"]) == (200, kind)
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
        for row in csv.reader(io.StringIO(answer.text, newline="")):
            assert not [cell for cell in row if FORMULA.match(cell)], path
