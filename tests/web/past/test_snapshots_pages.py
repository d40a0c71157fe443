"""Snapshots, what lies between two of them, and the corrections, as pages with JSON and CSV beside them."""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import httpx
import pytest
from fastapi.testclient import TestClient

from followthearms.model.decisions import Note, Reject
from followthearms.register import Register
from followthearms.web.app import create_app
from tests.register.histories import CAME, MORE, ORDER, RUN, SEIZURE, target
from tests.web.pages import post


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with a snapshot and what came after it, to copy."""
    path = tmp_path_factory.mktemp("told") / "register.db"
    with Register.open(path) as register:
        register.add_many([ORDER, SEIZURE], RUN)
        register.snapshots.take("2026-q1", "for <the> report", who="Bo")
        register.add_many([MORE, CAME], RUN)
        register.ledger.decide(Reject(claim=target(SEIZURE)), "Cy", "a toy")
        register.ledger.decide(Note(about=target(CAME), text="odd"), "Cy")
    return path


@pytest.fixture
def client(told: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setenv("FTA_ANALYST", "Ann")
    with TestClient(create_app(shutil.copy(told, tmp_path / "register.db"), hosts={"testserver"})) as client:
        yield client


def said(answer: httpx.Response) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def table(answer: httpx.Response) -> list[dict[str, str]]:
    found = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    assert len(found) == int(answer.headers["X-Row-Count"])
    return found


def test_the_list_says_what_is_frozen_by_whom_and_under_which_hash(client: TestClient) -> None:
    [row] = client.get("/snapshots.json").json()["rows"]
    assert (row["name"], row["who"], row["deals"], row["note"]) == ("2026-q1", "Bo", 2, "for <the> report")
    page = client.get("/snapshots")
    assert row["content"] in page.text and "for <the> report" in said(page) and "<the>" not in page.text
    assert table(client.get("/snapshots.csv"))[0]["content"] == row["content"]


def test_one_is_taken_under_a_new_name_alone(client: TestClient) -> None:
    answer = post(client, "/snapshots", {"name": " 2026-q2.json ", "note": "second"})
    assert answer.url.path.startswith("/snapshots/~") and "SHA-256" in said(answer) and "by Ann" in said(answer)
    assert answer.text.count('<tr><th scope="row">') == 1  # the seizure was rejected
    again = post(client, "/snapshots", {"name": "2026-q2.json"})
    assert again.status_code == 422 and "stays as it is; take another name" in said(again)
    assert post(client, "/snapshots", {"name": "no name"}).status_code == 422
    assert [row["name"] for row in client.get("/snapshots.json").json()["rows"]] == ["2026-q1", "2026-q2.json"]


def test_a_snapshot_shows_the_deals_as_they_stood(client: TestClient) -> None:
    page = client.get("/snapshots/2026-q1")
    assert "600,000" in said(page) and "670,000" not in said(page)
    data = client.get("/snapshots/2026-q1.json").json()
    rows = table(client.get("/snapshots/2026-q1.csv"))
    assert [row["deal"] for row in rows] == [deal["id"] for deal in data["rows"]]
    assert data["citation"] in said(page)
    beyond = client.get("/snapshots/2026-q1?start=1")
    assert beyond.text.count('<tr><th scope="row">') == 1 and 'rel="prev"' in beyond.text
    assert client.get("/snapshots/none").status_code == 404


def test_a_difference_is_told_with_reasons_that_lead_to_their_words(client: TestClient) -> None:
    page = client.get("/snapshots/2026-q1/diff/now")
    assert "1 deal changed, 1 gone" in said(page)
    assert "status agreed → partly delivered" in said(page)
    assert re.search(r'<a href="/documents/came/claims/\w+"><bdi>Tellers, 25 January 2022', page.text)
    assert re.search(r'<a href="/corrections#j\w+"><bdi>Cy, [^<]+: a toy', page.text)
    data = client.get("/snapshots/2026-q1/diff/now.json").json()
    assert data["summary"] == "1 deal changed, 1 gone"
    rows = table(client.get("/snapshots/2026-q1/diff/now.csv"))
    assert len(rows) == len(data["changed"][0]["fields"]) + 1
    assert next(row["after"] for row in rows if row["field"] == "status") == "partly delivered"
    back = client.get("/diff", params={"left": "now", "right": "2026-q1"})
    assert back.url.path == "/snapshots/now/diff/2026-q1" and "1 deal new, 1 changed" in said(back)
    assert client.get("/snapshots/2026-q1/diff/none").status_code == 404
    same = client.get("/snapshots/2026-q1/diff/2026-q1")
    assert "No deal has changed" in said(same)


def test_the_corrections_are_what_changed_what_is_published(client: TestClient) -> None:
    [made] = client.get("/corrections.json").json()["rows"]
    page = client.get("/corrections")
    assert f'id="{made["decision"]["id"]}"' in page.text and "because a toy" in said(page)
    assert SEIZURE.text in said(page) and "odd" not in said(page)
    [row] = table(client.get("/corrections.csv"))
    assert (row["who"], row["act"], row["why"], row["stands"]) == ("Cy", "reject", "a toy", "yes")
    assert client.get("/corrections.json?since=2999-01-01").json() == {"count": 0, "rows": []}
    assert client.get("/corrections?since=tomorrow").status_code == 422
    post(client, "/undo", {"decision": row["decision"], "back": "/corrections"})
    [first, second] = table(client.get("/corrections.csv"))
    assert (first["stands"], second["act"], second["stands"]) == ("no", "undo", "yes")
    assert "takes back reject" in second["correction"]
