"""Notices in words, and as lines of JSON, as an Atom feed and as a letter.

Invariants: what comes from articles is text in all of them, and never markup, a header or a second line of one; and the
same notices make the same bytes.
"""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import quote

from lxml import etree

from followthearms.exchange import words
from followthearms.exchange.changes import cells, deal_lines
from followthearms.model.notices import Matter, Notice, Unread

NAMES = 5
"""So many names of what could not be read for one reason, or of articles, are told; JSON has them all."""
TOLD = 50
"""So many notices are told in one letter; of the others it says how many there are."""
_LONGEST_TITLE = 200
_ATOM = "http://www.w3.org/2005/Atom"
_NOT_XML = re.compile("[^\t\n -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MATTERS = {
    Matter.CONTRADICTED: "contradicted",
    Matter.NEW: "new",
    Matter.CHANGED: "changed",
    Matter.GONE: "gone",
    Matter.UNREAD: "not read",
}


@dataclass(frozen=True, slots=True)
class Letter:
    """Who writes to whom, as addresses of e-mail."""

    sender: str
    to: str


def title(notice: Notice) -> str:
    """What a notice is about, on one line: "new: Norway → Latvia: howitzer"."""
    about = notice.news.about
    match about:
        case Unread():
            more = f" and {len(about.where) - 1} more" if len(about.where) > 1 else ""
            told = f"{words.one_line(about.where[0])}{more}: {words.one_line(about.problem)}"
        case _:
            told = words.heading(about.deal)
    return words.short(f"{_MATTERS[notice.news.matter]}: {told}", _LONGEST_TITLE)


def lines(notice: Notice) -> Iterator[str]:
    """What a notice says beyond its title, a line each: conflicts, what has changed and why, where it was read."""
    about = notice.news.about
    match about:
        case Unread():
            yield from map(words.one_line, about.where[:NAMES])
            if len(about.where) > NAMES:
                yield f"and {len(about.where) - NAMES} more"
            if about.remedy:
                yield words.one_line(about.remedy)
        case _:
            yield from (f"reports conflict in {cells([one])}" for one in notice.news.contradictions)
            _, *told = deal_lines(about)
            yield from (line.removeprefix("  ") for line in told)
            yield from map(words.one_line, notice.news.articles[:NAMES])


def link(notice: Notice, site: str | None) -> str | None:
    """Where a notice's deal is shown, by a register that is served at `site`."""
    about = notice.news.about
    if site is None or isinstance(about, Unread):
        return None
    return f"{site.rstrip('/')}/deals/{quote(about.deal.id, safe='')}"


def json_line(notice: Notice) -> str:
    """A notice as one line of JSON, in ASCII: its id, time, title, and all that it is about."""
    told = {"id": notice.id, "at": notice.at.isoformat(), "title": title(notice), **notice.news.model_dump(mode="json")}
    return json.dumps(told)


def atom(notices: Sequence[Notice], name: str, begun: str, site: str | None = None) -> bytes:
    """An Atom feed (RFC 4287) of notices, the newest first. `name` is the id of the feed, `begun` the time that it has
    while there are none (ISO 8601)."""
    feed = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})
    _element(feed, "id", name)
    _element(feed, "title", "Follow the Arms")
    _element(feed, "updated", notices[0].at.isoformat() if notices else begun)
    _element(etree.SubElement(feed, f"{{{_ATOM}}}author"), "name", "Follow the Arms")
    for notice in notices:
        entry = etree.SubElement(feed, f"{{{_ATOM}}}entry")
        _element(entry, "id", notice.id)
        _element(entry, "title", title(notice))
        _element(entry, "updated", notice.at.isoformat())
        if address := link(notice, site):
            etree.SubElement(entry, f"{{{_ATOM}}}link", href=address)
        etree.SubElement(entry, f"{{{_ATOM}}}category", term=notice.news.matter.value)
        content = "".join(f"<p>{html.escape(line)}</p>" for line in lines(notice))
        _element(entry, "content", content, type="html")
    return bytes(etree.tostring(feed, encoding="utf-8", xml_declaration=True, pretty_print=True))


def letter(notices: Sequence[Notice], between: Letter, site: str | None = None) -> EmailMessage:
    """A letter in plain text that tells some notices. The same ones make a letter of the same Message-ID, so that one
    that is sent twice can be told for what it is."""
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = between.sender, between.to
    message["Subject"] = f"Follow the Arms: {summary(notices)}"
    message["Date"] = format_datetime(notices[0].at)
    message["Message-ID"] = f"<{notices[0].id.rpartition(':')[2]}@{between.sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody's absence note answers it
    message.set_content("\n".join(_letter_lines(notices, site)) + "\n", cte="quoted-printable")
    return message


def summary(notices: Sequence[Notice]) -> str:
    """ "1 contradicted, 3 new, 1 not read"."""
    counted = Counter(notice.news.matter for notice in notices)
    return ", ".join(f"{counted[matter]} {_MATTERS[matter]}" for matter in Matter if counted[matter])


def _letter_lines(notices: Sequence[Notice], site: str | None) -> Iterator[str]:
    for notice in notices[:TOLD]:
        yield title(notice)
        yield from (f"  {line}" for line in lines(notice))
        if address := link(notice, site):
            yield f"  {address}"
        yield ""
    if len(notices) > TOLD:
        yield f"And {len(notices) - TOLD} more, which this letter is too short for."
        yield ""
    yield "A claim is what one text says: reported, not proven."


def _element(parent: etree._Element, name: str, text: str, **attributes: str) -> None:
    etree.SubElement(parent, f"{{{_ATOM}}}{name}", attributes).text = _NOT_XML.sub("\ufffd", text)
