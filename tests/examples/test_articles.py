"""The sample articles: ours, complete in their metadata, and as varied as the demo needs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from followthearms.errors import InputError
from followthearms.link.stories import stories
from followthearms.model import Document
from followthearms.model.format import load_line
from followthearms.sources import read_source

ROOT = Path(__file__).resolve().parents[2]
ARTICLES = ROOT / "examples" / "articles"
COPIES = {"Quillon Wire", "The Marlwick Courier"}
LICENCES = {"CC-BY-4.0", "CC BY 4.0"}
RUN = 10
"""Words in a row that two texts written apart do not share."""


@pytest.fixture(scope="module")
def articles() -> dict[str, Document]:
    """The articles by the names of their files."""
    found: dict[str, Document] = {}
    for path in sorted(ARTICLES.glob("*-*.*")):
        for outcome in read_source(path):
            assert not isinstance(outcome, InputError), outcome
            found[path.name] = outcome
    return found


def test_there_are_enough_articles_from_enough_outlets(articles: dict[str, Document]) -> None:
    assert 16 <= len(articles) <= 24
    assert len({article.outlet for article in articles.values()}) >= 6
    assert {Path(name).suffix for name in articles} == {".txt", ".html"}
    assert len({article.id for article in articles.values()}) == len(articles)


def test_metadata_is_complete_and_fits_the_name_of_the_file(articles: dict[str, Document]) -> None:
    for name, article in articles.items():
        assert article.date, name
        assert article.url, name
        assert article.title, name
        assert article.outlet, name
        assert name.startswith(article.date.isoformat()), name
        assert re.fullmatch(r"https://www\.\w+\.example/\d{4}/\d\d/[\w-]+", article.url), name
        assert Path(name).stem.endswith(article.url.rsplit("/", 1)[1]), name
        assert article.licence in LICENCES, name


def test_articles_are_short(articles: dict[str, Document]) -> None:
    lengths = {name: len(article.text.split()) for name, article in articles.items()}
    assert {name: n for name, n in lengths.items() if not 80 <= n <= 260} == {}


def test_saved_pages_give_their_article_and_nothing_around_it(articles: dict[str, Document]) -> None:
    pages = [article for name, article in articles.items() if name.endswith(".html")]
    assert len(pages) == 2
    for page in pages:
        assert page.title
        assert page.text.startswith(page.title)
        assert not re.search(r"cookies|Privacy|Read next|[<>]", page.text)


def test_readme_tells_of_every_article(articles: dict[str, Document]) -> None:
    table = re.findall(r"^\| `([^`]+)` \|", (ARTICLES / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert table == sorted(articles)


def test_the_three_accounts_of_the_rifle_plant_differ_in_their_figures(articles: dict[str, Document]) -> None:
    korwa = [article.text for article in articles.values() if "Korwa" in article.text]
    assert len(korwa) == 3
    for figures in ({"700,000"}, {"750,000"}, {"670,000", "70,000", "600,000"}):
        assert sum(figures <= set(re.findall(r"\d[\d,]*\d", text)) for text in korwa) == 1


def test_the_syndicated_copy_is_the_only_one(articles: dict[str, Document]) -> None:
    copied = [story for story in stories(articles.values()) if len(story.documents) > 1]
    assert [set(story.outlets) for story in copied] == [COPIES]
    titles = {articles[name].title for name in articles if articles[name].id in copied[0].documents}
    assert len(titles) == 2


def test_no_run_of_ten_words_is_shared_with_the_corpus(articles: dict[str, Document], corpus: Path) -> None:
    ours = {run: name for name, article in articles.items() for run in _runs(article.text)}
    shared = {ours[run]: run for text in _corpus_texts(corpus) for run in _runs(text) if run in ours}
    assert shared == {}


def _corpus_texts(corpus: Path) -> Iterator[str]:
    for path in sorted(corpus.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            yield load_line(line, f"{path.name}, line {number}").text
    for path in sorted((corpus.parent / "seeds").glob("*.txt")):
        yield path.read_text(encoding="utf-8")


def _runs(text: str) -> Iterator[str]:
    words = re.findall(r"\w+", text.casefold())
    return (" ".join(words[i : i + RUN]) for i in range(len(words) - RUN + 1))
