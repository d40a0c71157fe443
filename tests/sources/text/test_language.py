"""What isn't English is told apart from it on little text, and English is never lost."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from followthearms.sources.text.language import is_read, language_of

TEXTS: dict[str, list[str]] = yaml.safe_load((Path(__file__).parent / "languages.yaml").read_text("utf-8"))


@pytest.mark.parametrize("code", TEXTS)
def test_short_news_is_known_by_its_language(code: str) -> None:
    assert [language_of(text) for text in TEXTS[code]] == [code] * len(TEXTS[code])


@pytest.mark.parametrize("code", TEXTS)
def test_a_beginning_is_enough_to_see_that_it_is_not_english(code: str) -> None:
    for text in TEXTS[code]:
        assert is_read(language_of(text[:60])) == (code == "en")


@pytest.mark.parametrize("text", ["", "12 · 48 · 2023", "AK-203", "Rafale: Dassault, Safran", "T-72B3M", "東京"])
def test_what_is_too_short_is_not_guessed(text: str) -> None:
    assert language_of(text) is None


def test_only_the_beginning_counts() -> None:
    assert language_of(TEXTS["en"][0] * 9 + TEXTS["de"][0] * 99) == "en"


@pytest.mark.parametrize(
    ("language", "read"),
    [("en", True), ("en-GB", True), ("EN_us", True), (None, True), ("enm", False), ("de-AT", False)],
)
def test_english_and_the_unknown_are_read(language: str | None, read: bool) -> None:
    assert is_read(language) is read
