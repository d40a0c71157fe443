"""The list of deals: filters, facets, order, pages, columns, and exports of the rows that are shown."""

from __future__ import annotations

import csv
import io
import re
from html import unescape

import httpx
import pytest

from followthearms.exchange.tables import DEAL_COLUMNS


def table_of(page: str) -> list[list[str]]:
    """The rows of the table of deals, as text."""
    body = page.partition('<table class="deals"')[2].partition("<tbody")[2].partition("</tbody>")[0]
    rows = re.findall(r"<tr.*?</tr>", body, re.DOTALL)
    return [[shown(cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)] for row in rows]


def shown(cell: str) -> str:
    """What a cell shows, without labels, counts of sources and words for those who hear the page."""
    cell = re.sub(r'<span class="snippet".*?</span>', "", cell, flags=re.DOTALL)
    for part in ('class="label"', 'class="hidden"', 'class="nature"', 'class="told"', 'aria-hidden="true"'):
        cell = re.sub(rf"<span [^>]*{part}[^>]*>(?:[^<]|<span[^>]*>[^<]*</span>)*</span>", "", cell)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", cell)).split())


def link(page: str, label: str) -> str:
    """Where the first link with this label leads."""
    found = re.search(rf'<a href="([^"]*)"[^>]*>(?:<bdi>)?{re.escape(label)}<', page)
    assert found, f"no link {label!r}"
    return unescape(found[1])


def test_a_filter_narrows_down_and_is_in_the_address(client: httpx.Client) -> None:
    every, some = (client.get("/deals.json", params={"q": q}).json()["total"]["count"] for q in ("", "supplier:RU"))
    assert 0 < some < every
    page = client.get("/deals", params={"q": "supplier:RU"}).text
    assert f"<b>{some}</b> deals" in page and "supplier:RU" in page


def test_a_facet_leads_to_as_many_deals_as_it_says_and_back(client: httpx.Client) -> None:
    page = client.get("/deals").text
    number = int(re.search(r"<bdi>France</bdi></a> <span class=\"number\">(\d+)", page)[1])  # type: ignore[index]
    there = client.get(link(page, "France"))
    assert f"<b>{number}</b> deals" in there.text
    assert str(there.url.params["q"]) == "supplier:FR"
    back = client.get(link(there.text, "France"))
    assert "q" not in back.url.params


def test_every_value_of_every_facet_leads_to_what_it_counts(client: httpx.Client) -> None:
    page = client.get("/deals", params={"q": "nature:transfer"}).text
    aside = page.partition('<aside class="facets"')[2]
    found = re.findall(r'<li><a href="([^"]*)"[^>]*><bdi>([^<]*)</bdi></a> <span class="number">(\d+)</span>', aside)
    assert len(found) > 30
    for href, label, number in found:
        if label != "transfer":  # that is on already, and leads to all
            count = client.get(unescape(href).replace("/deals?", "/deals.json?")).json()["total"]["count"]
            is_year = (
                label.isdigit()
            )  # counted by the year in which they begin; a deal of some years is of each of them
            assert count >= int(number) if is_year else count == int(number), label


def test_an_order_is_chosen_with_a_form_and_with_a_column(client: httpx.Client) -> None:
    answer = client.get("/deals", params={"q": "supplier:RU", "sort": "-value"}, follow_redirects=True)
    assert answer.url.params["q"] == "supplier:RU sort:-value"
    assert 'aria-sort="descending"' in answer.text
    amounts = [
        row["values"][0]["amount"]
        for row in client.get("/deals.json", params=answer.url.params).json()["rows"]
        if row["values"]
    ]
    assert amounts == sorted(amounts, reverse=True) and len(amounts) > 3
    rising = client.get(link(answer.text, "Value"))
    assert rising.url.params["q"] == "supplier:RU sort:value"


def test_pages_hold_every_deal_once(client: httpx.Client) -> None:
    path, seen = "/deals?limit=40", []
    while path:
        page = client.get(path).text
        seen += re.findall(r'<th scope="row" role="rowheader"><a href="/deals/([^"]+)"', page)
        following = re.search(r'<a href="([^"]*)" rel="next"', page)
        path = unescape(following[1]) if following else ""
    assert len(seen) == len(set(seen)) == client.get("/deals.json").json()["total"]["count"]


COLUMNS = ["supplier", "recipient", "equipment", "status", "quantity", "value", "date", "documents", "places"]


def written(text: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("query", ["supplier:RU", "sort:-told", "rifle", ""])
def test_the_export_has_the_rows_that_are_shown_in_one_form(client: httpx.Client, query: str) -> None:
    page = client.get("/deals", params={"q": query, "columns": COLUMNS, "limit": 25}).text
    rows = written(client.get(link(page, "CSV")).content)
    assert list(rows[0]) == list(DEAL_COLUMNS)
    assert f"Export {len(rows)} deal" in page
    names = re.findall(r'<th scope="row" role="rowheader"><a href="/deals/([^"]+)"', page)
    assert [row["deal"] for row in rows] == names
    at = COLUMNS.index("status") + 1
    assert [row["status"] for row in rows] == [cells[at] for cells in table_of(page)]


def test_all_rows_can_be_exported_at_once(client: httpx.Client) -> None:
    page = client.get("/deals?limit=10").text
    [path] = [unescape(p) for p in re.findall(r'href="(/deals\.csv[^"]*everything=1[^"]*)"', page)]
    answer = client.get(path)
    assert int(answer.headers["X-Row-Count"]) == client.get("/deals.json").json()["total"]["count"] > 100


def test_columns_that_do_not_exist_are_left_out(client: httpx.Client) -> None:
    assert "Third parties" in client.get("/deals?columns=actors&columns=none").text


def test_no_cell_of_an_export_is_a_formula(hostile_site: str) -> None:
    rows = csv.reader(io.StringIO(httpx.get(f"{hostile_site}/deals.csv", timeout=30).text))
    assert not [cell for row in rows for cell in row if cell[:1] in "=+@\t" and cell]
