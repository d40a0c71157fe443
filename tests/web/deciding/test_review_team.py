"""Reviewing as a team: who may decide, who may undo whose decision, and what a past day shows."""

from __future__ import annotations

import httpx

from tests.web.pages import Form, post
from tests.web.team import Enter


def claim(client: httpx.Client) -> str:
    """The page of the first claim in the queue."""
    at = client.get("/review.json").json()["claim"]
    return f"/documents/{at['document']}/claims/{at['claim']}"


def decide(client: httpx.Client, path: str, do: str) -> httpx.Response:
    return Form(client.get(path), "/decide").send(client, do=do)


def test_a_reader_sees_what_was_decided_and_is_given_nothing_to_decide_with(enter: Enter) -> None:
    analyst, reader = enter("Anna"), enter("Rita")
    path = claim(analyst)
    assert decide(analyst, path, "accept").status_code == 303
    page = reader.get(path).text
    assert "accepted by" in page and "Anna" in page
    assert "/decide" not in page and 'action="/undo"' not in page and 'href="/review"' not in page
    assert reader.get("/review").status_code == reader.get(f"{path}/edit").status_code == 403


def test_analysts_undo_their_own_and_editors_anybodys(enter: Enter) -> None:
    analyst, editor = enter("Anna"), enter("Edith")
    path = claim(analyst)
    answer = decide(editor, path, "reject")
    decision = answer.headers["Location"].split("done=")[1]
    shown = analyst.get(answer.headers["Location"]).text
    assert "rejected by" in shown and 'action="/undo"' not in shown
    assert post(analyst, "/undo", {"decision": decision, "back": path}).status_code == 403
    assert "Undo my last decision" not in analyst.get("/review").text
    own = decide(analyst, path, "accept").headers["Location"].split("done=")[1]
    assert post(editor, "/undo", {"decision": own, "back": path}).status_code == 303
    assert post(analyst, "/undo", {"decision": own, "back": path}).status_code == 422  # undone already
    assert "pending" not in analyst.get(path).text  # the editor's rejection holds again
    assert post(editor, "/undo", {"decision": decision, "whole": "1", "back": path}).status_code == 303


def test_a_decision_is_told_to_whoever_is_led_there_and_a_made_up_one_is_not(enter: Enter) -> None:
    analyst = enter("Anna")
    path = claim(analyst)
    where = decide(analyst, path, "accept").headers["Location"]
    assert where.startswith(path) and 'class="done"' in analyst.get(where).text
    for made_up in ("j", where[-17:-1], "", "<b>x</b>", "\x00"):
        page = analyst.get(path, params={"done": made_up})
        assert page.status_code == 200 and 'class="done"' not in page.text
    for back in ("//evil.example/", "https://evil.example/", "/\\evil.example"):
        form = Form(analyst.get(path), "/decide")
        assert form.send(analyst, do="accept", back=back).headers["Location"].startswith("/?done=j")


def test_the_past_is_reviewed_today(enter: Enter) -> None:
    analyst = enter("Anna")
    path = claim(analyst)
    assert analyst.get("/as-of/2026-01-02/review").headers["Location"] == "/review"
    assert analyst.get(f"/as-of/2026-01-02{path}/edit").headers["Location"] == f"{path}/edit"
