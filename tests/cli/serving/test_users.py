"""`fta users`: accounts are given out and taken back, and a password is seen by nobody."""

from __future__ import annotations

import json
import os
import pty
import select
import subprocess
import sys
from pathlib import Path

import pytest

from followthearms.model.accounts import Role
from followthearms.register import Register

PASSWORD = "seven grey herons"


def test_an_account_from_its_opening_to_its_end(filled, tmp_path: Path) -> None:
    said = []

    def users(*arguments: str, stdin: str | None = None) -> str:
        done = filled("users", *arguments, stdin=stdin)
        assert done.exit_code == 0, done.output
        said.append(done.output)
        return done.output

    assert "Nobody has an account" in filled("users", "list").stderr
    assert users("add", "Ann", "--role", "editor", stdin=PASSWORD + "\n").startswith("Ann  editor  since 20")
    users("add", "Ben", stdin=PASSWORD)
    assert "Ben  reader  since" in users("list")
    assert "Ben  analyst" in users("role", "Ben", "analyst")
    users("password", "Ben", stdin="nine white swans\r\n")
    assert "Ben  analyst, disabled" in users("disable", "Ben")
    told = json.loads(users("list", "--json"))
    assert [(one["name"], one["role"], one["is_active"]) for one in told] == [
        ("Ann", "editor", True),
        ("Ben", "analyst", False),
    ]
    assert "Ben  analyst  since" in users("enable", "Ben")
    with Register.open(tmp_path / "register.db") as register:
        assert register.accounts.check("Ann", PASSWORD) and not register.accounts.check("Ben", PASSWORD)
        found = register.accounts.check("Ben", "nine white swans")
    assert found and found.role is Role.ANALYST
    for secret in (PASSWORD, "swans", "argon2"):
        assert not any(secret in text for text in said)


@pytest.mark.parametrize(
    "arguments, stdin, told",
    [
        (("add", "Ben"), "short\n", "at least 12 characters"),
        (("add", "Ben"), "", "no password on the standard input"),
        (("add", "Ann"), PASSWORD, "account Ann already"),
        (("add", "<b>"), PASSWORD, "cannot be the name"),
        (("role", "Nobody", "reader"), None, "no account 'Nobody'"),
        (("password", "Nobody"), PASSWORD, "no account 'Nobody'"),
        (("disable", "Nobody"), None, "no account 'Nobody'"),
    ],
)
def test_what_cannot_be_done_is_an_error_of_one_line(
    filled, arguments: tuple[str, ...], stdin: str | None, told: str
) -> None:
    assert filled("users", "add", "Ann", stdin=PASSWORD).exit_code == 0
    done = filled("users", *arguments, stdin=stdin)
    assert done.exit_code == 2 and told in done.stderr
    assert len(done.stderr.splitlines()) == 1 and PASSWORD not in done.output


def test_there_is_no_option_for_a_password(fta) -> None:
    for command in ("add", "password"):
        assert "--password" not in fta("users", command, "--help").output
        assert fta("users", command, "Ann", "--password", PASSWORD).exit_code == 2


def test_a_terminal_is_asked_twice_and_shows_nothing(sample_register: Path, tmp_path: Path) -> None:
    """On a real terminal."""
    file = tmp_path / "register.db"
    file.write_bytes(sample_register.read_bytes())
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "followthearms", "users", "add", "Ann", "--register", str(file)]
    process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True)
    os.close(theirs)
    shown = b""
    try:
        # the blank after a question is written once nothing is shown any more of what is typed
        for awaited, typed in ((b"Password: ", PASSWORD), (b"confirmation: ", PASSWORD), (b"since", "")):
            while awaited not in shown:
                assert select.select([ours], [], [], 30)[0], shown
                shown += os.read(ours, 1024)
            os.write(ours, f"{typed}\n".encode())
        assert process.wait(timeout=30) == 0
    finally:
        process.kill()
        process.wait()
        os.close(ours)
    assert b"Ann  reader" in shown and b"herons" not in shown
    with Register.open(file) as register:
        assert register.accounts.check("Ann", PASSWORD)
