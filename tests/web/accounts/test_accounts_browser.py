"""The pages of accounts in a real browser, with JavaScript and without: each role logs in and is refused what is not
its own; axe finds nothing on them, and none is wider than its window."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from followthearms.model.accounts import Role
from followthearms.model.decisions import Accept, Reject
from followthearms.register import Register
from tests.web.axe import RULES, faults_of, look_at
from tests.web.conftest import opening, serving

PASSWORD = "seven grey herons"
NAMES = {Role.READER: "Rita", Role.ANALYST: "Anna-Maria of the Long Name", Role.EDITOR: "Edith"}
PAGES = ["/deals", "/account", "/users", "/decisions", "/decisions?who=nobody"]


@pytest.fixture(scope="module")
def team_site(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    file = Path(shutil.copy(sample, tmp_path_factory.mktemp("team") / "register.db"))
    with Register.open(file) as register:
        for role, name in NAMES.items():
            register.accounts.add(name, role, PASSWORD)
        register.accounts.add("Gone", Role.READER, PASSWORD)
        register.accounts.set_active("Gone", False)
        claims = [register.ledger.claim(f"{one.document.id}:{one.claim.id}") for one in register.claims()[:8]]
        register.ledger.decide_all([Accept(claim=claim) for claim in claims], "Edith", "as the text has it")
        made = register.ledger.decide(Reject(claim=claims[0]), NAMES[Role.ANALYST], "no transfer")
        register.ledger.undo(made.decision.id, "Edith")
    yield from serving(file, "--team")


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def context(request: pytest.FixtureRequest, browser: Browser, team_site: str) -> Iterator[BrowserContext]:
    made = browser.new_context(base_url=team_site, java_script_enabled=request.param)
    yield made
    made.close()


@pytest.fixture(scope="module")
def editor(browser: Browser, team_site: str) -> Iterator[Page]:
    """The one window in which an editor, who logged in, opens page after page."""
    for opened in opening(browser, team_site):
        page = opened("/login", reduced_motion="reduce")
        log_in(page, NAMES[Role.EDITOR])
        yield page


def log_in(page: Page, name: str, path: str = "/deals") -> None:
    """Ask for a page, and log in where that leads to."""
    page.goto(path)
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()


@pytest.mark.parametrize("role", Role)
def test_each_role_logs_in_and_is_refused_what_is_not_its_own(context: BrowserContext, role: Role) -> None:
    page = context.new_page()
    log_in(page, NAMES[role], "/deals?q=supplier%3ARU")
    assert page.url.endswith("/deals?q=supplier%3ARU")
    head = page.get_by_role("banner")
    assert NAMES[role] in head.inner_text() and role.value in head.inner_text()
    answer = page.goto("/users")
    assert answer is not None and answer.status == (200 if role is Role.EDITOR else 403)
    assert ("editors alone" in page.content()) is (role is not Role.EDITOR)
    page.goto("/account")
    page.get_by_role("banner").get_by_role("button", name="Log out").click()
    assert page.url.endswith("/login")
    page.goto("/deals")
    assert "/login?back=" in page.url


def test_a_wrong_password_is_told_and_the_name_kept(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/login")
    page.get_by_label("Name").fill("Rita")
    page.get_by_label("Password").fill("eleven blue tits")
    page.get_by_role("button", name="Log in").click()
    assert "no open account" in page.get_by_role("alert").inner_text()
    assert page.get_by_label("Name").input_value() == "Rita"
    assert page.get_by_label("Password").input_value() == ""


def test_an_editor_opens_an_account(editor: Page) -> None:
    editor.goto("/users")
    editor.get_by_label("Name", exact=True).fill("Ben")
    editor.get_by_label("First password").fill(PASSWORD)
    editor.get_by_role("button", name="Open the account").click()
    editor.get_by_role("heading", name="Ben analyst").wait_for()
    editor.get_by_role("button", name="Close the account of Ben").click()
    editor.get_by_role("heading", name="Ben closed").wait_for()


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_and_no_page_is_wider_than_the_window(editor: Page, path: str) -> None:
    look_at(editor, path)


def test_nor_does_it_before_the_login(browser: Browser, team_site: str) -> None:
    page = browser.new_page(base_url=team_site, reduced_motion="reduce")
    log_in(page, "Nobody")
    assert faults_of(page, RULES) == []
    page.emulate_media(color_scheme="dark")
    assert faults_of(page, ["color-contrast"]) == []
    page.close()
