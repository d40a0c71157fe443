"""One's own account, and those of others."""

from __future__ import annotations

from tests.web.pages import post
from tests.web.team import PASSWORD, Enter, login


def test_a_password_is_changed_by_who_knows_it(enter: Enter) -> None:
    client, elsewhere = enter("Anna"), enter("Anna")
    new = {"new": "nine white swans", "again": "nine white swans"}
    path = "/account/password"
    assert "Not changed" in post(client, path, {"password": "eleven blue tits", **new}).text
    assert "not written alike" in post(client, path, {"password": PASSWORD, **new, "again": "nine black swans"}).text
    assert "at least 12" in post(client, path, {"password": PASSWORD, "new": "short", "again": "short"}).text
    assert elsewhere.get("/deals").status_code == 200
    assert post(client, path, {"password": PASSWORD, **new}).status_code == 303
    assert client.get("/account?changed=1").status_code == 200  # still in
    assert elsewhere.get("/deals").status_code == 303
    assert login(enter(None), "Anna").status_code == 403
    assert login(enter(None), "Anna", "nine white swans").status_code == 303


def test_an_editor_gives_out_accounts_and_takes_them_back(enter: Enter) -> None:
    editor = enter("Edith")
    made = {"name": "Ben", "role": "reader", "password": PASSWORD}
    assert post(editor, "/users", {**made, "password": "short"}).status_code == 422
    assert post(editor, "/users", made).status_code == 303
    again = post(editor, "/users", made)
    assert again.status_code == 422 and "account Ben already" in again.text
    ben = enter("Ben")
    assert ben.get("/users").status_code == ben.get("/users.json").status_code == 403
    for path, data in (("role", {"role": "analyst"}), ("password", {"password": "nine white swans"}), ("close", {})):
        assert post(editor, f"/users/Ben/{path}", data).status_code == 303
        assert ben.get("/deals").status_code == 303
    assert login(ben, "Ben", "nine white swans").status_code == 403
    assert post(editor, "/users/Ben/open", {}).status_code == 303
    assert login(ben, "Ben", "nine white swans").status_code == 303
    told = editor.get("/users.json")
    assert {"name": "Ben", "role": "analyst", "is_active": True} in [
        {key: value for key, value in one.items() if key != "made"} for one in told.json()
    ]
    assert "argon2" not in told.text


def test_an_editor_cannot_shut_himself_out(enter: Enter) -> None:
    editor = enter("Edith")
    for path, data in (("role", {"role": "reader"}), ("close", {}), ("password", {"password": PASSWORD})):
        answer = post(editor, f"/users/Edith/{path}", data)
        assert answer.status_code == 422 and "your own account" in answer.text
    assert editor.get("/users").status_code == 200
