"""Pages are made once, and anew as soon as anything that they show has changed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from followthearms.model.decisions import Note
from followthearms.register import Register
from followthearms.web import create_app
from followthearms.web.kept import Kept
from tests.web.pages import token

DEAL = "equipment:AK-203 supplier:RU recipient:IN"


@pytest.fixture(scope="module")
def own(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register of this module's own."""
    return Path(shutil.copy(sample, tmp_path_factory.mktemp("kept") / "register.db"))


@pytest.fixture
def client(own: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setenv("FTA_ANALYST", "Ada")
    with TestClient(create_app(own, hosts={"testserver"})) as client:
        yield client


def deal_page(client: TestClient) -> str:
    [row] = client.get("/deals.json", params={"q": DEAL}).json()["rows"]
    return f"/deals/{row['id']}"


def test_a_page_is_given_again_with_the_token_of_who_asks(client: TestClient) -> None:
    page = deal_page(client)
    first, again = client.get(page).text, client.get(page).text
    assert first == again
    mine = token(client, page)
    client.cookies.clear()
    other = client.get(page).text
    assert mine not in other
    assert other.count('name="token"') == first.count('name="token"')
    assert client.post("/theme", data={"token": token(client, page), "theme": "dark", "back": page}).status_code == 200


def test_colours_are_part_of_what_a_page_depends_on(client: TestClient) -> None:
    page = deal_page(client)
    assert 'data-theme="dark"' not in client.get(page).text
    client.cookies.set("fta-theme", "dark")
    assert 'data-theme="dark"' in client.get(page).text


def test_what_another_program_decides_is_shown_at_once(client: TestClient, own: Path) -> None:
    page = deal_page(client)
    assert "Seen in the archive" not in client.get(page).text
    with Register.open(own) as register:
        about = register.ledger.about(f"deal:{page.rpartition('/')[2]}")
        register.ledger.decide(Note(about=about, text="Seen in the archive"), "Bert")
    assert "Seen in the archive" in client.get(page).text


def test_what_was_not_asked_for_the_longest_goes_first() -> None:
    pages = Kept(most=10)
    pages.keep("a", b"1234T", b"T")
    pages.keep("b", b"5678T", b"T")
    assert pages.find("a", b"U") == b"1234U"
    pages.keep("c", b"9", b"T")
    assert pages.find("b", b"U") is None
    assert pages.find("a", b"V") == b"1234V"
    pages.keep("a", b"12345678", b"T")
    assert pages.find("c", b"T") == b"9"
