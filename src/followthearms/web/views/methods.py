"""Chapters of the documentation as pages.

Invariant: they are our own files; even so, no HTML of theirs is passed on, and a link in them leads to a chapter, or
outside by http or https, or is plain text.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from followthearms.errors import KnowledgeError
from followthearms.web import links

PAGES = {
    "principles": ("explanation/principles.md", "Principles"),
    "codebook": ("reference/codebook.md", "Codebook: what the kinds of claim mean"),
    "reading": ("explanation/reading.md", "How articles are read"),
    "deals": ("explanation/deals.md", "How claims become deals"),
    "accuracy": ("methods/accuracy.md", "How accurately it reads"),
}
"""Chapters by the name in their address: their file in the documentation, and their title in the list."""

_INSTALLED, _CHECKOUT = "data/docs", "docs"
_COMMENT = re.compile(r"<!--.*?-->\s*", re.DOTALL)


@dataclass(frozen=True)
class Article:
    """A chapter: its title, its source, and its content as HTML without the title."""

    title: str
    source: str
    content: Markup


@functools.cache
def article(name: str) -> Article:
    """A chapter by the name in its address. Raises KnowledgeError if its file is missing."""
    file, title = PAGES[name]
    source = _COMMENT.sub("", _path(file).read_text("utf-8"))
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = parser.parse(source)
    if [t.type for t in tokens[:1]] == ["heading_open"] and tokens[0].tag == "h1":
        title, tokens = tokens[1].content, tokens[3:]
    _settle(tokens)
    return Article(title, source, Markup(parser.renderer.render(tokens, parser.options, {})))


def _settle(tokens: list[Token]) -> None:
    """Let every link lead to what there is, and let tables name their columns and bring no style of their own."""
    for token in tokens:
        if token.type in ("th_open", "td_open"):
            token.attrs = {"class": "number"} if token.attrs.get("style") == "text-align:right" else {}
        if token.type in ("fence", "code_block", "table_open"):
            token.attrs = {"tabindex": "0"}  # what scrolls must be reached by the keyboard
        if token.type == "th_open":
            token.attrSet("scope", "col")
        for child in token.children or ():
            if child.type == "link_open":
                _lead(child)


def _lead(link: Token) -> None:
    target = str(link.attrGet("href") or "")
    file = Path(target.partition("#")[0]).name
    known = next((name for name, (path, _) in PAGES.items() if Path(path).name == file), None)
    link.attrs = {}
    if known:
        link.attrs = {"href": known}  # beside this one, on whatever day that is looked at
    elif address := links.outside(target):
        link.attrs = {"href": address, "rel": "noopener noreferrer"}


def _path(file: str) -> Path:
    package = Path(str(resources.files("followthearms")))
    for folder in (package / _INSTALLED, package.parent.parent / _CHECKOUT):
        if (folder / file).is_file():
            return folder / file
    raise KnowledgeError(f"docs/{file}: is missing; install the package again")
