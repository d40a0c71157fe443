"""`fta demo`: from the sample articles to a register, a page and a first look, on the real texts."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from followthearms.cli.reading import demo

ARTICLES = Path(__file__).resolve().parents[3] / "examples/articles"


def test_demo(fta, tmp_path: Path) -> None:
    result = fta("demo")
    assert result.exit_code == 0, result.output
    count = sum(1 for file in ARTICLES.iterdir() if file.suffix in (".txt", ".html"))
    assert f"{count} sample articles" in result.stdout
    for words in ("Deals", "Timeline", "Contradictions", " → ", "“", "demo/report.html"):
        assert words in result.stdout
    page = (tmp_path / "demo/report.html").read_text("utf-8")
    assert len(re.findall(r'<article id="a\d+">', page)) == count
    assert "http-equiv" in page
    deals = json.loads(fta("deals", "-r", "demo/register.db", "--json").stdout)
    assert {event["ref"]["document"] for deal in deals for event in deal["events"]}
    assert '<tr class="group">' in page
    assert all(deal["id"] in page for deal in deals)
    assert fta("demo").stdout == result.stdout, "a second run reads the same and changes nothing"


def test_installed_articles_go_before_those_of_the_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "site-packages/followthearms"
    monkeypatch.setattr(demo.resources, "files", lambda name: package)
    with pytest.raises(demo.UsageError, match="sample articles are missing"):
        demo.samples()
    (package / "data/articles").mkdir(parents=True)
    assert demo.samples() == package / "data/articles"


def test_a_folder_that_cannot_be_made(fta, tmp_path: Path) -> None:
    (tmp_path / "demo").write_text("a file")
    result = fta("demo")
    assert result.exit_code == 2
    assert "--folder" in result.stderr
