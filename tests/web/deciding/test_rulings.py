"""Ruling on deals, entities, contradictions and sources in the browser's forms, through the ledger."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import httpx
import pytest
from fastapi.testclient import TestClient

from followthearms.register import Register
from followthearms.web.app import create_app
from tests.register.histories import ALL, CAME, ORDER, RUN, SEIZURE
from tests.web.pages import post

NEXT = {"follow_redirects": False}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register that was told all, to copy."""
    path = tmp_path_factory.mktemp("told") / "register.db"
    with Register.open(path) as register:
        register.add_many(ALL, RUN)
    return path


@pytest.fixture
def path(told: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(told, tmp_path / "register.db"))


@pytest.fixture
def client(path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setenv("FTA_ANALYST", "Ann")
    with TestClient(create_app(path, hosts={"testserver"})) as client:
        yield client


@pytest.fixture
def deals(client: TestClient) -> tuple[str, str]:
    """The deal of the rifles, and that of the pistols."""
    rows = client.get("/deals.json").json()["rows"]
    found = {row["nature"]: row["id"] for row in rows}
    return found["transfer"], found["seizure"]


def part(document) -> str:
    return f"{document.id}:{document.claims[0].id}"


def said(answer: httpx.Response) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def given_back(refused: httpx.Response) -> dict[str, str]:
    """The form that the page of a refusal gives back, as a browser would send it unchanged."""
    form = refused.text.partition('id="again-title"')[2].partition("</section>")[0]
    hidden = re.findall(r'<input (?:id="[^"]*" |type="hidden" )name="([^"]+)" value="([^"]*)"', form)
    typed = re.findall(r'name="(\w+)" rows[^>]*>\n([^<]*)', form)
    return {name: unescape(value) for name, value in (*hidden, *typed)}


def decisions(client: TestClient) -> list[dict]:
    return client.get("/corrections.json").json()["rows"]


def test_a_contradiction_is_ruled_on_with_a_reason_and_opened_again(client: TestClient) -> None:
    [row] = client.get("/contradictions.json?class=conflicting").json()["rows"]
    form = {"contradiction": row["id"], "verdict": "right", "back": f"/contradictions#contradiction-{row['id']}"}
    refused = post(client, "/rulings/resolve", {**form, "why": " "})
    assert refused.status_code == 422 and "say why" in said(refused)
    made = client.post("/rulings/resolve", data={**given_back(refused), "why": "the contract was published"}, **NEXT)
    assert re.fullmatch(rf"/contradictions\?done=j\w+#contradiction-{row['id']}", made.headers["Location"])
    page = said(client.get("/contradictions?class=conflicting"))
    assert f"{row['right']['value']} is right , says Ann on" in page and "because the contract was published" in page
    [ruled] = client.get("/contradictions.json?case=closed").json()["rows"]
    every = client.get("/contradictions.json").json()["count"]
    assert client.get("/contradictions.json?case=open").json()["count"] == every - 1
    assert "1 contradiction Export" in said(client.get("/contradictions?case=closed"))
    post(client, "/undo", {"decision": ruled["ruling"], "back": "/contradictions"})
    assert "is right , says" not in said(client.get("/contradictions"))
    assert client.get("/contradictions.json?class=conflicting").json()["rows"] == [row]


def test_another_deal_is_found_looked_at_and_merged_and_the_old_id_leads_to_it(
    client: TestClient, deals: tuple[str, str]
) -> None:
    rifles, pistols = deals
    assert f"/deals/{rifles}/merge" in client.get(f"/deals/{rifles}").text
    by_words = client.get(f"/deals/{rifles}/merge", params={"q": "pistols"}).text
    assert f"/deals/{rifles}/merge?other={pistols}" in by_words
    shown = client.get(f"/deals/{rifles}/merge", params={"q": pistols})  # an id is no search
    assert "As it is" in said(shown) and "As it would be" in said(shown)
    assert re.findall(r'name="name" value="(\w+)"', shown.text) == [rifles, pistols]
    assert len(client.get("/deals.json").json()["rows"]) == 2  # looking decides nothing
    form = {"name": [rifles, pistols], "why": "one haul", "back": f"/deals/{rifles}"}
    answer = post(client, "/rulings/merge", form)
    assert answer.status_code == 200 and "Merged" in said(answer)
    assert client.get(f"/deals/{pistols}", **NEXT).headers["Location"] == f"/deals/{rifles}"
    again = post(client, "/rulings/merge", form)
    assert again.status_code == 422 and f"are both deal {rifles} now" in said(again)
    [made] = decisions(client)
    assert (made["decision"]["who"], made["decision"]["why"]) == ("Ann", "one haul")
    post(client, "/undo", {"decision": made["decision"]["id"], "back": "/deals"})
    assert {row["id"] for row in client.get("/deals.json").json()["rows"]} == {rifles, pistols}


def test_claims_are_ticked_looked_at_and_split_off(client: TestClient, deals: tuple[str, str]) -> None:
    rifles, pistols = deals
    post(client, "/rulings/merge", {"name": [rifles, pistols], "why": "one haul"})
    page = client.get(f"/deals/{rifles}/split").text
    assert set(re.findall(r'name="part" value="([^"]+)"', page)) == set(map(part, ALL))
    shown = client.get(f"/deals/{rifles}/split", params={"part": part(SEIZURE)})
    assert "overrules merge" in said(shown) and "part 2" in said(shown)
    form = {"name": rifles, "part": [part(SEIZURE)], "why": "another city", "back": f"/deals/{rifles}"}
    answer = post(client, "/rulings/split", form)
    assert "Taken apart" in said(answer) and "overrules merge" in said(answer)  # the warning stays with the decision
    assert {row["id"] for row in client.get("/deals.json").json()["rows"]} == {rifles, pistols}
    whole = post(client, "/rulings/split", {**form, "part": list(map(part, ALL))})
    assert whole.status_code == 422 and "is not of deal" in said(whole)


def test_two_claims_are_of_one_deal_or_not(client: TestClient, deals: tuple[str, str]) -> None:
    form = {"left": part(ORDER), "right": part(CAME), "why": "other rifles", "back": f"/deals/{deals[0]}#why"}
    post(client, "/rulings/bind", {**form, "bond": "different"})
    assert len(client.get("/deals.json").json()["rows"]) == 3
    post(client, "/rulings/bind", {**form, "bond": "same", "why": "no, the same"})
    assert len(client.get("/deals.json").json()["rows"]) == 2
    history = said(client.get(f"/deals/{deals[0]}"))
    assert "no, the same" in history and "overruled" in history


def test_notes_stand_in_the_history_and_change_nothing(client: TestClient, deals: tuple[str, str]) -> None:
    for subject, page in ((f"deal:{deals[0]}", f"/deals/{deals[0]}"), ("entity:RU", "/entities/RU")):
        answer = post(client, "/rulings/note", {"subject": subject, "text": "see <b>the archive</b>", "back": page})
        assert "see <b>the archive</b>" in said(answer) and "<b>the archive" not in answer.text
    assert decisions(client) == []
    assert post(client, "/rulings/note", {"subject": "entity:RU", "text": " "}).status_code == 422
    lost = post(
        client, "/rulings/note", {"subject": "entity:nobody", "text": "a <b>long</b> thought", "back": "/deals"}
    )
    kept = given_back(lost)
    assert lost.status_code == 404 and kept.pop("token")
    assert kept == {"subject": "entity:nobody", "text": "a <b>long</b> thought", "back": "/deals"}


def test_names_of_an_entity_are_merged_and_split(client: TestClient) -> None:
    found = client.get("/entities/RU/merge", params={"q": "India"}).text
    assert "/entities/RU/merge?other=IN" in found
    shown = said(client.get("/entities/RU/merge", params={"other": "IN"}))
    assert "are different states; their transfers become those of one" in shown
    post(client, "/rulings/merge", {"name": ["RU", "IN"], "why": "a test"})
    assert "Merged into it India (IN)" in said(client.get("/entities/RU"))
    assert 'value="Russia"' in client.get("/entities/RU/split").text
    shown = client.get("/entities/RU/split", params={"part": "Russia"})
    assert re.findall(r'name="part" value="([^"]+)" checked', shown.text) == ["Russia"]
    post(client, "/rulings/split", {"name": "RU", "part": "Russia", "why": "it is a horse"})
    assert "it is a horse" in said(client.get("/entities/RU"))


def test_a_source_is_graded_with_a_reason(client: TestClient) -> None:
    [source] = [row for row in client.get("/sources.json").json()["rows"] if row["name"] == "Quillon"]
    page = f"/sources/{source['id']}"
    assert page in client.get("/sources").text and "Not graded" in said(client.get(page))
    form = {"source": source["id"], "grade": "B", "why": "names its sources", "back": page}
    answer = said(post(client, "/rulings/grade", form))
    assert "Graded" in answer and "B: usually reliable" in answer and "names its sources" in answer
    assert client.get(f"{page}.json").json()["grade"] == "B"
    post(client, "/rulings/note", {"subject": source["id"], "text": "asked them", "back": page})
    assert "asked them" in said(client.get(page))


def test_what_is_not_there_is_said(client: TestClient, deals: tuple[str, str]) -> None:
    assert post(client, "/rulings/resolve", {"contradiction": "x0", "verdict": "left", "why": "y"}).status_code == 404
    assert post(client, "/rulings/merge", {"name": [deals[0], "dnone"], "why": "y"}).status_code == 404
    assert post(client, "/rulings/grade", {"source": "Nobody", "grade": "A", "why": "y"}).status_code == 404
    assert post(client, "/rulings/grade", {"source": "Quillon", "grade": "G", "why": "y"}).status_code == 422
    assert client.get(f"/deals/{deals[0]}/merge", params={"other": "dnone"}).status_code == 404
    assert decisions(client) == []


def test_who_decides_where_ids_hold_colons(client: TestClient, path: Path) -> None:
    odd = ORDER.model_copy(update={"id": "a:b:c", "claims": ()}).with_claims(
        tuple(claim.model_copy(update={"id": "d:e"}) for claim in ORDER.claims)
    )
    with Register.open(path) as register:
        register.add(odd, RUN)
        assert (register.ledger.claim("a:b:c:d:e").document, register.ledger.claim("d:e").claim) == ("a:b:c", "d:e")
