"""A real server process over the sample register, a client of it, and a real browser."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from followthearms.model.format import load_line
from followthearms.register import Register
from followthearms.register.accounts import Accounts
from followthearms.register.run import Run
from followthearms.web.app import create_app
from tests.warm.command import warm_fta
from tests.web.hostile_register import hostile_register
from tests.web.team import NAMES, PASSWORD, QUICK, Enter, login

CHROMIUM = Path("/usr/bin/chromium-headless-shell")
"""Chromium without a window of any kind: a third of the work of the one that only hides it."""
DEAL = "equipment:AK-203 supplier:RU recipient:IN"


def filled(path: Path, documents: list) -> Path:
    with Register.open(path) as register:
        register.add_many(documents, Run(version="1", ruleset="r", parser="p", started="2026-01-01T00:00:00Z"))
    return path


def serving(register: Path, *options: str) -> Iterator[str]:
    """The address of `fta serve` on a register, which ends with the test."""
    command = [str(warm_fta()), "serve", "--register", str(register), "--port", "0", *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stdout and process.stderr
        said = process.stdout.readline()
        address = re.search(r"https?://(127\.0\.0\.1|localhost):\d+", said)
        if not address:
            process.terminate()
            raise AssertionError(said + process.stderr.read())
        yield address.group()
    finally:
        process.terminate()
        process.wait(timeout=60)
    assert "Traceback" not in process.stderr.read()


@pytest.fixture(scope="session")
def sample(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register of the sample articles, with the claims that people annotated."""
    lines = (root / "examples/gold.jsonl").read_text("utf-8").splitlines()
    documents = [load_line(line, f"gold.jsonl, line {n}") for n, line in enumerate(lines, 1)]
    return filled(tmp_path_factory.mktemp("sample") / "register.db", documents)


@pytest.fixture(scope="session")
def site(sample: Path) -> Iterator[str]:
    yield from serving(sample)


@pytest.fixture(scope="session")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The application on a register in which every field is hostile."""
    yield from serving(hostile_register(tmp_path_factory.mktemp("hostile") / "register.db"))


@pytest.fixture(scope="session")
def client(site: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=site, timeout=30) as client:
        yield client


@pytest.fixture(scope="session")
def deal(client: httpx.Client) -> str:
    """The id of the AK-203 deal."""
    [row] = client.get("/deals.json", params={"q": DEAL}).json()["rows"]
    return str(row["id"])


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium. A build machine must have it."""
    if not CHROMIUM.exists():
        if os.environ.get("CI"):
            pytest.fail(f"{CHROMIUM} is missing; .ci/run installs it")
        pytest.skip(f"{CHROMIUM} is missing; apt-get install chromium-headless-shell")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield browser
        browser.close()


def opening(browser: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """Opens a page of a site in a fresh browser; what its console complains of fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def opened(path: str, **options: object) -> Page:
        contexts.append(browser.new_context(base_url=site, **options))  # type: ignore[arg-type]
        page = contexts[-1].new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not complaints


@pytest.fixture
def open_page(browser: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """Opens a page of the sample site."""
    yield from opening(browser, site)


@pytest.fixture(scope="session")
def prepared(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample register with an account of each role."""
    file = Path(shutil.copy(sample, tmp_path_factory.mktemp("team") / "register.db"))
    with Register.open(file) as register:
        for role, name in NAMES.items():
            Accounts(register._session, QUICK).add(name, role, PASSWORD)
    return file


@pytest.fixture
def file(prepared: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(prepared, tmp_path / "register.db"))


@pytest.fixture
def app(file: Path) -> FastAPI:
    app = create_app(file, hosts={"testserver"}, is_team=True)
    app.state.register.accounts._hasher = QUICK  # a real server has the real one: see the end
    return app


@pytest.fixture
def enter(app: FastAPI) -> Iterator[Enter]:
    """A browser in which the account of this name, or nobody, has logged in."""
    opened: list[TestClient] = []

    def client(name: str | None = None) -> TestClient:
        opened.append(TestClient(app, follow_redirects=False))
        if name:
            assert login(opened[-1], name).status_code == 303
        return opened[-1]

    yield client
    app.state.past.close()
    app.state.register.close()
