"""What every answer says to the browser, and what is refused."""

from __future__ import annotations

import http.client
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from followthearms.errors import RegisterError, UsageError
from followthearms.web.security import HEADERS
from followthearms.web.server import Place, serve
from tests.warm.command import warm_fta
from tests.web.pages import post

PATHS = [
    "/deals",
    "/deals.json",
    "/deals.csv",
    "/nowhere",
    "/nowhere.json",
    "/deals?q=no:such",
    "/static/app.css",
    "/openapi.json",
]


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_has_the_headers(client: httpx.Client, path: str) -> None:
    headers = client.get(path).headers
    assert {name: headers.get(name) for name in HEADERS} == HEADERS
    assert headers["Cache-Control"] == ("public, max-age=31536000, immutable" if "static" in path else "no-store")
    assert "server" not in headers


def test_the_policy_lets_nothing_inline_run() -> None:
    assert "unsafe" not in HEADERS["Content-Security-Policy"]
    assert "default-src 'none'" in HEADERS["Content-Security-Policy"]


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "", "localhost.evil.example:8000"]
)
def test_another_host_name_is_refused(site: str, host: str) -> None:
    connection = http.client.HTTPConnection(urlsplit(site).netloc)
    connection.putrequest("GET", "/deals", skip_host=True)
    connection.putheader("Host", host)
    connection.endheaders()
    answer = connection.getresponse()
    assert answer.status in (400, 421)
    assert b"Russia" not in answer.read()


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_form_of_another_site_is_refused(client: httpx.Client, headers: dict[str, str]) -> None:
    assert client.post("/theme", data={"theme": "dark"}, headers=headers).status_code == 403


def test_our_own_form_is_taken(site: str) -> None:
    with httpx.Client(base_url=site) as client:
        answer = post(
            client,
            "/theme",
            {"theme": "dark", "back": "/deals?q=rifle"},
            headers={"Origin": site, "Sec-Fetch-Site": "same-origin"},
        )
    assert "HttpOnly" in answer.headers["Set-Cookie"]
    dark = httpx.get(f"{site}/deals", headers={"Cookie": "fta-theme=dark"}).text
    assert '<html lang="en" data-theme="dark">' in dark
    assert "data-theme" not in httpx.get(f"{site}/deals", headers={"Cookie": 'fta-theme="><script>"'}).text


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "example.org"])
def test_an_address_that_others_reach_is_refused(sample: Path, host: str) -> None:
    with pytest.raises(UsageError, match=rf"--host {host}: .*--team.*127\.0\.0\.1"):
        serve(sample, Place(host, 0), on_start=pytest.fail)


def test_a_port_that_is_taken_is_an_error_of_one_line(sample: Path, site: str) -> None:
    command = [str(warm_fta()), "serve", "-r", str(sample), "--port", str(urlsplit(site).port)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert "cannot be used" in done.stderr and len(done.stderr.splitlines()) == 1


def test_a_register_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match="there is no register"):
        serve(tmp_path / "none.db", Place(port=0), on_start=pytest.fail)
