"""Reviewing in a real browser: with the keyboard alone, by selecting words, after a reload, without JavaScript."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.axe import RULES, faults_of
from tests.web.conftest import filled, opening, serving
from tests.web.desk import EMOJI, HEBREW, ORDER, documents

Open = Callable[..., Page]
SLOWEST = 2.0
"""Seconds from a key to the next claim, in the median. The goal is 0.2 on a machine that has nothing else to do; build
machines are slow and shared."""

SELECT = """([from, to]) => {
  const text = document.querySelector("[data-select]");
  const walk = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  const at = (count) => {  // a code point as a place in the page
    walk.currentNode = text;
    let left = count;
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const letters = [...node.data];
      if (left <= letters.length) return [node, letters.slice(0, left).join("").length];
      left -= letters.length;
    }
  };
  getSelection().setBaseAndExtent(...at(from), ...at(to));
}"""


@pytest.fixture(scope="module")
def desk(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield from serving(filled(tmp_path_factory.mktemp("desk") / "register.db", documents(root)))


@pytest.fixture
def at_desk(browser: Browser, desk: str) -> Iterator[Open]:
    """Opens a page of the desk."""
    yield from opening(browser, desk)


def claim_at(page: Page) -> str:
    return page.locator("input[name=pick]").first.input_value().split('"')[3]


def press(page: Page, key: str) -> float:
    """Press a key that leads to another page; the seconds until that is there."""
    page.evaluate("() => { window.old = true }")
    began = time.perf_counter()
    page.keyboard.press(key)
    page.wait_for_function("() => !window.old && document.readyState !== 'loading'", polling=5)
    return time.perf_counter() - began


def standings(desk: str) -> dict[str, str]:
    rows = httpx.get(f"{desk}/claims.json?everything=1", timeout=30).json()["rows"]
    return {row["claim"]["id"]: row["standing"] for row in rows}


def edit(document: str, claim: str, slot: str) -> str:
    return f"/documents/{document}/claims/{claim}/edit?slot={slot}&back=%2Freview"


def test_twenty_claims_by_the_keyboard_alone_and_steps_back(
    at_desk: Open, desk: str, record_property: Callable[..., None]
) -> None:
    page = at_desk("/review?q=standing:pending")
    seen, spent, count = [], [], len(standings(desk))
    for n in range(20):
        seen.append(claim_at(page))
        expect(page.locator("#place")).to_have_text(f"1 of {count - n}")
        spent.append(press(page, "x" if n % 5 == 4 else "a"))
        expect(page.get_by_role("status")).to_contain_text("Rejected" if n % 5 == 4 else "Accepted")
        if n == 10:
            page.reload()  # in the middle: nothing is lost, and nothing is done twice
            expect(page.get_by_role("status")).to_contain_text("Accepted")
    assert len(set(seen)) == 20
    found = standings(desk)
    assert [found[one] for one in seen] == ["rejected" if n % 5 == 4 else "accepted" for n in range(20)]
    for n in range(20):  # and all the way back
        press(page, "u")
        assert claim_at(page) == seen[-1 - n]
    assert set(standings(desk).values()) == {"pending"}
    median = statistics.median(spent)
    record_property("seconds from key to next claim, median", round(median, 3))
    print(f"from key to next claim: median {median * 1000:.0f} ms, slowest {max(spent) * 1000:.0f} ms")
    assert median < SLOWEST


def test_next_previous_help_and_search_have_keys_which_rest_while_one_writes(at_desk: Open, desk: str) -> None:
    page = at_desk("/review?q=standing:pending")
    first = claim_at(page)
    press(page, "j")
    second = claim_at(page)
    press(page, "k")
    assert first == claim_at(page) != second
    page.keyboard.press("?")
    expect(page.get_by_text("No key does anything while you write")).to_be_visible()
    page.keyboard.press("?")
    expect(page.get_by_text("No key does anything while you write")).to_be_hidden()
    page.get_by_label("Why").focus()
    page.keyboard.type("ax?jk")
    expect(page.get_by_label("Why")).to_have_value("ax?jk")
    assert claim_at(page) == first and set(standings(desk).values()) == {"pending"}
    page.get_by_label("Why").blur()
    page.keyboard.press("/")
    page.keyboard.type("standing:pending supplier:IT recipient:NO")
    page.keyboard.press("Enter")
    expect(page.locator("#place")).to_have_text("1 of 2")
    press(page, "e")
    expect(page.get_by_role("heading", level=1)).to_have_text("Correct a claim")
    press(page, "j")
    expect(page.locator("#place")).to_have_text("1 of 2")


@pytest.mark.parametrize(
    ("document", "slot", "words", "told", "code"),
    [
        (EMOJI, "speaker", "Riga", "Latvia (LV)", "LV"),
        (EMOJI, "supplier", "Latvia", "Latvia (LV)", "LV"),
        (HEBREW, "place", "ואתונה", "“ואתונה”", None),
        (HEBREW, "recipient", "Greece", "Greece (GR)", "GR"),
    ],
)
def test_selected_words_fill_a_cell(
    at_desk: Open, desk: str, document: type[EMOJI], slot: str, words: str, told: str, code: str | None
) -> None:
    start = document.text.index(words)
    page = at_desk(edit(document.id, document.claims[0].id, slot))
    page.evaluate(SELECT, [start - 1, start + len(words)])  # with the blank before it, as one does
    expect(page.get_by_label("Words of the text").first).to_have_value(words)
    expect(page.locator(".preview ins")).to_contain_text(told)
    assert f"place={start}-{start + len(words)}" in page.url
    page.reload()
    expect(page.locator(".preview ins")).to_contain_text(told)
    press(page, "s")
    expect(page.locator(".done")).to_contain_text(f"{slot} of claim")
    value = httpx.get(f"{desk}/documents/{document.id}.json").json()["claims"][0][slot]
    found = value[0] if isinstance(value, list) else value
    assert (found["start"], found["text"], found.get("code")) == (start, words, code)
    expect(page.locator(".stands")).to_contain_text("the machine read")
    page.locator(".done").get_by_role("button", name="Undo").click()
    expect(page.locator(".done")).to_contain_text("Undone")
    assert standings(desk)[document.claims[0].id] == "pending"


def test_selected_words_fill_the_field_of_a_claim_that_was_chosen(at_desk: Open) -> None:
    page = at_desk(f"/documents/{HEBREW.id}/add?kind=supply")
    for field, words in ((0, "sold"), (2, "Israel")):  # the trigger, the supplier
        page.get_by_role("textbox", name="Words").nth(field).focus()
        page.evaluate(SELECT, [HEBREW.text.index(words), HEBREW.text.index(words) + len(words)])
        expect(page.get_by_role("textbox", name="Words").nth(field)).to_have_value(words)
    expect(page.locator(".preview ins")).to_have_text("supply “sold”; supplier “Israel” (Israel (IL))")


def test_words_are_selected_with_the_mouse(at_desk: Open) -> None:
    page = at_desk(edit("first", _claim("first"), "place"))
    page.locator(".text .supplier").dblclick()
    expect(page.get_by_label("Words of the text")).to_have_value("Italy")
    expect(page.locator(".preview ins")).to_have_text("“Italy”")


def test_words_are_selected_with_the_keyboard(at_desk: Open) -> None:
    page = at_desk(edit("first", _claim("first"), "company"))
    page.locator("[data-select]").focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    expect(page.get_by_label("Words of the text").first).to_have_value("22 howitzers")
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_label("Words of the text").first).to_have_value("ordered")
    page.keyboard.press("s")
    expect(page.locator(".done")).to_contain_text("company of claim")
    page.get_by_role("button", name="Undo", exact=True).first.click()


def test_the_value_that_is_filled_is_the_one_that_was_chosen(at_desk: Open) -> None:
    page = at_desk(edit("first", _claim("first"), "supplier"))
    page.get_by_label("One more: words").focus()
    start = ORDER.index("Oslo")
    page.evaluate(SELECT, [start, start + 4])
    expect(page.locator(".preview ins")).to_contain_text("“Italy” (Italy (IT)), “Oslo” (Norway (NO))")


def _claim(document: str) -> str:
    return next(one.claims[0].id for one in documents(Path(__file__).parents[3]) if one.id == document)


def test_a_group_is_looked_at_and_decided_at_once(at_desk: Open, desk: str) -> None:
    page = at_desk("/review?q=supplier:IT recipient:NO")
    page.get_by_text("claim of this kind and deal that say the same").click()
    page.get_by_role("link", name="Decide on all at once").first.click()
    expect(page.get_by_role("checkbox")).to_have_count(2)
    page.get_by_label("Why").fill("one wire story")
    page.get_by_role("button", name="Reject what is ticked").click()
    expect(page.get_by_role("status")).to_contain_text("Rejected")
    assert [standings(desk)[_claim(name)] for name in ("first", "second")] == ["rejected"] * 2
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    assert [standings(desk)[_claim(name)] for name in ("first", "second")] == ["pending"] * 2


def test_all_of_it_without_javascript(at_desk: Open, desk: str) -> None:
    page = at_desk("/review?q=supplier:IT recipient:NO standing:pending", java_script_enabled=False)
    expect(page.locator("#place")).to_have_text("1 of 2")
    page.get_by_role("link", name="Next").click()
    page.get_by_role("link", name="Previous").click()
    page.get_by_role("link", name="Edit").click()
    page.get_by_role("link", name="place", exact=True).click()
    page.get_by_label("Words of the text").fill("Oslo")
    page.get_by_role("button", name="Look at it before saving").click()
    expect(page.locator(".problem")).to_contain_text("2 times")
    page.get_by_label("Where they stand").select_option(index=2)
    page.get_by_role("button", name="Look at it before saving").click()
    expect(page.locator(".preview ins")).to_have_text("“Oslo”")
    page.get_by_label("Why").fill("it was signed there")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".done")).to_contain_text("place of claim")
    page.get_by_role("link", name="Go back").click()
    expect(page.locator("#place")).to_contain_text("not among the 1")
    expect(page.locator(".stands")).to_contain_text("it was signed there")
    page.get_by_role("button", name="Accept").click()
    page.get_by_role("button", name="Reject").click()
    expect(page.locator("#place")).to_have_text("nothing left")
    for _ in range(3):
        page.get_by_role("button", name="Undo my last decision").click()
    assert set(standings(desk).values()) == {"pending"}


def test_a_claim_is_decided_on_beside_its_text(at_desk: Open, desk: str) -> None:
    page = at_desk("/documents/emoji")
    page.get_by_role("button", name="Reject claim 1").click()
    expect(page.locator("#claim-1 .tag.rejected")).to_be_visible()
    expect(page.locator("#claim-1")).to_be_in_viewport()
    assert page.locator(".text .m").count() == 0
    page.get_by_text("Reason, or a note").click()
    page.get_by_label("Why").fill("a second look is needed")
    page.get_by_role("button", name="Keep as a note").click()
    expect(page.locator("#claim-1")).to_contain_text("note: a second look is needed")
    page.locator("#claim-1").get_by_role("button", name="Undo rejected").click()
    expect(page.locator("#claim-1 .tag.pending")).to_be_visible()
    assert page.locator(".text .m").count() > 3
    assert set(standings(desk).values()) == {"pending"}


def test_axe_finds_nothing_on_what_was_decided(at_desk: Open, browser: Browser, desk: str) -> None:
    claim, path = _claim("emoji"), f"/documents/emoji/claims/{_claim('emoji')}"
    late = browser.new_page(base_url=desk)  # by itself, as the browser's console tells of the status
    late.goto(path)
    page = at_desk(path, reduced_motion="reduce")
    page.get_by_role("button", name="Accept").click()
    expect(page.get_by_role("status")).to_contain_text("Accepted")
    assert faults_of(page, RULES) == []
    page.goto(edit("emoji", claim, "place") + "&words=Riga")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".done")).to_contain_text("Corrected")
    assert faults_of(page, RULES) == []
    page.goto("/documents/emoji")
    assert faults_of(page, RULES) == []
    late.get_by_role("button", name="Reject").click()
    expect(late.get_by_role("heading", level=1)).to_have_text("Decided in the meantime")
    assert faults_of(late, RULES) == []
    late.close()
    for _ in range(2):
        page.goto("/review")
        page.get_by_role("button", name="Undo my last decision").click()
        expect(page.get_by_role("status").first).to_contain_text("Undone")
