"""Articles as news sites serve them: navigation, advertisements, scripts and broken markup around a little text.

Sizes are those of the pages of Common Crawl's news archives (60 to 170 kB); about a quarter of a page compresses to
nothing, as there. Invariant: the same article and size give the same bytes.
"""

from __future__ import annotations

import html
import json
import random
from functools import cache

from benchmarks.scale.news import Article, article

_SECTIONS = "Home World Politics Business Sport Culture Weather Opinion Video Science Travel Food Style".split()
_ENCODINGS = ("utf-8",) * 9 + ("cp1252",)
_TELLING = ("json-ld", "meta", "time", "address")
"""How a site states the day of publication."""


def page(told: Article, size: int) -> tuple[bytes, str]:
    """The page of an article, of about so many bytes, and the encoding that it declares."""
    draw = random.Random(f"page {told.number}")
    encoding = draw.choice(_ENCODINGS) if told.language == "en" else "utf-8"
    before, after = _head(told, draw, encoding), _after(told, draw)
    body = _body(told, draw)
    room = max(0, size - len(before) - len(after) - len(body.encode(encoding, "xmlcharrefreplace")))
    scripts = [_script(draw, room // 4) for _ in range(3)]
    markup = [before, scripts[0], _navigation(draw), scripts[1], body, after, scripts[2], _style(room // 4)]
    return ("\n".join(markup) + "</body></html>").encode(encoding, "xmlcharrefreplace"), encoding


def _head(told: Article, draw: random.Random, encoding: str) -> str:
    title, day = html.escape(told.title), told.day.isoformat()
    stated = _TELLING[told.number % len(_TELLING)]
    lines = [
        f'<!DOCTYPE html><html lang="{told.language}"><head><meta charset="{encoding}">',
        f"<title>{title} | {told.outlet}</title>",
        f'<meta property="og:title" content="{title}"><meta property="og:site_name" content="{told.outlet}">',
        f'<meta name="author" content="{html.escape(told.author)}"><link rel="canonical" href="{told.url}">',
        f'<meta property="article:modified_time" content="{told.day.replace(year=told.day.year + 1)}T10:00:00Z">',
    ]
    if stated == "json-ld":
        known = {"@type": "NewsArticle", "headline": told.title, "datePublished": f"{day}T08:00:00+00:00"}
        lines.append(
            f'<script type="application/ld+json">{json.dumps({"@context": "https://schema.org", **known})}</script>'
        )
    if stated == "meta":
        lines.append(f'<meta property="article:published_time" content="{day}T08:00:00Z">')
    lines += [f'<link rel="preload" href="/static/{draw.getrandbits(64):x}.js" as="script">' for _ in range(12)]
    return "\n".join([*lines, "</head><body class='article-page'>"])


def _navigation(draw: random.Random) -> str:
    entries = "".join(
        f'<li class="nav"><a href="/{name.lower()}" data-track="{draw.getrandbits(48):x}">{name}</a>'
        for name in _SECTIONS
    )
    return f'<header><div id="top"><ul>{entries}</ul></div><form action="/search"><input name="q"></form></header>'


def _body(told: Article, draw: random.Random) -> str:
    stated = _TELLING[told.number % len(_TELLING)]
    when = f'<time datetime="{told.day}T08:00" pubdate>{told.day:%d %B %Y}</time>' if stated == "time" else ""
    parts = [f'<main><article><h1>{html.escape(told.title)}</h1><p class="byline">By {told.author} {when}</p>']
    for n, text in enumerate(told.paragraphs):
        close = "" if draw.random() < 0.1 else "</p>"  # an end tag that somebody forgot
        parts.append(f"<p>{_marked(html.escape(text, quote=False), draw)}{close}")
        if n % 3 == 2:
            parts.append(f'<div class="ad" id="ad-{draw.getrandbits(32):x}"><iframe src="about:blank"></iframe></div>')
    return "\n".join([*parts, "</article></div>"])  # a division that was never opened


def _marked(text: str, draw: random.Random) -> str:
    """The text with some of what editors put into it: links, bold words, hard spaces and entities."""
    words, marks = text.split(" "), ('<a href="/topic/{0}">{0}</a>', "<b>{0}</b>", "{0}&nbsp;", "<em>{0}</em>")
    for _ in range(len(words) // 30):
        n = draw.randrange(len(words))
        if words[n].isalpha():
            words[n] = draw.choice(marks).format(words[n])
    return " ".join(words).replace("&nbsp; ", "&nbsp;")


def _after(told: Article, draw: random.Random) -> str:
    """What stands below the article: other headlines, comments, and the small print."""
    others = [article(draw.randrange(10**6) * 100) for _ in range(8)]
    more = "".join(f'<li><a href="{one.url}">{html.escape(one.title)}</a> <span>{one.day}</span>' for one in others)
    return (
        f'<aside><h2>More on this</h2><ul>{more}</ul></aside><div class="newsletter"><p>Sign up for letters</p></div>'
        f"<footer><p>&copy; {told.outlet}. All rights reserved. Terms, privacy, cookies.</p></footer></main>"
    )


def _script(draw: random.Random, size: int) -> str:
    """The state that a page hands to its scripts; half of it looks random, as keys and tracking ids do."""
    half = draw.getrandbits(max(8, size * 2)).to_bytes(max(1, size // 4 + 1), "big").hex()[: size // 2]
    known = '{"component":"teaser","visible":true,"slot":"inline","size":[300,250]},' * (max(0, size // 2) // 70)
    return f'<script>window.__STATE__={{"id":"{half}","parts":[{known}null]}};</script>'


@cache
def _style(size: int) -> str:
    rules = (f".c{n:04x}{{display:flex;margin:{n % 9}px;color:#{n * 7919 % 0xFFFFFF:06x}}}" for n in range(size // 48))
    return f"<style>{''.join(rules)}</style>"
