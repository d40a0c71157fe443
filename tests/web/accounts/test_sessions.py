"""How sessions end, and the key that their cookies are signed with."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from followthearms.errors import UsageError
from followthearms.model.accounts import Role
from followthearms.register import Register
from followthearms.web.accounts import sessions
from followthearms.web.accounts.keys import secret_key
from followthearms.web.app import create_app
from tests.web.pages import post
from tests.web.team import PASSWORD, Enter


def test_logging_out_ends_the_session_in_all_browsers(enter: Enter) -> None:
    one, other = enter("Anna"), enter("Anna")
    copied = one.cookies[sessions.COOKIE]
    assert post(one, "/logout", {}).headers["Location"] == "/login"
    assert sessions.COOKIE not in one.cookies
    one.cookies.set(sessions.COOKIE, copied)
    assert one.get("/deals").status_code == other.get("/deals").status_code == 303


@pytest.mark.parametrize(
    "change",
    [
        lambda accounts: accounts.set_password("Anna", "another password"),
        lambda accounts: accounts.set_role("Anna", Role.READER),
        lambda accounts: accounts.set_active("Anna", False),
    ],
)
def test_what_ends_a_session_from_outside(enter: Enter, file: Path, change: Callable[[Any], object]) -> None:
    client = enter("Anna")
    assert client.get("/deals").status_code == 200
    with Register.open(file) as register:  # as another process would
        change(register.accounts)
    assert client.get("/deals").status_code == 303


def test_a_session_expires(enter: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    client = enter("Anna")
    monkeypatch.setattr(sessions, "LASTS", -sessions.LASTS)
    assert client.get("/deals").status_code == 303


def test_a_cookie_that_was_tampered_with_is_none(enter: Enter) -> None:
    client = enter("Anna")
    good = client.cookies[sessions.COOKIE]
    for cookie in (good[:-1], "x" + good, good.replace(".", "", 1), "", "a.b.c", "é"):
        with_it = enter(None)
        assert with_it.get("/deals", headers={"Cookie": f"{sessions.COOKIE}={cookie}".encode()}).status_code == 303


def test_a_cookie_of_another_key_or_register_is_none(
    enter: Enter, prepared: Path, sample: Path, tmp_path: Path
) -> None:
    cookie = enter("Anna").cookies[sessions.COOKIE]
    other = Path(shutil.copy(sample, tmp_path / "other.db"))
    shutil.copy(tmp_path / "register.db.key", tmp_path / "other.db.key")
    with Register.open(other) as register:
        register.accounts.add("Anna", Role.EDITOR, PASSWORD)
    app = create_app(other, hosts={"testserver"}, is_team=True)
    with TestClient(app, follow_redirects=False, cookies={sessions.COOKIE: cookie}) as client:
        assert client.get("/deals").status_code == 303


def test_the_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    made = secret_key(tmp_path / "r.db")
    assert secret_key(tmp_path / "r.db") == made and len(made) == 64
    assert stat.S_IMODE((tmp_path / "r.db.key").stat().st_mode) == 0o600
    assert secret_key(tmp_path / "other.db") != made
    assert secret_key(None) != secret_key(None)


def test_a_key_that_others_could_know_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret_key(tmp_path / "r.db")
    (tmp_path / "r.db.key").chmod(0o644)
    with pytest.raises(UsageError, match="other users can read this key"):
        secret_key(tmp_path / "r.db")
    (tmp_path / "short.db.key").write_text("abc")
    (tmp_path / "short.db.key").chmod(0o600)
    with pytest.raises(UsageError, match=r"short\.db\.key: a secret key has at least 32"):
        secret_key(tmp_path / "short.db")
    monkeypatch.setenv("FTA_SECRET_KEY", "abc")
    with pytest.raises(UsageError, match="FTA_SECRET_KEY: a secret key has at least 32") as refused:
        secret_key(tmp_path / "r.db")
    assert "abc" not in str(refused.value)
    monkeypatch.setenv("FTA_SECRET_KEY", "k" * 32)
    assert secret_key(tmp_path / "r.db") == "k" * 32
