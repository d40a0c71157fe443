"""The page of what was given to be read: what `fta add` could not read stands on it, and leads to what it kept; so does
what was passed over, by itself."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import httpx

from followthearms.engine import Plan, add
from followthearms.engine.stages import Screening
from followthearms.register import Register
from tests.web.conftest import serving


def test_what_was_not_read_is_listed_with_the_reason(tmp_path: Path) -> None:
    given, place = tmp_path / "given", tmp_path / "register.db"
    given.mkdir()
    (given / "good.txt").write_text("Norway gave Ukraine 22 howitzers.", "utf-8")
    (given / "empty.txt").write_bytes(b"")
    (given / "<b>.txt").write_text("El ministro anunció el martes la compra de doce aviones de combate. " * 5, "utf-8")
    (given / "many.csv").write_text("title,text\n<i>Fog,The ferries ran on time again in spite of it.\n", "utf-8")
    with Register.open(place) as register:
        list(add(register, [given], Plan(screens=Screening.MANY)))
    for address in serving(place):
        with httpx.Client(base_url=address) as client:
            page = client.get("/intake").text
            found = client.get("/intake.json").json()
            rows = list(csv.DictReader(io.StringIO(client.get("/intake.csv").text)))
            assert "/intake" in client.get("/sources").text
            passed = client.get("/intake?passed_over=true").text
            [dropped] = client.get("/intake.json?passed_over=true").json()["unread"]
    assert 'href="/intake?passed_over=true">1 input was passed over</a>' in page and "Fog" not in page
    assert "1 input of all that was given was passed over" in passed and "&lt;i&gt;Fog" in passed
    assert 'href="/intake"' in passed and "is empty" not in passed
    assert (dropped["fate"], dropped["reason"]) == ("dropped", "no word for arms")
    [run] = found["runs"]
    assert sum(run["fates"].values()) == 4
    assert {one["fate"] for one in found["unread"]} == {"unreadable", "other language"}
    assert [row["address"] for row in rows] == [one["address"] for one in found["unread"]]
    assert "is empty" in page and "in es, which is not read" in page
    assert "<b>" not in page and "&lt;b&gt;.txt" in page
