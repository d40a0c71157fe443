"""Plain text with optional front matter.

Front matter is a first block between two lines `---` that holds `key: value` lines; it is no part of the text.
"""

from __future__ import annotations

import re

from followthearms.errors import FormatError, UnreadableFile
from followthearms.model import Document
from followthearms.sources.article import article
from followthearms.sources.days import iso_day
from followthearms.sources.options import DateBasis, ReadOptions
from followthearms.sources.text.decode import decoded

FRONT_MATTER_KEYS = ("title", "authors", "date", "outlet", "url", "licence", "language")
_FRONT_MATTER = re.compile(r"---[ \t]*\n(?P<block>.*?)^---[ \t]*$", re.DOTALL | re.MULTILINE)
_PAIR = re.compile(r"(?P<key>[A-Za-z][\w-]*):(?:\s+(?P<value>.*))?")


def read_text(data: bytes, where: str, name: str, options: ReadOptions, declared: str | None = None) -> Document:
    """The document of the bytes of one text file; see `read_plain`. `declared` is the encoding that its sender names.

    Raises `UnreadableFile` if they are no text.
    """
    text, encoding = decoded(data, where, options, declared)
    return read_plain(text, where, name, options).model_copy(update={"encoding": encoding})


def read_plain(text: str, where: str, name: str, options: ReadOptions) -> Document:
    """The document of one text file. `name` is the file's bare name, `where` its full name for errors.

    Raises `FormatError` for front matter that cannot be understood, `UnreadableFile` if nothing follows it.
    """
    known, body = split_front_matter(text, where)
    if not body.strip():
        raise UnreadableFile(where, "holds front matter but no text" if known else "is empty")
    stated = iso_day(known["date"]) if "date" in known else None
    if "date" in known and not stated:
        raise FormatError(where, f"front matter: date is {known['date']!r}", "write it as 2019-03-04")
    return article(
        body,
        name,
        options,
        title=known.get("title"),
        authors=known.get("authors", "").split(";"),
        published=(stated, DateBasis.FRONT_MATTER),
        outlet=known.get("outlet"),
        url=known.get("url"),
        language=known.get("language"),
        licence=known.get("licence"),
    )


def split_front_matter(text: str, where: str) -> tuple[dict[str, str], str]:
    """The front matter and what follows it. A block without any known key is text: wire copy has rules of dashes too.

    Raises `FormatError` for an unknown key and for one that is given twice.
    """
    found = _FRONT_MATTER.match(text)
    if not found:
        return {}, text
    pairs = [_PAIR.fullmatch(line.strip()) for line in found["block"].split("\n") if line.strip()]
    matches = [pair for pair in pairs if pair]
    if len(matches) < len(pairs) or not any(pair["key"] in FRONT_MATTER_KEYS for pair in matches):
        return {}, text
    known: dict[str, str] = {}
    for pair in matches:
        key, value = pair["key"], _unquoted(pair["value"] or "")
        if key not in FRONT_MATTER_KEYS:
            raise FormatError(where, f"front matter: unknown key {key!r}", f"known are {', '.join(FRONT_MATTER_KEYS)}")
        if key in known:
            raise FormatError(where, f"front matter: {key!r} stands twice", "leave one of them")
        if value:
            known[key] = value
    return known, text[found.end() :]


def _unquoted(value: str) -> str:
    value = value.strip()
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"" else value
