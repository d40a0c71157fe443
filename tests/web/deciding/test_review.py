"""Reviewing and deciding by plain forms: what is written, what is refused, what is told, what comes back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import httpx
import pytest

from tests.web.conftest import filled, serving
from tests.web.desk import EMOJI, HEBREW, ORDER, documents
from tests.web.pages import Form

PENDING = "/review?q=standing%3Apending"


@pytest.fixture(scope="module")
def desk(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    register = filled(tmp_path_factory.mktemp("desk") / "register.db", documents(root))
    for address in serving(register):
        with httpx.Client(base_url=address, timeout=30, follow_redirects=True) as client:
            yield client


def ids(client: httpx.Client, document: str) -> str:
    found = client.get(f"/documents/{document}.json").json()["claims"]
    return str(found[0]["id"])


def place(page: httpx.Response) -> str:
    found = re.search(r'id="place">(.*?)</p>', page.text, re.DOTALL)
    assert found
    return re.sub("<.*?>", "", found[1])


def standing(client: httpx.Client, claim: str) -> str:
    rows = client.get("/claims.json", params={"everything": "1"}).json()["rows"]
    return next(str(row["standing"]) for row in rows if row["claim"]["id"] == claim)


def undo(client: httpx.Client, page: httpx.Response) -> httpx.Response:
    return Form(page, "/undo", "whole").send(client)


def test_a_decision_leads_to_the_next_claim_and_is_told_with_a_way_back(desk: httpx.Client) -> None:
    first = desk.get(PENDING)
    total = int(place(first).split(" of ")[1])
    at = desk.get("/review.json").json()
    after = Form(first, "/decide").send(desk, do="accept", why="checked")
    assert place(after) == f"1 of {total - 1}"
    assert at["next"]["claim"] in str(after.url) and "done=j" in str(after.url)
    assert "Accepted:" in after.text and standing(desk, at["claim"]["claim"]) == "accepted"
    assert place(desk.get(str(after.url))) == place(after)  # loaded again, it is the same
    back = undo(desk, after)
    assert "Undone:" in back.text and standing(desk, at["claim"]["claim"]) == "pending"
    assert "That was undone since" in desk.get(str(after.url)).text
    restored = undo(desk, back)
    assert standing(desk, at["claim"]["claim"]) == "accepted"
    undo(desk, restored)


def test_a_claim_that_left_the_queue_is_shown_with_its_neighbours(desk: httpx.Client) -> None:
    at = desk.get("/review.json", params={"q": "standing:pending"}).json()
    second = at["next"]
    page = desk.get("/review", params={"q": "standing:pending", **second})
    Form(page, "/decide").send(desk, do="reject")
    gone = desk.get("/review", params={"q": "standing:pending", **second})
    assert place(gone).startswith("not among the ")
    assert at["claim"]["claim"] in gone.text and "rejected by" in gone.text
    undo(desk, Form(gone, "/undo").send(desk))  # undone, restored
    assert standing(desk, second["claim"]) == "rejected"
    Form(gone, "/undo").send(desk)


def test_a_rejected_claim_stays_on_its_pages_and_its_words_are_not_marked(desk: httpx.Client) -> None:
    claim = ids(desk, "emoji")
    path = f"/documents/emoji/claims/{claim}"
    Form(desk.get(path), "/decide").send(desk, do="reject", why="a drill")
    for page in (desk.get(path), desk.get("/documents/emoji")):
        assert "rejected by" in page.text and "a drill" in page.text
    assert 'class="m supplier' not in desk.get("/documents/emoji").text.split('class="rail"')[0]
    assert desk.get("/documents/emoji.json").json()["claims"] == []
    Form(desk.get(path), "/undo").send(desk)
    assert standing(desk, claim) == "pending"


def test_who_has_not_seen_the_newest_decision_is_shown_it_first(desk: httpx.Client) -> None:
    claim = ids(desk, "hebrew")
    path = f"/documents/hebrew/claims/{claim}"
    old = desk.get(path)
    Form(desk.get(path), "/decide").send(desk, do="accept", why="by another")
    answer = Form(old, "/decide").send(desk, do="reject", why="mine")
    assert answer.status_code == 409
    assert (
        "Decided in the meantime" in answer.text and "by another" in answer.text and ">mine</textarea>" in answer.text
    )
    assert standing(desk, claim) == "accepted"
    Form(answer, "/decide").send(desk, do="reject")
    assert standing(desk, claim) == "rejected"
    late = Form(old, "/decide").send(desk, do="note", why="a note overtakes nothing")
    assert late.status_code == 200 and "Noted:" in late.text
    for _ in range(2):
        Form(desk.get(path), "/undo").send(desk)


def test_a_group_is_decided_at_once_and_undone_at_once(desk: httpx.Client) -> None:
    claims = ids(desk, "first"), ids(desk, "second")
    review = desk.get("/review", params={"q": "supplier:IT recipient:NO", "document": "first", "claim": claims[0]})
    href = unescape(re.search(r'href="(/review/group[^"]*)"', review.text)[1])  # type: ignore[index]
    group = desk.get(href)
    assert "2 claims at once" in group.text and "Ravelin Post" in group.text
    after = Form(group, "/decide").send(desk, do="accept", why="one wire story")
    assert [standing(desk, one) for one in claims] == ["accepted"] * 2
    who = json.loads(json.dumps([re.findall(r"accepted by.*?one wire story", after.text, re.DOTALL)]))
    assert who
    undo(desk, after)
    assert [standing(desk, one) for one in claims] == ["pending"] * 2
    stale = Form(desk.get(href), "/decide")
    Form(desk.get(f"/documents/second/claims/{claims[1]}"), "/decide").send(desk, do="reject")
    assert stale.send(desk, do="accept").status_code == 409
    assert [standing(desk, one) for one in claims] == ["pending", "rejected"]  # all or none
    Form(desk.get(f"/documents/second/claims/{claims[1]}"), "/undo").send(desk)


def test_the_claims_of_a_value_are_decided_at_once_from_its_deal(desk: httpx.Client) -> None:
    [row] = desk.get("/deals.json", params={"q": "supplier:IT recipient:NO"}).json()["rows"]
    deal = desk.get(f"/deals/{row['id']}").text
    hrefs = [unescape(one) for one in re.findall(r'href="(/review/cell[^"]*)"', deal)]
    [ordered] = [one for one in hrefs if "part=quantity" in one]
    after = Form(desk.get(ordered), "/decide").send(desk, do="accept", why="of one wire story")
    assert (
        after.url.path == f"/deals/{row['id']}"
        and after.url.fragment == "quantity"
        and "of one wire story" in after.text
    )
    assert "All claims that tell this value were decided on" in desk.get(ordered).text
    assert desk.get(ordered.replace("value=1", "value=9")).status_code == 404
    Form(after, "/undo").send(desk)


def test_nothing_ticked_and_forms_of_another_make_are_refused(desk: httpx.Client) -> None:
    form = Form(desk.get(PENDING), "/decide")
    form.fields = [(name, value) for name, value in form.fields if name != "pick"]
    assert "no claim is ticked" in form.send(desk, do="accept").text
    for pick in ("{}", '["a"]', '["first", "gone", ""]', '["gone", "gone", ""]'):
        assert form.send(desk, do="accept", pick=pick).status_code in (404, 422)
    assert form.send(desk, do="burn").status_code == 422
    assert "a note needs some words" in Form(desk.get(PENDING), "/decide").send(desk, do="note", why=" ").text


def test_words_that_stand_twice_are_offered_with_their_places(desk: httpx.Client) -> None:
    path = f"/documents/first/claims/{ids(desk, 'first')}/edit"
    page = desk.get(path, params={"slot": "place", "words": "Oslo"})
    places = [match.start() for match in re.finditer("Oslo", ORDER)]
    assert "stands in the text 2 times" in page.text
    assert re.findall(r'<option value="(\d+)-', page.text) == [str(start) for start in places]
    assert "Save" not in page.text
    chosen = desk.get(path, params={"slot": "place", "words": "Oslo", "place": f"{places[1]}-{places[1] + 4}"})
    saved = Form(chosen, path).send(desk, why="the second")
    assert "Corrected:" in saved.text
    told = desk.get("/documents/first.json").json()["claims"][0]["place"]
    assert (told["start"], told["by"]) == (places[1], "analyst")
    assert "the machine read" in desk.get("/documents/first").text
    undo(desk, saved)


@pytest.mark.parametrize(
    ("slot", "words", "shown"),
    [
        ("quantity", "22", "22 “howitzers”"),
        ("date", "Monday", "6 June 2022"),
        ("supplier", "Oslo", "Norway (NO)"),
        ("equipment", "howitzers", "howitzer"),
        ("company", "ministry of defence", "“ministry of defence”"),
    ],
)
def test_what_the_words_would_mean_is_proposed(desk: httpx.Client, slot: str, words: str, shown: str) -> None:
    path = f"/documents/first/claims/{ids(desk, 'first')}/edit"
    start = ORDER.index(words)
    asked = {"slot": slot, "words": words, "place": f"{start}-{start + len(words)}", "item": "howitzers"}
    page = desk.get(path, params=asked)
    preview = page.text.split('class="preview"')[1]
    assert shown in unescape(preview) and "Save" in preview


def test_a_cell_is_emptied_and_choices_are_chosen(desk: httpx.Client) -> None:
    claim = ids(desk, "first")
    path = f"/documents/first/claims/{claim}/edit"
    for asked, slot, value in (
        ({"slot": "supplier", "empty": "1"}, "supplier", None),
        ({"slot": "kind", "words": ["selection", "agreement"]}, "kind", ["selection", "agreement"]),
        ({"slot": "negated", "words": "yes"}, "negated", True),
        ({"slot": "modality", "words": "planned"}, "modality", "planned"),
        (
            {"slot": "supplier", "words": ["Italy", "Oslo"], "place": ["", "42-46"], "meaning": ["", "IS"]},
            "supplier",
            2,
        ),
    ):
        saved = Form(desk.get(path, params=asked), path).send(desk)
        assert "Corrected:" in saved.text, asked
        told = desk.get("/documents/first.json").json()["claims"][0].get(slot)
        assert (len(told) if value == 2 else told or None) == value
    assert standing(desk, claim) == "corrected"
    page = desk.get(f"/documents/first/claims/{claim}")
    while "<button>Undo" in page.text:
        page = Form(page, "/undo", claim).send(desk)
        page = desk.get(f"/documents/first/claims/{claim}")
    assert standing(desk, claim) == "pending"


def test_what_cannot_be_saved_says_why_and_comes_back(desk: httpx.Client) -> None:
    path = f"/documents/first/claims/{ids(desk, 'first')}/edit"
    for asked, problem in (
        ({"slot": "supplier", "words": "Rome"}, "does not stand in the text"),
        ({"slot": "supplier", "words": "Italy", "meaning": "R?"}, "name the state"),
        ({"slot": "place", "words": ["Italy", "Norway"]}, "takes one value"),
        ({"slot": "kind", "words": ["", ""]}, ""),
        ({"slot": "place", "words": "Italy", "place": "900-905"}, ""),
        ({"slot": "place", "words": "Italy", "place": "0-6"}, ""),  # not those words: looked for anew
    ):
        page = desk.get(path, params=asked)
        assert page.status_code == 200 and problem in unescape(page.text), asked
    assert desk.get(path, params={"slot": "trigger"}).status_code == 422
    assert desk.get(path, params={"slot": "trigger", "words": "x"}).status_code == 422
    good = Form(desk.get(path, params={"slot": "place", "words": "Italy"}), path)
    bad = good.send(desk, words="Rome", place="", why="kept")
    assert bad.status_code == 422 and "does not stand in the text" in unescape(bad.text)
    assert desk.get("/documents/first/claims/gone/edit").status_code == 404


def test_a_correction_overtakes_nobody(desk: httpx.Client) -> None:
    claim = ids(desk, "second")
    path = f"/documents/second/claims/{claim}/edit"
    old = Form(desk.get(path, params={"slot": "place", "words": "Italy"}), path)
    accepted = Form(desk.get(f"/documents/second/claims/{claim}"), "/decide").send(desk, do="accept")
    answer = old.send(desk, why="mine")
    assert answer.status_code == 409 and "Decided in the meantime" in answer.text and "accepted by" in answer.text
    assert standing(desk, claim) == "accepted"
    saved = Form(answer, path).send(desk)
    assert standing(desk, claim) == "corrected"
    undo(desk, saved)
    undo(desk, accepted)


def test_the_text_of_the_page_is_the_text_to_the_letter(desk: httpx.Client) -> None:
    for document in (EMOJI, HEBREW):
        page = desk.get(f"/documents/{document.id}/claims/{document.claims[0].id}/edit")
        shown = re.search(r"data-select[^>]*>(.*?)</div>", page.text, re.DOTALL)
        assert shown and unescape(re.sub("<.*?>", "", shown[1])) == document.text


def test_keys_are_used_once_and_each_has_a_button(desk: httpx.Client) -> None:
    claim = ids(desk, "first")
    for path in (PENDING, f"/documents/first/claims/{claim}/edit?slot=place&words=Italy&back=/review"):
        page = desk.get(path)
        keys = re.findall(r'data-key="(.)"', page.text)
        assert len(keys) == len(set(keys)) >= 2 and "/" not in keys
        assert set(keys) <= set(re.findall(r"<kbd[^>]*>(.)</kbd>", page.text))


def test_a_list_of_claims_leads_to_their_review(desk: httpx.Client) -> None:
    page = desk.get("/claims", params={"q": "supplier:IT recipient:NO"})
    href = re.search(r'href="(/review[^"]*)">Review them', page.text)
    assert href and place(desk.get(unescape(href[1]))) == "1 of 2"


def test_an_empty_queue_says_so(desk: httpx.Client) -> None:
    page = desk.get("/review", params={"q": "kind:lifting supplier:FJ"})
    assert place(page) == "nothing left" and "No claim in this register meets that" in page.text
    assert desk.get("/review.json", params={"q": "kind:lifting supplier:FJ"}).json()["claim"] is None
