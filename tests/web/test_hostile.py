"""Hostile strings in every field of the register that reaches a page: nothing of them runs, loads or leads away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import quote

import httpx
import pytest
from playwright.sync_api import Browser, Page

from tests.web.hostile import STRINGS

LISTS = ["/deals", "/claims", "/documents", "/review", "/contradictions", "/sources", "/methods"]
KINDS = ["state", "party", "group", "company", "person", "equipment", "place", "source"]
ARMED = """
window.hits = [];
window.pwned = (what) => window.hits.push(what);
document.addEventListener('securitypolicyviolation', (event) => window.hits.push(event.violatedDirective));
"""
ACTIVE = """() => [...document.querySelectorAll(
  'script, iframe, base, object, embed, form, meta[http-equiv], [onload], [onerror], [onclick], [onfocus], [autofocus]'
)].map(element => element.outerHTML)"""
OURS = re.compile(
    r'<script type="module" src="/static/|<script type="application/ld\+json">[^<]*</script>$'
    r'|<form [^>]*action="/(?!/)'
)


@pytest.fixture(scope="module")
def paths(hostile_site: str) -> list[str]:
    """Every page that the lists lead to."""
    found = dict.fromkeys([*LISTS, *(f"/entities?kind={kind}" for kind in KINDS)])
    for path in list(found):
        text = httpx.get(hostile_site + path, timeout=60).text
        for link in re.findall(r'href="(/(?:deals|documents|entities)/[^"#?]+)', text):
            found[unescape(link)] = None
    return [path for path in found if not path.endswith((".csv", ".json"))]


@pytest.fixture(scope="module")
def page(browser: Browser, hostile_site: str) -> Iterator[Page]:
    context = browser.new_context(base_url=hostile_site)
    context.add_init_script(ARMED)
    page = context.new_page()
    yield page
    context.close()


def test_nothing_runs_loads_or_leads_away(page: Page, hostile_site: str, paths: list[str]) -> None:
    assert len(paths) > 150
    asked: list[str] = []
    dialogs: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    for path in paths:
        answer = page.goto(path)
        assert answer and answer.status == 200, path
        assert page.evaluate("() => window.hits") == [], path
        strange = [html for html in page.evaluate(ACTIVE) if not OURS.match(html)]
        assert strange == [], path
        away = page.evaluate(
            "() => [...document.querySelectorAll('a[href]')].map(a => a.href).filter(h => !h.startsWith(location.origin))"
        )
        assert away == [], path
    assert {url for url in asked if not url.startswith(hostile_site)} == set()
    assert dialogs == []


def test_the_strings_are_shown_as_they_are(page: Page, paths: list[str]) -> None:
    shown = ""
    for path in (path for path in paths if path.startswith("/documents/") and "/claims/" not in path):
        page.goto(path)
        shown += page.locator(".text").inner_text()
    for string in STRINGS[:-2]:
        assert string in shown


@pytest.mark.parametrize("string", STRINGS)
def test_a_hostile_query_or_address_does_nothing(page: Page, string: str) -> None:
    said = quote(string, errors="surrogatepass")
    for path in (
        f"/deals?q={said}",
        f"/deals?after={said}",
        f"/deals/{said}",
        f"/{said}",
        f"/deals?columns={said}",
        f"/methods/{said}",
    ):
        answer = page.goto(path)
        assert answer and answer.status in (200, 404, 422), path
        assert page.evaluate("() => window.hits") == [], path


def test_what_stands_beside_the_pages_is_no_page(hostile_site: str, paths: list[str]) -> None:
    for path in ("/deals", "/claims", "/documents", "/sources", "/entities"):
        for ending, kind in ((".json", "application/json"), (".csv", "text/csv; charset=utf-8")):
            answer = httpx.get(hostile_site + path + ending, timeout=60)
            assert (answer.status_code, answer.headers["Content-Type"]) == (200, kind)
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
