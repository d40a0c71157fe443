"""Notices as words, lines, a feed and a letter: read back by others, whatever an article holds."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import json

import feedparser
import pytest

from followthearms.exchange.notices import NAMES, TOLD, Letter, atom, json_line, letter, lines, link, title
from followthearms.link.changes import Between, changes
from followthearms.model.deals import Consistency, Contradiction, Deal, Named, Nature, Side, Status, Topic
from followthearms.model.notices import Matter, News, Notice, Unread
from followthearms.model.snapshots import New

AT = dt.datetime(2026, 1, 2, 12, tzinfo=dt.UTC)
ID = "urn:uuid:7d444840-9dc0-11d1-b245-5ffdce74fad2"
HOSTILE = "</title><script>alert(1)</script>\r\nBcc: eve@evil.example\x1b[2J\x00\ufffe\u202e & “x”"
BETWEEN = Letter("fta@desk.example", "ann@desk.example")


def deal(name: str, supplier: str, status: Status = Status.AGREED) -> Deal:
    return Deal(id=name, nature=Nature.TRANSFER, status=status, supplier=(Named(name=supplier, refs=()),))


def new(supplier: str = "Norway", *conflicts: Contradiction) -> Notice:
    (about,) = changes([], [deal("d1", supplier)], Between()).new
    return Notice(id=ID, at=AT, news=News(matter=Matter.NEW, about=about, contradictions=conflicts))


def unread(*where: str, problem: str = "is empty", remedy: str = "save it anew") -> Notice:
    about = Unread(where=where, problem=problem, remedy=remedy)
    return Notice(id=ID, at=AT, news=News(matter=Matter.UNREAD, about=about))


def test_a_notice_in_words() -> None:
    conflict = Contradiction(
        id="x1",
        deal="d1",
        topic=Topic.QUANTITY,
        consistency=Consistency.CONFLICTING,
        left=Side(value="22", refs=()),
        right=Side(value="24", refs=()),
        reason="two figures",
    )
    told = new("Norway", conflict)
    assert title(told) == "new: Norway → –: transfer"
    assert next(lines(told)) == "reports conflict in quantity: 22 or 24 (conflicting)"
    (changed,) = changes([deal("d1", "Norway")], [deal("d1", "Norway", Status.DELIVERED)], Between()).changed
    notice = Notice(id=ID, at=AT, news=News(matter=Matter.CHANGED, about=changed))
    assert title(notice) == "changed: Norway → –: transfer"
    assert next(lines(notice)) == "status agreed → delivered"
    many = unread(*(f"page {n}" for n in range(NAMES + 2)))
    assert title(many) == f"not read: page 0 and {NAMES + 1} more: is empty"
    assert list(lines(many))[-2:] == ["and 2 more", "save it anew"]


def test_a_line_is_a_notice() -> None:
    line = json_line(new(HOSTILE))
    assert line.isascii() and line.isprintable()
    told = json.loads(line)
    assert (told["id"], told["at"], told["matter"]) == (ID, "2026-01-02T12:00:00+00:00", "new")
    about = {name: told[name] for name in ("matter", "about", "contradictions")}
    assert News.model_validate(about) == new(HOSTILE).news, "nothing of it is lost"
    assert isinstance(News.model_validate(about).about, New)


def test_an_atom_feed_is_what_readers_of_feeds_read() -> None:
    feed = feedparser.parse(atom([new(), unread("a")], "urn:uuid:1", "2026-01-01T00:00:00+00:00", "https://x.example/"))
    assert not feed.bozo and feed.version == "atom10"
    assert (feed.feed.id, feed.feed.updated, feed.feed.title) == ("urn:uuid:1", AT.isoformat(), "Follow the Arms")
    first, second = feed.entries
    assert (first.id, first.title, first.link) == (ID, "new: Norway → –: transfer", "https://x.example/deals/d1")
    assert second.summary == "<p>a</p><p>save it anew</p>" and not second.get("links")
    empty = feedparser.parse(atom([], "urn:uuid:1", "2026-01-01T00:00:00+00:00"))
    assert not empty.bozo and empty.entries == [] and empty.feed.updated.startswith("2026-01-01")


def test_what_an_article_says_is_no_markup_in_a_feed() -> None:
    data = atom([new(HOSTILE), unread(HOSTILE, problem=HOSTILE, remedy=HOSTILE)], "urn:uuid:1", AT.isoformat())
    feed = feedparser.parse(data, sanitize_html=False)
    assert not feed.bozo and len(feed.entries) == 2
    for entry in feed.entries:
        assert "</title>" in entry.title and entry.title_detail.type == "text/plain"
        assert "<script" not in entry.content[0].value
    assert "&lt;script&gt;alert(1)" in feed.entries[1].content[0].value


def test_a_letter_is_one_letter_to_one_person() -> None:
    raw = bytes(letter([new(HOSTILE), unread(HOSTILE)], BETWEEN, "https://x.example"))
    assert raw.isascii() and max(map(len, raw.split(b"\r\n"))) < 998
    read = email.message_from_bytes(raw, policy=email.policy.default)
    assert read["To"] == "ann@desk.example" and read["Bcc"] is None and read["From"] == "fta@desk.example"
    assert read["Subject"] == "Follow the Arms: 1 new, 1 not read"
    assert read["Message-ID"] == "<7d444840-9dc0-11d1-b245-5ffdce74fad2@desk.example>"
    assert read.get_content_type() == "text/plain" and not read.is_multipart()
    body = read.get_content()
    assert "https://x.example/deals/d1" in body and "<script>alert(1)</script>\ufffd Bcc: eve" in body
    assert "\x1b" not in body and "\u202e" not in body
    assert raw == bytes(letter([new(HOSTILE), unread(HOSTILE)], BETWEEN, "https://x.example")), "always the same"


def test_a_letter_does_not_grow_without_end() -> None:
    body = letter([new()] * (TOLD + 7), BETWEEN).get_content()
    assert body.count("new: Norway") == TOLD and "And 7 more" in body


@pytest.mark.parametrize("site", ["https://x.example", "https://x.example/"])
def test_the_address_of_a_deal(site: str) -> None:
    assert link(new(), site) == "https://x.example/deals/d1"
    assert link(new(), None) is None and link(unread("a"), site) is None
