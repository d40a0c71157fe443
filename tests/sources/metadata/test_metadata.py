"""What pages say of themselves: the day of publication in the ways that it is stated, and nothing that it is not."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from followthearms.sources.formats.html import read_html
from followthearms.sources.options import ReadOptions

RETRIEVED = dt.datetime(2023, 6, 3, 12, tzinfo=dt.UTC)
SITE = "https://courier.example"
PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Howitzers for Latvia</title>{head}</head>
<body><nav><a href="/">Home</a><a href="/world">World</a></nav><main><article><h1>Howitzers for Latvia</h1>{over}
<p>Norway will send Latvia twelve howitzers in May, the defence ministry in Oslo said in a statement to reporters.</p>
<p>{within}</p><p>The guns come from stocks of the army, and the crews were trained in both countries last year.</p>
</article>{beside}</main></body></html>"""


@dataclass(frozen=True)
class Page:
    name: str
    head: str = ""
    over: str = ""
    within: str = "It would not say what they cost."
    beside: str = ""
    url: str = "/howitzers"
    day: dt.date | None = None
    basis: str = "metadata"

    def read(self) -> tuple[dt.date | None, str | None]:
        html = PAGE.format(head=self.head, over=self.over, within=self.within, beside=self.beside)
        found = read_html(html.encode(), "a", "a", ReadOptions(), url=SITE + self.url, retrieved=RETRIEVED)
        return found.date, found.date_basis

    @property
    def right(self) -> tuple[dt.date | None, str | None]:
        return self.day, self.basis if self.day else None


PAGES = [Page(**fields) for fields in yaml.safe_load((Path(__file__).parent / "published.yaml").read_text("utf-8"))]


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_the_day_of_publication_is_what_the_page_states(page: Page) -> None:
    assert page.read() == page.right


def test_the_pages_are_many() -> None:
    stating = [page for page in PAGES if page.day]
    assert len(stating) >= 60 and len(PAGES) - len(stating) >= 25
    assert len({page.name for page in PAGES}) == len(PAGES)
