"""Pages over the sample register: what they show, their JSON and CSV beside them, and their errors."""

from __future__ import annotations

import csv
import io
import re
from html import unescape
from pathlib import Path

import httpx
import pytest
from fastapi.testclient import TestClient

from followthearms.web.app import create_app
from followthearms.web.security import HEADERS

PAGES = [
    "/deals",
    "/contradictions",
    "/claims",
    "/documents",
    "/entities",
    "/entities?kind=equipment",
    "/sources",
    "/methods",
]
CHAPTERS = ["principles", "codebook", "reading", "deals", "accuracy"]
LISTS = ["/deals", "/contradictions", "/claims", "/documents", "/entities", "/sources"]


def rows_of(answer: httpx.Response) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("path", [*PAGES, *(f"/methods/{name}" for name in CHAPTERS)])
def test_a_page_answers(client: httpx.Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Type"].startswith("text/html")
    assert len(answer.content) < 300_000
    assert answer.text.count("<h1") == 1
    assert "Silence is not evidence" in answer.text


@pytest.mark.parametrize("path", LISTS)
def test_json_and_csv_stand_beside_a_list_with_the_same_rows(client: httpx.Client, path: str) -> None:
    data, table = client.get(f"{path}.json").json(), client.get(f"{path}.csv")
    rows = rows_of(table)
    assert len(rows) == int(table.headers["X-Row-Count"])
    counted = {(row["document"], row["claim"]) for row in rows} if path == "/claims" else rows  # a row an item
    assert data["count"] == len(data["rows"]) == len(counted) > 0


def test_the_first_page_is_the_register(client: httpx.Client) -> None:
    assert client.get("/", follow_redirects=True).url.path == "/deals"


def test_a_deal_shows_each_value_under_its_sentence(client: httpx.Client, deal: str) -> None:
    page = client.get(f"/deals/{deal}").text
    assert "Russia → India" in page and 'aria-current="step"' in page
    for part in (
        "supplier",
        "recipient",
        "equipment",
        "quantity",
        "value",
        "timeline",
        "contradictions",
        "why",
        "cite",
    ):
        assert f'id="{part}"' in page
    assert re.search(
        r'<a href="/documents/[^"]+#quantity-\d+-\d+">India would build <mark>750,000</mark> AK-203s', page
    )
    assert client.get(f"/deals/{deal}.json").json()["id"] == deal


def test_a_beginning_of_an_id_leads_to_its_deal(client: httpx.Client, deal: str) -> None:
    answer = client.get(f"/deals/{deal[:12]}")
    assert (answer.status_code, answer.headers["Location"]) == (307, f"/deals/{deal}")


def test_a_deal_that_is_told_often_is_shown_in_parts_and_in_full(client: httpx.Client, deal: str) -> None:
    part, full = client.get(f"/deals/{deal}").text, client.get(f"/deals/{deal}?full=1").text
    assert re.search(r'<a href="\?full=1#supplier">\d+ sentences not shown', part)
    assert "not shown" not in full
    assert full.count("<blockquote") > part.count("<blockquote") > 30


def test_every_link_of_a_deal_leads_somewhere(client: httpx.Client, deal: str) -> None:
    links = set(re.findall(r'href="(/[^"#]*)(?:#([^"]*))?"', client.get(f"/deals/{deal}").text))
    assert len(links) > 40
    pages = {path: client.get(unescape(path), follow_redirects=True) for path, _ in links}
    assert {path for path, answer in pages.items() if answer.status_code != 200} == set()
    assert [(path, part) for path, part in links if part and f'id="{unescape(part)}"' not in pages[path].text] == []


def test_a_document_holds_its_text_and_claims_linked_both_ways(client: httpx.Client) -> None:
    [row] = client.get("/documents.json", params={"q": '"signed at last"'}).json()["rows"]
    told = client.get(f"/documents/{row['document']}.json").json()
    page = client.get(f"/documents/{row['document']}").text
    text = page.partition('<div class="text"')[2].partition(">")[2].partition("</div>")[0]
    bare = unescape(re.sub(r"<[^>]*>", "", re.sub(r'<a class="ref".*?</a>', "", text)))
    assert bare == told["text"]
    anchors, ids = set(re.findall(r'href="#([^"]+)"', page)), set(re.findall(r'id="([^"]+)"', page))
    assert anchors - ids == set()
    assert {f"claim-{n}" for n in range(1, len(told["claims"]) + 1)} <= anchors
    rows = rows_of(client.get(f"/documents/{row['document']}.csv"))
    assert {row["claim"] for row in rows} == {claim["id"] for claim in told["claims"]}
    assert {row["standing"] for row in rows} == {"pending"}


def test_a_claim_has_an_address_of_its_own(client: httpx.Client) -> None:
    row = client.get("/claims.json", params={"q": "kind:refusal"}).json()["rows"][0]
    path = f"/documents/{row['document']}/claims/{row['claim']['id']}"
    told = client.get(f"{path}.json").json()
    assert (told["id"], told["trigger"]) == (row["claim"]["id"], row["claim"]["trigger"])
    assert "<h1>Refusal" in client.get(path).text


def test_contradictions_are_chosen_by_class_and_topic(client: httpx.Client) -> None:
    every = client.get("/contradictions.json").json()["rows"]
    sharp = client.get("/contradictions.json", params={"class": "conflicting", "topic": "quantity"}).json()["rows"]
    assert sharp == [one for one in every if (one["consistency"], one["topic"]) == ("conflicting", "quantity")] != every
    page = client.get("/contradictions", params={"class": "conflicting"}).text
    assert page.count('<article class="opposed conflicting"') == sum(o["consistency"] == "conflicting" for o in every)
    assert len(re.findall("<article", client.get("/contradictions").text)) == 20
    assert len(re.findall("<article", client.get("/contradictions?start=20").text)) == len(every) - 20


def test_a_state_is_shown_as_supplier_and_as_recipient(client: httpx.Client) -> None:
    page = client.get("/entities/RU").text
    assert "As supplier" in page and "As recipient" in page
    assert client.get("/entities/RU.json").json()["entity"]["label"] == "Russia"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nowhere", 404),
        ("/deals/d0000", 404),
        ("/deals/~!", 404),
        ("/documents/none", 404),
        ("/entities/company:NOBODY KNOWS", 404),
        ("/methods/none", 404),
        ("/deals?q=no:such", 422),
        ("/deals?q=%00", 422),
        ("/deals?q=%22", 422),
        ("/deals?after=!!", 422),
        ("/deals?limit=0", 422),
        ("/deals?sort=published", 303),
        ("/claims?q=sort:value", 422),
        ("/contradictions?class=none", 422),
        ("/contradictions?start=99999", 200),
        ("/entities?kind=none", 422),
    ],
)
def test_errors_are_pages_and_json(client: httpx.Client, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    if status >= 400:
        assert '<a href="/deals">To the list of deals</a>' in answer.text
        bare, _, query = path.partition("?")
        told = client.get(f"{bare}.json" + (f"?{query}" if query else ""))
        assert (told.status_code, set(told.json())) == (status, {"error", "message"})


def test_a_fault_of_ours_is_a_page_that_tells_nothing(sample: Path) -> None:
    app = create_app(sample, hosts={"testserver"})

    def broken() -> None:
        raise RuntimeError("secret")

    app.add_api_route("/broken", broken)
    with TestClient(app, raise_server_exceptions=False) as client:
        answer = client.get("/broken")
    assert answer.status_code == 500
    assert "secret" not in answer.text and "The fault is ours" in answer.text
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
