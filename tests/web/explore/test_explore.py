"""Pictures: their marks lead to what they count, their rows are what is exported, and they hold nothing else."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from followthearms.errors import KnowledgeError
from followthearms.web.views.explore import world as world_module
from followthearms.web.views.explore.cleaning import ATTRIBUTES, ELEMENTS, cleaned, said
from followthearms.web.views.explore.drawing import Link, draw
from followthearms.web.views.explore.world import world
from tests.web.harmless import ACTIVE, ARMED, OURS
from tests.web.hostile import STRINGS

VIEWS = ["map", "timeline", "matrix", "network"]
MARK = re.compile(r'<a href="([^"]*)" tabindex="-1" aria-label="([^"]*)">')
ROW = re.compile(r'<td class="number[^"]*"><a href="(/deals\?[^"]*)"[^>]*>([\d,]+)<')


def marks_of(page: str) -> list[tuple[str, str]]:
    """The marks of a page's pictures: where they lead, and what they say."""
    return [(unescape(href), unescape(title)) for href, title in MARK.findall(page)]


def count(client: httpx.Client, href: str) -> int:
    """How many deals a list of deals has."""
    assert href.startswith("/deals?")
    total = client.get(href.replace("/deals?", "/deals.json?")).json()["total"]
    assert total["exact"]
    return int(total["count"])


@pytest.mark.parametrize("query", ["", "supplier:US after:2010", "nature:transfer recipient:UA"])
@pytest.mark.parametrize("view", ["map", "network", "network?of=classes", "timeline"])
def test_every_mark_leads_to_as_many_deals_as_it_says(client: httpx.Client, view: str, query: str) -> None:
    marks = marks_of(client.get(f"/explore/{view.partition('?')[0]}", params=params(view, query)).text)
    counted = [(href, int(said[1])) for href, title in marks if (said := re.search(r": (\d+) deals?(?:,|$)", title))]
    assert len(counted) >= (40 if not query else 2)
    for href, number in counted[:: max(len(counted) // 25, 1)]:
        assert count(client, href) == number, href


def params(view: str, query: str) -> dict[str, str]:
    return {"q": query, **({"of": "classes"} if "classes" in view else {})}


@pytest.mark.parametrize("view", VIEWS)
def test_every_row_leads_to_as_many_deals_as_it_says(client: httpx.Client, view: str) -> None:
    rows = ROW.findall(client.get(f"/explore/{view}").text)
    assert len(rows) >= 45
    for href, number in rows[:: len(rows) // 15]:
        assert count(client, unescape(href)) == int(number.replace(",", ""))


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("query", ["", "recipient:IN"])
def test_the_exports_hold_the_rows_that_are_drawn(client: httpx.Client, view: str, query: str) -> None:
    page = client.get(f"/explore/{view}", params={"q": query, "everything": 1}).text
    told = client.get(f"/explore/{view}.json", params={"q": query}).json()
    text = client.get(f"/explore/{view}.csv", params={"q": query}).content.decode("utf-8-sig")
    written = list(csv.DictReader(io.StringIO(text)))
    assert told["count"] == len(told["rows"]) == len(written) > 3
    assert written == told["rows"]
    assert told["query"] == query
    assert f"Export {len(written)} rows" in page
    if view == "matrix":
        assert len(re.findall(r'class="number heat\d"', page)) == len(written)
    else:
        assert page.partition('id="rows"')[2].count("<tr>") == len(written) + 1


def test_a_flow_is_an_arc_or_stands_beside_the_map(client: httpx.Client) -> None:
    page = client.get("/explore/map").text
    arcs = {title.partition(":")[0] for _, title in marks_of(page) if "→" in title}
    rows = client.get("/explore/map.json").json()["rows"]
    drawn = {f"{row['supplier_name']} → {row['recipient_name']}" for row in rows if row["drawn"] == "yes"}
    assert arcs == drawn
    beside = re.findall(
        r"<li><a [^>]*><bdi>([^<]*)</bdi> → <bdi>([^<]*)</bdi></a>", page.partition("Beside the map")[2]
    )
    assert {(row["supplier_name"], row["recipient_name"]) for row in rows if row["drawn"] == "no"} == set(beside)
    assert ("Soviet Union", "India") in beside
    assert "Dashed: borders of Kosovo" in page


def test_relations_and_seizures_are_no_flows_unless_asked_for(client: httpx.Client) -> None:
    usual, asked = (client.get("/explore/map", params={"q": q}).text for q in ("", "nature:transfer"))
    assert "Counted are transfers and licensed production" in usual
    assert "Counted are transfers and licensed production" not in asked
    [listed] = re.findall(r'<a href="([^"]*)">These deals as a list', usual)
    assert count(client, unescape(listed)) == client.get("/explore/map.json").json()["counted"]


def test_the_timeline_draws_ranges_as_ranges_and_goes_on_on_its_next_page(client: httpx.Client) -> None:
    page = client.get("/explore/timeline").text
    rows = client.get("/explore/timeline.json").json()["rows"]
    stretches = [row for row in rows if row["first"] != row["last"] and row["first"] and row["last"]]
    assert len(stretches) > 5
    assert page.count('stroke-width="6"') == len({tuple(row.items()) for row in stretches})
    following = re.search(r'<a href="([^"]*)" rel="next"', page)
    assert following
    more = client.get(unescape(following[1]).replace("/timeline?", "/timeline.json?")).json()["rows"]
    assert more and not {row["deal"] for row in rows} & {row["deal"] for row in more}


def test_only_what_is_told_as_a_fact_is_filled(client: httpx.Client) -> None:
    page = client.get("/explore/timeline").text
    rows = [row for row in client.get("/explore/timeline.json").json()["rows"] if row["first"] or row["last"]]
    facts = [row for row in rows if row["modality"] == "actual" and row["negated"] == "no"]
    assert 0 < len(facts) < len(rows)
    assert page.count('fill="var(--paper)"') == len(rows) - len(facts)
    assert "hollow: planned, possible or supposed" in page
    assert any("delivery (planned)" in title for _, title in marks_of(page))


@pytest.mark.parametrize("of", ["types", "classes"])
def test_every_node_of_the_network_has_its_name_beside_it(client: httpx.Client, of: str) -> None:
    """Those without room would be counted in the caption; in the sample articles there are none."""
    page = client.get("/explore/network", params={"of": of}).text
    rows = client.get("/explore/network.json", params={"of": of}).json()["rows"]
    nodes = {said(row[name], 28) for row in rows for name in ("party_name", "equipment_name")}
    texts = {unescape(text) for text in re.findall(r"<text[^>]*>([^<]*)</text>", page)}
    assert len(nodes) > 20 and nodes <= texts and "no room for their names" not in page


def test_the_layout_is_the_same_each_time(client: httpx.Client) -> None:
    first, second = (client.get("/explore/network").text.partition("<svg")[2].partition("</svg>")[0] for _ in range(2))
    assert first == second != ""


@pytest.mark.parametrize("view", VIEWS)
def test_what_nothing_meets_is_no_error(client: httpx.Client, view: str) -> None:
    answer = client.get(f"/explore/{view}", params={"q": "nothing has this"})
    assert answer.status_code == 200 and "No deal in this register" in answer.text
    assert client.get(f"/explore/{view}", params={"q": "suplier:RU"}).status_code == 422
    assert client.get(f"/explore/{view}.json", params={"q": "nothing has this"}).json()["rows"] == []


def test_the_list_of_deals_leads_to_pictures_of_the_same_deals(client: httpx.Client) -> None:
    [href] = re.findall(r'<a href="([^"]*)">Explore these deals', client.get("/deals?q=supplier:RU").text)
    assert unescape(href) == "/explore/map?q=supplier%3ARU"
    assert client.get("/explore?q=supplier:RU", follow_redirects=True).url.path == "/explore/map"


@pytest.mark.parametrize("java_script_enabled", [True, False])
def test_a_click_on_an_arc_leads_to_its_deals(open_page: Callable[..., Page], java_script_enabled: bool) -> None:
    page = open_page(
        "/explore/map?q=supplier:RU+recipient:IN", java_script_enabled=java_script_enabled, reduced_motion="reduce"
    )
    arc = page.locator('.picture a[aria-label^="Russia → India"]')
    number = re.search(r"(\d+) deals", arc.get_attribute("aria-label") or "")
    assert number
    if java_script_enabled:
        arc.scroll_into_view_if_needed()
        x, y = arc.locator("path").evaluate(
            """path => {
                const along = path.getPointAtLength(path.getTotalLength() / 5);
                const at = along.matrixTransform(path.getScreenCTM());
                return [at.x, at.y];
            }"""
        )
        page.mouse.click(x, y)
    else:
        page.goto(arc.get_attribute("href") or "")
    page.wait_for_url("**/deals?**")
    expect(page.locator("table.deals tbody tr")).to_have_count(int(number[1]))
    expect(page.get_by_role("row", name="Russia → India")).to_have_count(int(number[1]))


@pytest.fixture
def armed(browser: Browser, hostile_site: str) -> Iterator[Page]:
    context = browser.new_context(base_url=hostile_site)
    context.add_init_script(ARMED)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("view", VIEWS)
def test_hostile_names_in_pictures_do_nothing(armed: Page, hostile_site: str, view: str) -> None:
    asked: list[str] = []
    armed.on("request", lambda request: asked.append(request.url))
    answer = armed.goto(f"/explore/{view}?everything=1")
    assert answer and answer.status == 200
    assert armed.evaluate("() => window.hits") == []
    assert [html for html in armed.evaluate(ACTIVE) if not OURS.match(html)] == []
    links = armed.evaluate("() => [...document.querySelectorAll('a')].map(a => a.href.baseVal ?? a.href)")
    assert [href for href in links if not href.startswith(("/", hostile_site))] == []
    assert {url for url in asked if not url.startswith(hostile_site)} == set()
    assert armed.evaluate("() => document.querySelectorAll('svg [style], svg style, svg image, svg use').length") == 0
    if view == "network":  # no hostile name has a place on the map
        assert armed.locator(".picture svg text").count() > 10
    assert "pwned(" in armed.locator("main").inner_text().casefold()


def test_a_picture_is_made_of_the_allowed_alone() -> None:
    hostile = "".join(
        f"<g onload='pwned(1)' style='x' class='y' id='z' fill='url(http://evil.example)'>{part}</g>"
        for part in (
            "<script>pwned(1)</script>",
            "<style>*{}</style>",
            "<image href='http://evil.example/'/>",
            "<foreignObject><b xmlns='http://www.w3.org/1999/xhtml'>x</b></foreignObject>",
            "<use href='#a'/>",
            "<animate attributeName='href'/>",
            "<path d='M0,0' stroke='var(--ink)' fill='red;x:y' transform='translate(1,2)'/>",
            "<text x='1'>&lt;script&gt;</text>",
            "<a xlink:href='https://evil.example/0' target='_top'><path d='M1,1'/></a>",
        )
    )
    svg = f"<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'>{hostile}</svg>"
    made = cleaned(svg, [("/deals?q=a&b", '"><script>')], "<label>")
    assert set(re.findall(r"<(\w+)", made)) <= ELEMENTS | {"title"}
    ours = {"xmlns", "role", "aria-label", "href", "tabindex"}
    assert set(re.findall(r' ([\w:-]+)="', made)) <= set(ATTRIBUTES) | ours
    assert re.findall(r'href="([^"]*)"', made) == ["/deals?q=a&amp;b"]
    assert "evil" not in made and "<script" not in made and "red" not in made
    assert 'stroke="var(--ink)"' in made and "&lt;script&gt;</text>" in made


@pytest.mark.parametrize("href", ["https://evil.example/1", "javascript:pwned(1)", "", "/7"])
def test_a_mark_without_a_link_of_ours_is_a_fault(href: str) -> None:
    with pytest.raises(ValueError, match="leads nowhere"):
        cleaned(
            "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'>"
            f"<a xlink:href='{href}'/></svg>",
            [("/deals", "all")],
            "x",
        )


@pytest.mark.parametrize("string", [*STRINGS, "\x00\ufffe\uffff", "&xxe;"])
def test_hostile_texts_are_drawn_as_text(string: str) -> None:
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "data": {"name": "rows"},
        "mark": "text",
        "encoding": {"text": {"field": "name", "type": "nominal"}, "href": {"field": "link"}},
    }
    made = draw(spec, {"rows": [{"name": said(string), "link": "0"}]}, [Link("/deals", string)], string)
    assert set(re.findall(r"<(\w+)", made)) <= ELEMENTS | {"title"}
    assert set(re.findall(r"<(\w+)", made)) >= {"text", "a"}


def test_the_renderer_fetches_nothing() -> None:
    spec = {"mark": "point", "data": {"url": "http://127.0.0.1:9/data.json"}}
    with pytest.raises(ValueError, match="not allowed"):
        draw(spec, {}, [], "")


def test_a_map_that_does_not_fit_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "maps").mkdir()
    (tmp_path / "maps/world.json").write_text('{"about": 3}')
    monkeypatch.setattr(world_module, "DATA", tmp_path)
    world.cache_clear()
    with pytest.raises(KnowledgeError, match=r"(?s)world\.json.*tools/world_map\.py"):
        world()
    world.cache_clear()


def test_the_map_has_what_is_drawn_on_it() -> None:
    found = world()
    assert {"RU", "IN", "US", "SG", "BH", "XK", "TW", "PS"} <= set(found.points)
    for x, y in found.points.values():
        assert -5 <= x <= found.width + 5 and y > -5
    for polygons in found.shapes.values():
        for ring in (ring for polygon in polygons for ring in polygon):
            assert ring[0] == ring[-1] and len(ring) > 3
            across = [x for x, _ in ring]
            assert max(across) - min(across) < 0.45 * found.width  # none is torn apart by the edge of the map
    assert len(found.disputed) > 8 and "public domain" in found.about
