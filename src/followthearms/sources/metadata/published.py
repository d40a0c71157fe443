"""The day of publication that a page states: in its metadata, or in the line under its headline.

Invariant: only a place that says it is about publication counts, and it must lie in the article and not beside it; the
text of the article is not searched.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Any

from followthearms.sources.days import stated_day
from followthearms.sources.metadata.elements import MOST_LOOKED_AT, some, tokens, words
from followthearms.sources.metadata.linked import Linked
from followthearms.sources.metadata.names import Meta, names
from followthearms.sources.options import DateBasis

_UNSET = dt.date(1970, 1, 1)
"""What a clock says that was never set."""
_OLDEST_YEAR = 1800
_CHANGED = re.compile(r"updat|modif|revis|edit|correct|accessed|expire", re.IGNORECASE)
_SAYS = re.compile(
    r"\s*(?:(?:first )?(?:published|posted|issued|released)\b|(?:publication|publishing|release|posting) date\b|"
    r"date of (?:publication|issue|release)\b)",
    re.IGNORECASE,
)
"""How a line under a headline says that it is one."""
_LONGEST_LINE = 80
"""Characters; a line with a date that is longer is text."""
_BESIDE = frozenset({"aside", "nav", "footer", "form"})
_SEMANTIC = ("itemprop", "property")
_RUNNING_TEXT = frozenset({"p", "blockquote", "figcaption", "td"})


def published(
    tree: Any, meta: Meta, linked: Linked, url: str | None, title: str | None, retrieved: dt.datetime | None
) -> tuple[dt.date | None, DateBasis]:
    """The day that a page states, and where. A day after that of its retrieval is none."""
    latest = retrieved.date() + dt.timedelta(days=1) if retrieved else dt.date.max
    for basis, day in _stated(tree, meta, linked, url, title):
        if day and day != _UNSET and day.year >= _OLDEST_YEAR and day <= latest:
            return day, basis
    return None, DateBasis.METADATA


def _stated(
    tree: Any, meta: Meta, linked: Linked, url: str | None, title: str | None
) -> Iterator[tuple[DateBasis, dt.date | None]]:
    """The days, the most certain first."""
    known = names()
    yield from ((DateBasis.METADATA, stated_day(stated)) for stated in meta.all(known.published))
    yield DateBasis.METADATA, linked.day(url, title)
    article = _article(tree)
    yield from ((DateBasis.METADATA, day) for day in _marked(article))
    yield DateBasis.BYLINE, _byline(article)
    yield from ((DateBasis.METADATA, stated_day(stated)) for stated in meta.all(known.dated))


def _article(tree: Any) -> Any:
    """The element that holds the article: of its kind the first with a headline, else the only one, else the page."""
    articles = [e for e in some(tree, "article") if all(at.tag != "article" for at in e.iterancestors())]
    with_headline = [e for e in articles if next(e.iter("h1"), None) is not None]
    return with_headline[0] if with_headline else articles[0] if len(articles) == 1 else tree


def _marked(article: Any) -> Iterator[dt.date | None]:
    """The days of the elements that say that they are the day of publication."""
    says = (e for e in article.iter() if isinstance(e.tag, str) and e.tag != "meta" and _is_marked(e))
    return (_day_of(element) for element in islice(says, MOST_LOOKED_AT) if not _is_beside(element, article))


def _is_marked(element: Any) -> bool:
    if element.tag == "time" and element.get("pubdate") is not None:
        return True
    return "datepublished" in (name.rpartition(":")[2] for a in _SEMANTIC for name in tokens(element, a))


def _byline(article: Any) -> dt.date | None:
    """The day in the line under the headline, if those that are not of a change are one."""
    called = (e for e in article.iter() if isinstance(e.tag, str) and _is_dated(e))
    dated = [e for e in islice(called, MOST_LOOKED_AT) if not _is_beside(e, article)]
    for wanted in ([e for e in dated if _says_published(e)], dated):
        if days := {day for element in wanted if (day := _day_of(element))}:
            return days.pop() if len(days) == 1 else None
    return None


def _is_dated(element: Any) -> bool:
    """True for `<time>` and for what is called a date or says it is one, outside of text, unless it is of a change."""
    classes = _classes(element)
    if not (element.tag == "time" or _byline_class().search(" ".join(classes)) or _says_so(element)):
        return False
    if any(map(_CHANGED.search, classes)) or "datemodified" in tokens(element, "itemprop"):
        return False
    line = _line(element)
    return len(line) <= _LONGEST_LINE and not (_CHANGED.match(line) or _is_in_running_text(element))


def _says_so(element: Any) -> bool:
    """True for "Published on 2 May 2023"; a sentence that begins so is text."""
    return bool(_SAYS.match(element.text or "")) and not _line(element).endswith((".", "!", "?"))


def _says_published(element: Any) -> bool:
    called = _byline_class().search(" ".join(c for c in _classes(element) if c != "date"))
    return bool(called or _SAYS.match(_line(element)))


def _day_of(element: Any) -> dt.date | None:
    """The day in an element's attribute, else in its words up to where they speak of a change."""
    for attribute in ("datetime", "content", "title"):
        if day := stated_day(element.get(attribute) or ""):
            return day
    return _day_in_line(element) or (_day_in_line(element.getparent()) if _says_so(element) else None)


def _day_in_line(element: Any) -> dt.date | None:
    """The day in what is a line by itself, up to where it speaks of a change."""
    line = _line(element)
    changed = _CHANGED.search(line)
    return stated_day(line[: changed.start()] if changed else line) if len(line) <= _LONGEST_LINE else None


def _line(element: Any) -> str:
    return words(element, 2 * _LONGEST_LINE)


def _is_in_running_text(element: Any) -> bool:
    """True if there is more text around a date than a line under a headline has."""
    above = next((e for e in element.iterancestors() if e.tag in _RUNNING_TEXT), None)
    if above is None:
        return False
    line = _line(above)
    return len(line) > _LONGEST_LINE or (bool(_CHANGED.match(line)) and not _line(element).startswith(line))


def _is_beside(element: Any, article: Any) -> bool:
    """True if an element belongs to something else than the article that it lies in."""
    for at in (element, *element.iterancestors()):
        if at is article:
            return False
        if at.tag in _BESIDE or at.tag == "article" or _elsewhere().search(" ".join(_classes(at))):
            return True
    return False


@lru_cache(maxsize=1)
def _elsewhere() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, names().elsewhere)))


@lru_cache(maxsize=1)
def _byline_class() -> re.Pattern[str]:
    """A class that is one of those of bylines, or ends in one of two words ("meta__publish-date")."""
    whole = "|".join(map(re.escape, names().byline))
    endings = "|".join(re.escape(name) for name in names().byline if "-" in name or "_" in name)
    return re.compile(rf"(?<!\S)(?:{whole})(?!\S)|[-_](?:{endings})(?!\S)")


def _classes(element: Any) -> list[str]:
    return tokens(element, "class") + tokens(element, "id")
