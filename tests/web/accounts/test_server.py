"""The log of logins, and a real server of a team: behind a proxy, with a certificate."""

from __future__ import annotations

import logging
import os
import re
import shutil
import ssl
import subprocess
from pathlib import Path

import httpx
import pytest

from followthearms.errors import UsageError
from followthearms.web.app import create_app
from followthearms.web.server import Place, Team, serve
from tests.web.conftest import serving
from tests.web.pages import post
from tests.web.team import PASSWORD, Enter, login


def test_logins_are_in_the_log_and_passwords_are_not(enter: Enter, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    client = enter("Anna")
    login(enter(None), "Anna", "eleven blue tits")
    login(enter(None), "hunter2hunter2", "x")  # a password at the wrong place
    post(client, "/account/password", {"password": PASSWORD, "new": "nine white swans", "again": "nine white swans"})
    post(client, "/logout", {})
    told = [one.getMessage() for one in caplog.records if one.name == "followthearms.accounts"]
    assert [line.split(" from ")[0] for line in told] == [
        "login: Anna",
        "login refused: Anna",
        "login refused: (no account)",
        "new password: Anna",
        "logout: Anna",
    ]
    for secret in (PASSWORD, "eleven blue tits", "hunter2", "nine white swans", "argon2"):
        assert secret not in caplog.text


def test_a_team_without_accounts_is_told_how_to_make_one(sample: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="fta users add"):
        create_app(shutil.copy(sample, tmp_path / "register.db"), is_team=True)


def test_a_real_server_lets_in_who_logs_in(file: Path) -> None:
    for address in serving(file, "--team"):
        with httpx.Client(base_url=address, timeout=30) as client:
            assert client.get("/deals").status_code == 303
            assert login(client, "Anna", "eleven blue tits").status_code == 403
            answer = login(client, "Anna", back="/deals")
            assert (answer.status_code, answer.headers["Location"]) == (303, "/deals")
            assert "Anna" in client.get("/deals").text
            assert client.get("/users").status_code == 403
            forged = {"X-Forwarded-For": "10.1.1.1", "X-Forwarded-Proto": "https"}
            assert "Secure" not in httpx.get(f"{address}/login", headers=forged).headers["Set-Cookie"]
            assert post(client, "/logout", {}).status_code == 303
            assert client.get("/deals").status_code == 303


def test_a_named_proxy_is_believed(file: Path) -> None:
    for address in serving(file, "--team", "--proxy", "127.0.0.1"):
        forwarded = {"X-Forwarded-For": "10.1.1.1", "X-Forwarded-Proto": "https"}
        assert "Secure" in httpx.get(f"{address}/login", headers=forwarded).headers["Set-Cookie"]


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    """A certificate for localhost, and its key. A build machine must have openssl."""
    openssl = shutil.which("openssl")
    if openssl is None:
        if os.environ.get("CI"):
            pytest.fail("openssl is missing")
        pytest.skip("openssl is missing")
    pem, key = tmp_path / "site.pem", tmp_path / "site.key"
    made = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost"
    names = ["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-out", str(pem), "-keyout", str(key)]
    subprocess.run([openssl, *made.split(), *names], check=True, capture_output=True)
    return pem, key


def test_a_real_server_with_a_certificate(file: Path, certificate: tuple[Path, Path]) -> None:
    pem, key = certificate
    options = ("--team", "--name", "localhost", "--certificate", str(pem), "--key", str(key))
    for address in serving(file, *options):
        trusting = ssl.create_default_context(cafile=pem)
        with httpx.Client(base_url=address, verify=trusting, timeout=30) as client:
            assert login(client, "Anna").status_code == 303
            assert client.get("/deals").status_code == 200


@pytest.mark.parametrize(
    "place, told",
    [
        (Place("0.0.0.0", 0, Team()), "--host 0.0.0.0: say with --name"),
        (Place(port=0, team=Team(certificate="nowhere.pem")), "--certificate nowhere.pem: cannot be used"),
        (Place(port=0, team=Team(key="nowhere.pem")), "--key: is the key of no certificate"),
    ],
)
def test_what_a_team_cannot_be_served_with(file: Path, place: Place, told: str) -> None:
    with pytest.raises(UsageError, match=re.escape(told)):
        serve(file, place, on_start=pytest.fail)
