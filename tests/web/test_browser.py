"""What people do, in a real browser: with a mouse, with a keyboard, on a telephone, and without JavaScript."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from followthearms.exchange.tables import DEAL_COLUMNS

Open = Callable[..., Page]


@pytest.mark.parametrize("java_script_enabled", [True, False])
def test_the_deal_is_found_by_filters_and_its_quantity_opens_on_its_words(
    open_page: Open, java_script_enabled: bool
) -> None:
    page = open_page("/", java_script_enabled=java_script_enabled)
    page.get_by_label("Search and filter").fill("equipment:AK-203")
    page.get_by_role("button", name="Show", exact=True).click()
    row = page.get_by_role("row", name="Russia → India")
    row.get_by_role("link", name="750,000").click()
    assert page.url.endswith("#quantity")
    page.locator("#quantity").get_by_role("link", name="India would build 750,000").click()
    words = page.locator(":target")
    expect(words).to_have_text("750,000")
    expect(words).to_be_in_viewport()
    page.locator(".text a", has_text="750,000").click()
    expect(page.locator("li:target dd", has_text="750,000")).to_be_in_viewport()


@pytest.mark.parametrize("java_script_enabled", [True, False])
def test_facets_columns_and_export_need_no_script(open_page: Open, java_script_enabled: bool) -> None:
    page = open_page("/deals", java_script_enabled=java_script_enabled, accept_downloads=True)
    page.locator(".facets").get_by_role("link", name="India").first.click()
    page.get_by_text("Columns", exact=True).click()
    page.get_by_label("Companies").check()
    page.get_by_label("Value").uncheck()
    page.get_by_role("button", name="Show these columns").click()
    heads = page.locator("table.deals thead th").all_inner_texts()
    assert "Companies" in heads and "Value" not in heads
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").first.click()
    head = download.value.path().read_text("utf-8-sig").partition("\n")[0]
    assert head == ",".join(DEAL_COLUMNS)  # whichever are shown
    page.reload()
    assert page.locator("table.deals thead th").all_inner_texts() == heads  # the address holds it all


def test_a_search_that_is_wrong_can_be_mended(browser: Browser, site: str) -> None:
    page = browser.new_page(base_url=site)  # by itself, as the browser's console tells of the status
    page.goto("/deals?q=suplier:RU")
    expect(page.get_by_role("heading", level=1)).to_have_text("That cannot be understood")
    page.get_by_label("Search and filter").fill("supplier:RU")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("table.deals tbody tr").first).to_be_visible()
    page.close()


def test_the_keyboard_alone_is_enough(open_page: Open) -> None:
    page = open_page("/deals")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to the content")
    page.keyboard.press("Enter")
    page.keyboard.press("/")
    page.keyboard.type("status:refused")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=status*")
    expect(page.locator("table.deals tbody tr").first).to_be_visible()


@pytest.mark.parametrize("java_script_enabled", [True, False])
def test_colours_are_chosen_and_kept(open_page: Open, java_script_enabled: bool) -> None:
    page = open_page("/sources", color_scheme="light", java_script_enabled=java_script_enabled)
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    before = page.locator("html").evaluate(f"() => {ground}") if java_script_enabled else None
    page.get_by_label("Colours").select_option("dark")
    if not java_script_enabled:
        page.get_by_role("button", name="Set").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.url.endswith("/sources")
    if before:
        assert page.evaluate(f"() => {ground}") != before
    page.goto("/deals")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_a_claim_and_its_words_light_up_together(open_page: Open) -> None:
    page = open_page("/documents?q=korwa")
    page.locator(".found h3 a").first.click()
    page.locator("#claim-2").hover()
    assert page.locator(".text .lit").count() > 2
    assert set(
        page.locator(".text .lit").evaluate_all("all => all.map(e => e.dataset.claims.split(' ').includes('2'))")
    ) == {True}


def test_a_citation_is_copied(open_page: Open, deal: str) -> None:
    page = open_page(f"/deals/{deal}", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert deal in page.evaluate("() => navigator.clipboard.readText()")
