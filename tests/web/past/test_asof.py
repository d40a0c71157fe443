"""Every page as it was known on a past day: the same addresses behind the day, and nothing to write there."""

from __future__ import annotations

import datetime as dt
import re
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from followthearms.register import Register
from followthearms.web import past
from followthearms.web.app import create_app
from followthearms.web.links import as_of, parted
from tests.register.histories import CAME, MORE, ORDER, RUN, SEIZURE, START
from tests.web.pages import token

DAY = START.date()
THEN = f"/as-of/{DAY.isoformat()}"
PAGES = (
    *("/deals", "/contradictions", "/claims", "/documents", "/entities", "/sources", "/methods", "/methods/deals"),
    *("/snapshots", "/corrections", "/decisions", "/explore/map", "/explore/matrix", "/documents/order"),
    *("/entities/RU", "/sources/source:QUILLON", "/deals?q=rifle"),
)
WRITING = (
    "/deals/DEAL",
    "/documents/order",
    "/contradictions",
    "/entities/RU",
    "/snapshots",
    "/add",
    "/users",
    "/deals",
)


class Clock:
    """A clock that is set by hand."""

    now = START

    def __call__(self) -> dt.datetime:
        return self.now


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with an order on one day, and all else two days later, to which nothing is written."""
    clock, path = Clock(), tmp_path_factory.mktemp("past") / "register.db"
    with Register.open(path, clock=clock) as register:
        register.add_many([ORDER, SEIZURE], RUN)
        register.snapshots.take("first")
        clock.now += dt.timedelta(days=2)
        register.add_many([MORE, CAME], RUN)
    return path


@pytest.fixture(scope="module")
def client(path: Path) -> Iterator[TestClient]:
    with TestClient(create_app(path, hosts={"testserver"})) as client:
        yield client


def documents(client: TestClient, prefix: str) -> set[str]:
    return {row["document"] for row in client.get(f"{prefix}/documents.json").json()["rows"]}


def test_a_past_day_has_what_was_known_by_its_end(client: TestClient) -> None:
    assert documents(client, THEN) == {"order", "seizure"}
    assert documents(client, as_of(DAY + dt.timedelta(days=1), "")) == {"order", "seizure"}
    assert documents(client, as_of(DAY + dt.timedelta(days=2), "")) == {"order", "seizure", "more", "came"}
    assert documents(client, as_of(DAY - dt.timedelta(days=1), "")) == set()
    assert client.get(f"{THEN}/documents/came").status_code == 404
    assert documents(client, "") == {"order", "seizure", "more", "came"}  # today is as it was


@pytest.mark.parametrize("page", PAGES)
def test_every_link_of_a_past_page_stays_on_its_day(client: TestClient, page: str) -> None:
    answer = client.get(THEN + page)
    assert answer.status_code == 200
    assert "As known on 2 January 2026" in answer.text
    addresses = set(re.findall(r'(?:href|action)="(/[^"]*)"', answer.text))
    away = {one for one in addresses if not one.startswith((THEN, "/static/"))}
    assert away == {"/theme", "/as-of", page}  # the colours, another day, and this page today


@pytest.mark.parametrize("page", WRITING)
def test_no_form_of_a_past_page_writes(client: TestClient, page: str) -> None:
    page = page.replace("DEAL", client.get(f"{THEN}/deals.json").json()["rows"][0]["id"])
    then, now = (
        re.findall(r'<form [^>]*method="post"[^>]*action="([^"]*)"', client.get(prefix + page).text)
        for prefix in (THEN, "")
    )
    assert then == ["/theme"]
    assert len(now) > 1 or page == "/users"  # today there are some; users are a team's alone


def test_a_redirect_stays_on_its_day(client: TestClient) -> None:
    for path in ("", "/", "/deals/", "/deals?sort=-told"):
        assert client.get(THEN + path).url.path == f"{THEN}/deals"
    deal = client.get(f"{THEN}/deals.json").json()["rows"][0]["id"]
    assert client.get(f"{THEN}/deals/{deal[:9]}").url.path == f"{THEN}/deals/{deal}"


def test_nothing_is_written_to_the_past(client: TestClient) -> None:
    for path in ("/snapshots", "/rulings/merge", "/undo", "/decide", "/theme"):
        answer = client.post(THEN + path, data={"token": token(client), "name": "x"})
        assert (answer.status_code, "cannot be changed" in answer.text) == (405, True)
    assert [row["name"] for row in client.get("/snapshots.json").json()["rows"]] == ["first"]


def test_a_day_is_asked_for_by_a_form(client: TestClient) -> None:
    answer = client.get("/as-of", params={"day": "2026-01-02", "back": "/as-of/2020-01-01/deals?q=rifle"})
    assert str(answer.url).endswith(f"{THEN}/deals?q=rifle")
    assert client.get("/as-of", params={"day": "2026-02-30"}).status_code == 422
    away = client.get("/as-of", params={"day": "2026-01-02", "back": "//evil.example/"}, follow_redirects=False)
    assert away.headers["Location"] == f"{THEN}/"


def test_today_and_later_lead_to_the_page_of_today(client: TestClient) -> None:
    for day in (dt.datetime.now(dt.UTC).date(), dt.date.max):
        answer = client.get(as_of(day, "/deals?q=rifle"), follow_redirects=False)
        assert (answer.status_code, answer.headers["Location"]) == (307, "/deals?q=rifle")
    away = client.get(as_of(dt.date.max, "//evil.example/x"), follow_redirects=False)
    assert away.headers["Location"] == "/"


@pytest.mark.parametrize(
    "address", ["/as-of/2026-13-01/deals", "/as-of/2026-1-2/deals", "/as-of/x", "/as-of/2026-01-02x"]
)
def test_what_is_no_day_is_no_page(client: TestClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_an_address_is_parted_into_day_and_page() -> None:
    assert parted("/as-of/2026-01-02/deals?q=x#y") == (DAY, "/deals?q=x#y")
    assert parted("/as-of/2026-01-02?q=x") == (DAY, "/?q=x")
    assert parted("/as-of/2026-01-02") == (DAY, "/")
    assert parted("/deals") == (None, "/deals")


def test_few_days_are_kept_and_many_can_be_asked_at_once(client: TestClient) -> None:
    days = [DAY - dt.timedelta(days=n) for n in range(2)] * 8
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda day: client.get(as_of(day, "/deals.json")), days))
    assert {answer.status_code for answer in answers} == {200}
    assert [answer.json()["count"] for answer in answers] == [2, 0] * 8
    for n in range(past.MOST + 2):
        assert client.get(as_of(DAY - dt.timedelta(days=n), "/deals.json")).status_code == 200
    assert len(client.app.state.past._held) == past.MOST  # type: ignore[attr-defined]


def test_a_day_that_takes_long_is_asked_for_again(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    go_on, made = threading.Event(), Register.as_of

    def slow(register: Register, day: dt.date) -> Register:
        go_on.wait(10)
        return made(register, day)

    monkeypatch.setattr(Register, "as_of", slow)
    monkeypatch.setattr(past, "PATIENCE", 0.05)
    with TestClient(create_app(path, hosts={"testserver"})) as client:
        answer = client.get(f"{THEN}/deals")
        assert answer.status_code == 503 and "is being put together" in answer.text
        go_on.set()
        monkeypatch.setattr(past, "PATIENCE", 10)
        assert client.get(f"{THEN}/deals").status_code == 200
