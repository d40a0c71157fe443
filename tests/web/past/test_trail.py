"""The page of all decisions: who, when, what, why and on what; narrowed down, on pages, and as JSON and CSV."""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from followthearms.model.decisions import Accept, Grade, GradeSource, Reject
from followthearms.register import Register
from followthearms.web.app import create_app

HOSTILE = '<img src=x onerror="alert(1)">\n=1+1'


@pytest.fixture(scope="module")
def client(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The sample register with 60 decisions of Ann, one of Ben which he undid, and one of a hostile name."""
    file = Path(shutil.copy(sample, tmp_path_factory.mktemp("trail") / "register.db"))
    with Register.open(file) as register:
        ledger = register.ledger
        claims = [ledger.claim(f"{one.document.id}:{one.claim.id}") for one in register.claims()[:60]]
        assert len(claims) == 60
        ledger.decide_all([Accept(claim=claim) for claim in claims], "Ann", "as the text has it")
        made = ledger.decide(Reject(claim=claims[0]), "Ben", HOSTILE)
        ledger.undo(made.decision.id, "Ben")
        ledger.decide(GradeSource(source=register.sources.all()[0].id, grade=Grade.B), HOSTILE)
    with TestClient(create_app(file, hosts={"testserver"})) as client:
        yield client


def links(page: str) -> list[str]:
    return [unescape(found) for found in re.findall(r'href="([^"]+)"', page)]


def test_each_decision_leads_to_what_it_is_on(client: TestClient) -> None:
    page = client.get("/decisions").text
    body = page.partition("<tbody>")[2].partition("</tbody>")[0]
    assert body.count("<tr ") == 50 and "<b>63</b> decisions" in page
    assert "as the text has it" in body and "Ann" in body and "undone" in body
    led = {link for link in links(body) if not link.startswith("#")}
    assert len(led) > 45
    for link in sorted(led)[::10]:
        assert client.get(link).status_code == 200, link
    assert "<img" not in body


def test_it_is_narrowed_down_in_the_address(client: TestClient) -> None:
    for query, total in (
        ("who=Ben", 2),
        ("act=accept", 60),
        ("who=Ben&act=undo", 1),
        ("until=2020-01-01", 0),
        ("who=&act=", 63),
    ):
        assert client.get(f"/decisions.json?{query}").json()["total"] == total, query
    page = client.get("/decisions?who=Ben&act=undo").text
    assert '<option value="Ben" selected>Ben (2)' in page and '<option value="undo" selected>' in page
    assert "No decision is of that sort" in client.get("/decisions?until=2020-01-01").text


def test_the_next_page_keeps_what_was_asked(client: TestClient) -> None:
    first = client.get("/decisions?who=Ann").text
    [following] = [link for link in links(first) if "after=" in link and link.startswith("/decisions?")]
    assert "who=Ann" in following
    assert client.get(following).text.partition("<tbody>")[2].count("<tr ") == 10


def test_the_exports_hold_what_is_shown_or_all(client: TestClient) -> None:
    for path, number in (("/decisions.csv", 50), ("/decisions.csv?everything=1", 63), ("/decisions.csv?who=Ben", 2)):
        answer = client.get(path)
        found = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
        assert len(found) == number == int(answer.headers["X-Row-Count"])
    assert {"id", "when", "who", "act", "on", "why", "effect", "undone_by"} == set(found[0])
    told = client.get("/decisions.json?everything=1").json()
    assert told["count"] == told["total"] == 63 and {"ruling", "who", "when", "effect"} <= set(told["rows"][0])


@pytest.mark.parametrize("query", ["act=destroy", "since=yesterday", "after=j0", "limit=0"])
def test_what_cannot_be_asked_is_an_error_of_one_line(client: TestClient, query: str) -> None:
    assert client.get(f"/decisions?{query}").status_code == 422


def test_there_is_a_page_where_nobody_has_decided(sample: Path, tmp_path: Path) -> None:
    with TestClient(create_app(shutil.copy(sample, tmp_path / "r.db"), hosts={"testserver"})) as client:
        assert "Nobody has decided anything yet" in client.get("/decisions").text
