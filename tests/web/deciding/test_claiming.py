"""Adding a claim in the browser, by plain forms: what is shown before it is saved, what is saved, what comes back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.link.drafts import draft, said
from tests.web.conftest import filled, serving
from tests.web.pages import Form, post
from tests.web.team import Enter

TEXT = "Rome parted with 12 howitzers: Cairo got them and Cairo paid, a minister said. Then Rome lent Tunis a boat."
PAGE = "/documents/hand/add"
SALE = {
    "kind": ["delivery", ""],
    "slot": ["trigger", "supplier", "equipment", "quantity", "place"],
    "words": ["parted with", "Rome", "howitzers", "12", ""],
    "place": ["", "0-4", "", "", ""],
    "meaning": ["", "", "", "", ""],
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    lent = said("delivery", "lent", supplier="Rome/IT", recipient="Tunis/TN", equipment="boat//boat")
    hand = draft("hand", TEXT, lent, date="2022-06-08", outlet="Quillon Wire")
    for address in serving(filled(tmp_path_factory.mktemp("hand") / "register.db", [hand])):
        with httpx.Client(base_url=address, timeout=30, follow_redirects=True) as client:
            yield client


def look(client: httpx.Client, **more: Any) -> httpx.Response:
    return client.get(PAGE, params=SALE | more)


def claims(client: httpx.Client) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get("/documents/hand.json").json()["claims"]
    return found


def test_a_claim_is_looked_at_saved_told_and_undone(desk: httpx.Client) -> None:
    assert f'href="{PAGE}"' in desk.get("/documents/hand").text
    page = look(desk)
    assert "delivery “parted with”; supplier “Rome” (Italy (IT)); equipment 12 “howitzers” (howitzer)" in page.text
    assert len(claims(desk)) == 1, "nothing is written by looking"
    saved = Form(page, PAGE).send(desk, why="overlooked")
    assert "Added:" in saved.text and "added by" in saved.text and "overlooked" in saved.text
    old, new = claims(desk)
    assert new["method"]["by"] == "analyst" and [one["code"] for one in new["supplier"]] == ["IT"]
    assert "says just that already" in Form(page, PAGE).send(desk).text
    assert "Undone:" in Form(saved, "/undo").send(desk).text
    assert claims(desk) == [old]


@pytest.mark.parametrize(
    "more, problem",
    [
        ({"kind": ["", ""]}, "say what kind of claim it is"),
        ({"words": ["parted with", "Milan", "", "", ""], "place": []}, "“Milan” does not stand in the text"),
        ({"words": ["parted with", "", "", "12", ""]}, "there are 1 for 0 items"),
        ({"slot": ["trigger", "recipient"], "words": ["parted with", "Cairo"], "place": []}, "2 times; choose which"),
        ({"slot": ["supplier"], "words": ["Rome"], "place": ["0-4"]}, "the trigger, once"),
    ],
)
def test_what_cannot_be_saved_is_told_and_comes_back(desk: httpx.Client, more: dict[str, Any], problem: str) -> None:
    page = look(desk, **more)
    assert page.status_code == 200 and problem in page.text and "It would be" not in page.text
    sent = post(desk, PAGE, {**SALE, **more, "modality": "actual", "why": "kept"})
    assert sent.status_code == 422 and problem in sent.text
    assert len(claims(desk)) == 1


def test_it_says_in_whose_place_a_claim_would_stand(desk: httpx.Client) -> None:
    given = {"slot": ["trigger", "recipient"], "words": ["lent Tunis", "Tunis"], "place": [], "meaning": []}
    page = look(desk, **given)
    assert "It stands in place of" in page.text and "claim 1, delivery “lent”" in page.text
    [old] = claims(desk)
    saved = Form(page, PAGE).send(desk)
    assert f"stands in place of claim {old['id']}, on the same words; to keep both, accept" in saved.text
    shown = desk.get("/documents/hand").text
    assert "rejected" in shown and "added in its place by" in shown
    other = desk.get(f"/documents/hand/claims/{claims(desk)[0]['id']}/edit", params={"slot": "place"})
    assert "An analyst read" in desk.get(f"{other.url}&words=Rome&place=0-4").text
    Form(saved, "/undo").send(desk)


def test_only_who_may_decide_adds_and_nobody_in_the_past(enter: Enter) -> None:
    reader, analyst = enter("Rita"), enter("Anna")
    name = analyst.get("/documents.json").json()["rows"][0]["document"]
    path = analyst.get(f"/documents/{name}").url.path
    assert "Add a claim" not in reader.get(path).text and "Add a claim" in analyst.get(path).text
    assert reader.get(f"{path}/add").status_code == 403
    assert analyst.get(f"{path}/add", params={"slot": "weather", "words": "fine"}).status_code == 422
    past = analyst.get(f"/as-of/2026-01-02{path}/add")
    assert past.status_code == 303 and past.headers["Location"] == f"{path}/add"
