"""What a watch reads of real feeds and folders, and what is news in it."""

from __future__ import annotations

import datetime as dt
import shutil
import socket
from pathlib import Path

import pytest

from followthearms.engine.watching import (
    Round,
    State,
    places,
    sources,
)
from followthearms.errors import UsageError
from followthearms.model.notices import Matter
from followthearms.model.snapshots import Changed, New
from followthearms.register import Register
from followthearms.register.watching import Look
from tests.engine.watching.desk import HOWITZERS, MORE, PLAN, RAIN, RIFLES, Desk, feed, page
from tests.sources.servers import Answer, Request, answer, site


def test_news_of_a_feed_round_after_round(desk: Desk) -> None:
    pages: dict[str, Answer] = {
        "/feed": feed("/1", ETag='"a"'),
        "/1": page(RIFLES, date="2019-03-05"),
        "/2": page(MORE, date="2019-03-06"),
    }
    with site(pages) as served:
        url = served.url("/feed")
        assert desk.round(url) == Round(inputs=1, news=1, has_unread=False)
        assert desk.collected.take() == [(Matter.NEW, "new: Russia → India: AK-203")]
        pages["/feed"] = feed("/2", "/1")
        assert desk.round(url).news == 1
        (told,) = desk.collected.told
        assert [conflict.topic.value for conflict in told.news.contradictions] == ["quantity"]
        assert isinstance(told.news.about, Changed), "the deal was known before"
        assert told.news.articles == (served.url("/2"),)
        assert desk.collected.take() == [(Matter.CONTRADICTED, "contradicted: Russia → India: AK-203")]
        assert desk.round(url) == Round(inputs=0, news=0, has_unread=False)
        assert served.paths.count("/1") == served.paths.count("/2") == 1
    assert desk.collected.take() == []
    assert desk.register.counts().documents == 2
    assert len(desk.register.intake.runs()) == 2, "a round that finds nothing leaves no trace"


def test_a_deal_of_which_an_earlier_report_is_found_is_neither_new_nor_gone(desk: Desk) -> None:
    first, second = page(RIFLES, date="2019-03-05"), page(RIFLES, "He did not say when they come.", date="2019-03-04")
    pages: dict[str, Answer] = {"/feed": feed("/1"), "/1": first, "/2": second}
    with site(pages) as served:
        desk.round(served.url("/feed"))
        (known,) = desk.register.deals()
        desk.collected.take()
        pages["/feed"] = feed("/2")
        desk.round(served.url("/feed"))
    (told,) = desk.collected.told
    assert isinstance(told.news.about, New) and told.news.about.out_of == (known.id,)
    assert desk.collected.take() == [(Matter.CHANGED, "changed: Russia → India: AK-203")]


def test_a_server_is_asked_whether_its_feed_has_changed(desk: Desk) -> None:
    def unless_known(connection: socket.socket, request: Request) -> None:
        known = request.headers.get("if-none-match") == '"a"' and request.headers.get("if-modified-since") == "Monday"
        connection.sendall(answer(b"", "304 Not Modified") if known else feed("/1", ETag='"a"', Last_Modified="Monday"))

    with site({"/feed": unless_known, "/1": page(RAIN)}) as served:
        assert desk.round(served.url("/feed")).inputs == 1
        assert desk.round(served.url("/feed")).inputs == 0
        first, second = (one for one in served.requests if one.path == "/feed")
    assert "if-none-match" not in first.headers and second.headers["if-none-match"] == '"a"'


def test_lists_of_feeds_and_entries_that_are_in_two(desk: Desk) -> None:
    with site({"/a": feed("/1", "/2"), "/b": feed("/2", "/1"), "/1": page(RAIN), "/2": page(HOWITZERS)}) as served:
        lines = "".join(f'<outline xmlUrl="{served.url(path)}"/>' for path in ("/a", "/b"))
        (desk.folder / "feeds.opml").write_text(f"<opml><body>{lines}</body></opml>")
        assert desk.round(desk.folder / "feeds.opml", served.url("/a")).inputs == 2
        assert sorted(served.paths) == ["/1", "/2", "/a", "/b", "/robots.txt"]
    (document,) = desk.register.documents()
    assert (document.date, document.url) == (None, served.url("/2")), "no entry says when it is of"


def test_a_feed_that_fails_is_told_once_and_asked_less_and_less(desk: Desk) -> None:
    pages: dict[str, Answer] = {"/feed": answer(b"", "500 Oh"), "/robots.txt": answer(b"", "404 No")}
    with site(pages) as served:
        url = served.url("/feed")
        for _ in range(12):
            desk.round(url)
        assert [title for _, title in desk.collected.take()] == [f"not read: {url}: was answered with 500"]
        assert served.paths.count("/feed") == 4, "in rounds 1, 2, 4 and 8"
        pages["/feed"] = answer(b"", "429 Slowly")
        desk.now += dt.timedelta(days=1)
        assert desk.round(url) == Round(inputs=0, news=0, has_unread=False), "it fails as before"
        pages["/feed"] = feed()
        desk.now += dt.timedelta(days=2)
        desk.round(url)
        del pages["/feed"]
        assert desk.round(url).has_unread
        assert [title for _, title in desk.collected.take()] == [f"not read: {url}: does not exist"]


@pytest.mark.parametrize(
    ("sent", "problem"),
    [
        (feed(*(f"/{n}" for n in range(10_000))), "is larger than a feed may be"),
        (page(RAIN), "is no feed"),
        (answer(b'<!DOCTYPE x [<!ENTITY a "b">]><rss/>'), "defines entities"),
    ],
    ids=["huge", "page", "bomb"],
)
def test_what_is_no_feed_to_read_stops_no_other(desk: Desk, sent: bytes, problem: str) -> None:
    with site({"/bad": sent, "/good": feed("/1"), "/1": page(HOWITZERS)}) as served:
        done = desk.round(served.url("/bad"), served.url("/good"))
        assert (done.inputs, done.has_unread) == (1, True)
        assert desk.round(served.url("/bad"), served.url("/good")).news == 0
    (new, (unread, told)) = desk.collected.take()
    assert new[0] is Matter.NEW and unread is Matter.UNREAD and problem in told


def test_a_page_that_fails_is_tried_again_and_given_up_in_the_end(desk: Desk) -> None:
    pages: dict[str, Answer] = {
        "/feed": feed("/late", "/never", "/" + "x" * 3_000, ETag='"a"'),
        "/late": answer(b"", "503 Later"),
    }
    with site(pages) as served:
        url = served.url("/feed")
        desk.round(url)
        assert {told.partition(": ")[2] for _, told in desk.collected.take()} == {
            f"{served.url('/late')}: is not available now",
            f"{served.url('/never')}: does not exist",
            f"{url}, News: links to no page",
        }
        pages["/late"] = page(HOWITZERS)
        for _ in range(40):
            desk.round(url)
        assert desk.collected.take() == [(Matter.NEW, "new: Norway → Latvia: howitzer")]
        assert (served.paths.count("/late"), served.paths.count("/never")) == (2, sources.TRIES)
        last = [one for one in served.requests if one.path == "/feed"]
        known = ["if-none-match" in one.headers for one in last]
        assert not any(known[:16]) and all(known[17:]), "known as soon as no page of it is waited for"
    assert [entry.address for _, entry in desk.register.intake.failures()] == [served.url("/never")]


def test_a_long_feed_is_taken_in_parts(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "PAGES", 3)
    paths = [f"/{n}" for n in range(7)]
    pages: dict[str, Answer] = {path: page(RAIN, path) for path in paths}
    with site({"/feed": feed(*paths, ETag='"a"'), **pages}) as served:
        assert [desk.round(served.url("/feed")).inputs for _ in range(4)] == [3, 3, 1, 0]
        asked = ["if-none-match" in one.headers for one in served.requests if one.path == "/feed"]
    assert asked == [False, False, False, True]


def test_a_folder(desk: Desk, inbox: Path) -> None:
    assert desk.round(inbox) == Round(inputs=0, news=0, has_unread=False), "an empty one is no trouble"
    (inbox / "a.txt").write_text(HOWITZERS)
    (inbox / "empty.txt").write_text("")
    (inbox / "picture.png").write_bytes(b"\x89PNG")
    assert desk.round(inbox) == Round(inputs=2, news=2, has_unread=True)
    new, unread = desk.collected.take()
    assert new[0] is Matter.NEW and unread == (Matter.UNREAD, f"not read: {inbox}/empty.txt: is empty")
    assert desk.round(inbox) == Round(inputs=0, news=0, has_unread=False)
    (inbox / "a.txt").write_text(RIFLES)
    assert desk.round(inbox).inputs == 1, "it holds something else now"
    desk.collected.take()
    place = places([str(inbox)])
    shutil.rmtree(inbox)
    with State.open(desk.folder / "state", desk.now) as state:
        watcher = desk.watcher(state)
        watcher.watched = place
        assert [watcher.round().has_unread for _ in range(3)] == [True, False, False]
    assert desk.collected.take() == [(Matter.UNREAD, f"not read: {inbox}: cannot be read (No such file or directory)")]


def test_what_others_add_is_news_and_what_was_there_is_not(desk: Desk, inbox: Path, tmp_path: Path) -> None:
    from followthearms.engine import add

    for name, text in (("one.txt", HOWITZERS), ("two.txt", RIFLES)):
        (tmp_path / name).write_text(text)
    list(add(desk.register, [tmp_path / "one.txt"], PLAN))
    desk.round(inbox)
    assert desk.collected.take() == []
    list(add(desk.register, [tmp_path / "two.txt"], PLAN))
    desk.round(inbox)
    assert [matter for matter, _ in desk.collected.take()] == [Matter.NEW]


def test_what_another_version_links_otherwise_is_no_news(desk: Desk, inbox: Path) -> None:
    desk.round(inbox)
    with State.open(desk.folder / "state", desk.now) as state:
        mark = state.mark
        assert mark is not None
        state.begin(Look(mark.model_copy(update={"linker": "older"})))
    (inbox / "a.txt").write_text(HOWITZERS)
    done = desk.round(inbox)
    assert (done.is_anew, done.news) == (True, 1), "what this round read is news all the same"
    assert not desk.round(inbox).is_anew


def test_the_state_of_another_register_is_not_gone_by(desk: Desk, inbox: Path) -> None:
    (inbox / "a.txt").write_text(HOWITZERS)
    desk.round(inbox)
    desk.collected.take()
    with Register.open(desk.folder / "other.db") as other:
        desk.register = other
        assert desk.round(inbox) == Round(inputs=1, news=1, has_unread=False, is_anew=True)
    assert [matter for matter, _ in desk.collected.take()] == [Matter.NEW], "no deal is gone"


def test_what_cannot_be_watched(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(RAIN)
    for given in (str(tmp_path / "a.txt"), str(tmp_path / "none"), "ftp://a.example/feed"):
        with pytest.raises(UsageError, match="cannot be watched; name the address of a feed"):
            places([given])
