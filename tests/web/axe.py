"""What axe and windows of all widths tell of a page in a browser."""

from __future__ import annotations

from importlib import resources

from playwright.sync_api import Page

AXE = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (320, 360, 768, 1100, 1440)


def faults_of(page: Page, rules: list[str]) -> list[tuple[str, str, str]]:
    """What axe finds, with all that unfolds unfolded."""
    page.evaluate("() => document.querySelectorAll('details').forEach(one => { one.open = true })")
    page.evaluate(AXE)
    found = page.evaluate("rules => axe.run({runOnly: rules, resultTypes: ['violations']})", rules)
    assert found["passes"]
    return [(one["id"], one["nodes"][0]["html"], one["nodes"][0]["failureSummary"]) for one in found["violations"]]


def at(path: str, places: dict[str, str]) -> str:
    for name, value in places.items():
        path = path.replace(name, value)
    return path


def look_at(page: Page, path: str) -> None:
    """Open an address: axe finds nothing there in either colour scheme, and it fits windows of any width."""
    page.emulate_media(color_scheme="light")
    page.goto(path)
    assert faults_of(page, RULES) == []
    page.emulate_media(color_scheme="dark")
    assert faults_of(page, ["color-contrast", "link-in-text-block"]) == []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width, width
