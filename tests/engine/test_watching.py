"""A watch reads what is new, and tells each piece of news once: of real feeds, to real files and a real mail server."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import json
import os
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from ipaddress import ip_network
from pathlib import Path

import feedparser
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from followthearms.engine import Plan
from followthearms.engine.watching import (
    AtomFile,
    Channel,
    LinesFile,
    Round,
    State,
    Watcher,
    keep_watching,
    places,
    sources,
)
from followthearms.engine.watching.channels import missing
from followthearms.engine.watching.mail import mail_to
from followthearms.errors import DeliveryError, UsageError
from followthearms.exchange.notices import title
from followthearms.model import Voice
from followthearms.model.notices import Matter, News, Notice, Unread
from followthearms.model.snapshots import Changed, New
from followthearms.register import Register
from followthearms.register.watching import Look
from followthearms.sources.fetch import FetchOptions
from tests.sources.servers import Answer, Request, answer, site

PLAN = Plan(voices=frozenset({Voice.FRAME}), screens=True)
FETCHING = FetchOptions(allowed=(ip_network("127.0.0.0/8"),), pause=0.0, step=5.0)
EVERY = dt.timedelta(minutes=15)
HOWITZERS = "Norway delivered 22 howitzers to Latvia in May 2023, the ministry in Oslo said."
RIFLES = "India ordered 600 AK-203 rifles from Russia on 4 March 2019, the ministry in Delhi said."
MORE = "India ordered 700 AK-203 rifles from Russia on 4 March 2019, the ministry in Moscow said."
RAIN = "It rained on Monday, and it is going to rain on Tuesday as well, the forecasters said."


@dataclass
class Collected:
    """A channel that keeps what it is told."""

    name: str = "collected"
    told: list[Notice] = field(default_factory=list)
    stops: BaseException | None = None

    def tell(self, notices: Sequence[Notice]) -> None:
        if self.stops:
            raise self.stops
        self.told += notices

    def take(self) -> list[tuple[Matter, str]]:
        """What was told since it was last asked."""
        found = [(one.news.matter, title(one)) for one in self.told]
        self.told.clear()
        return found


@dataclass
class Desk:
    """A register with a watch of some places, whose clock goes forward by an interval after each round."""

    folder: Path
    register: Register
    collected: Collected = field(default_factory=Collected)
    now: dt.datetime = dt.datetime(2026, 1, 2, 12, tzinfo=dt.UTC)
    is_over: Callable[[], bool] = lambda: False

    def round(self, *given: str | Path, channels: Sequence[Channel] = ()) -> Round:
        """A round of a process that was started for it."""
        with State.open(self.folder / "state", self.now) as state:
            return self.watcher(state, *given, channels=channels).round()

    def watcher(self, state: State, *given: str | Path, channels: Sequence[Channel] = ()) -> Watcher:
        return Watcher(
            self.register,
            state,
            places(map(str, given)),
            [self.collected, *channels],
            EVERY,
            PLAN,
            fetching=FETCHING,
            is_over=lambda: self.is_over(),
            clock=self.clock,
        )

    def clock(self) -> dt.datetime:
        self.now += EVERY
        return self.now


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Register.open(tmp_path / "register.db") as register:
        yield Desk(tmp_path, register)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def feed(*paths: str, **headers: str) -> bytes:
    items = "".join(f"<item><title>News</title><link>{path}</link></item>" for path in paths)
    body = f'<rss version="2.0"><channel><title>Courier</title>{items}</channel></rss>'
    return answer(body.encode(), Content_Type="application/rss+xml", **headers)


def page(*sentences: str, date: str = "") -> bytes:
    text = "".join(f"<p>{sentence}</p>" for sentence in sentences)
    head = f'<title>News</title><meta property="article:published_time" content="{date}">'
    html = f"<html><head>{head}</head><body><article><h1>News</h1>{text}</article></body></html>"
    return answer(html.encode(), Content_Type="text/html; charset=utf-8")


# What is read, and what is news in it


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


# Killed


class Killed(BaseException):
    """What ends a process without asking it."""


@pytest.mark.parametrize("inputs", [1, 4, 18])
def test_killed_while_it_reads_it_tells_all_of_it_afterwards_once(desk: Desk, inbox: Path, inputs: int) -> None:
    for n in range(20):
        (inbox / f"{n:02}.txt").write_text(HOWITZERS.replace("22", str(n + 20)) if n % 5 else RAIN)
    (inbox / "99.txt").write_text("")
    left = iter(range(inputs))

    def is_over() -> bool:
        if next(left, None) is None:
            raise Killed
        return False

    with State.open(desk.folder / "state", desk.now) as state:
        state.begin(desk.register.watching.first())
    desk.is_over = is_over
    with pytest.raises(Killed):
        desk.round(inbox)
    assert desk.collected.take() == []
    desk.is_over = lambda: False
    desk.round(inbox)
    told = {notice.id: notice for notice in desk.collected.told}
    deals = [one.news.about.deal.id for one in told.values() if not isinstance(one.news.about, Unread)]
    assert sorted(deals) == sorted(deal.id for deal in desk.register.deals())
    assert len(told) == len(desk.collected.told) == len(deals) + 1
    desk.collected.told.clear()
    assert desk.round(inbox).news == 0


def test_killed_before_it_tells_it_tells_it_at_the_next_start(desk: Desk, inbox: Path, tmp_path: Path) -> None:
    (inbox / "a.txt").write_text(HOWITZERS)
    lines = LinesFile(tmp_path / "news.jsonl")
    desk.round(channels=[lines])
    desk.collected.stops = Killed()
    with pytest.raises(Killed):
        desk.round(inbox, channels=[lines])
    assert not lines.path.exists()
    desk.collected.stops = None
    assert desk.round(inbox, channels=[lines]).news == 0
    (told,) = map(json.loads, lines.path.read_text().splitlines())
    (collected,) = desk.collected.told
    assert told["id"] == collected.id


@pytest.mark.parametrize("length", [0, 1, 30, 64, 65, 200, 10_000])
def test_a_file_of_lines_is_completed_where_a_killed_process_stopped(desk: Desk, inbox: Path, length: int) -> None:
    for name, text in (("a.txt", HOWITZERS), ("b.txt", RIFLES)):
        (inbox / name).write_text(text)
    desk.round(inbox)
    lines, notices = LinesFile(desk.folder / "news.jsonl"), desk.collected.told
    lines.tell(notices)
    whole = lines.path.read_bytes()
    assert len(whole.splitlines()) == 2
    before = b'{"id": "urn:uuid:an earlier one"}\n'
    lines.path.write_bytes(before + whole[:length])
    lines.tell(notices)
    assert lines.path.read_bytes() == before + whole


def test_what_is_missing_at_the_end_of_a_file() -> None:
    content = bytes(range(200))
    for end in range(201):
        assert missing(b"\xff\n" + content[:end], content) == content[end:]


# Where it goes


def test_a_feed_of_news_is_replaced_as_a_whole(desk: Desk, inbox: Path) -> None:
    with State.open(desk.folder / "state", desk.now) as state:
        news = AtomFile(desk.folder / "news.atom", f"urn:uuid:{state.name}", state.begun, state.latest)
        news.tell(())
        assert feedparser.parse(news.path.read_bytes()).entries == []
        watcher = desk.watcher(state, inbox, channels=[news])
        seen = []
        for name, text in (("a.txt", HOWITZERS), ("b.txt", RIFLES), ("c.txt", RAIN)):
            (inbox / name).write_text(text)
            watcher.round()
            seen.append([entry.id for entry in feedparser.parse(news.path.read_bytes()).entries])
    assert [len(ids) for ids in seen] == [1, 2, 2] and seen[1][1:] == seen[0] and seen[2] == seen[1]
    assert sorted(path.name for path in desk.folder.iterdir() if "atom" in path.name) == ["news.atom"]


def test_what_cannot_be_written_is_told_when_that_begins_and_made_up_for(desk: Desk, inbox: Path) -> None:
    lines = LinesFile(desk.folder / "later" / "news.jsonl")
    with State.open(desk.folder / "state", desk.now) as state:
        watcher = desk.watcher(state, inbox, channels=[lines])
        failures = []
        for name, text in (("a.txt", HOWITZERS), ("b.txt", RIFLES)):
            (inbox / name).write_text(text)
            failures.append([str(error) for error in watcher.round().undelivered])
        assert failures == [[f"{lines.path}: cannot be written (No such file or directory)"], []]
        lines.path.parent.mkdir()
        assert watcher.round().undelivered == ()
    assert len(lines.path.read_text().splitlines()) == 2 == len(desk.collected.told)


def test_one_watch_uses_a_state(desk: Desk, tmp_path: Path) -> None:
    with State.open(tmp_path / "state", desk.now) as state:
        state.join(["a"])
        with pytest.raises(UsageError, match="end the other `fta watch` that uses it"):
            State.open(tmp_path / "state", desk.now)
    State.open(tmp_path / "state", desk.now).close()
    (tmp_path / "text").write_text(RAIN * 20)
    with pytest.raises(UsageError, match="is not the state of a watch"):
        State.open(tmp_path / "text", desk.now)
    with pytest.raises(UsageError, match="cannot be used as the state of a watch"):
        State.open(tmp_path / "none" / "state", desk.now)


def test_it_goes_on_until_it_is_stopped(desk: Desk, inbox: Path) -> None:
    stopped, rounds = threading.Event(), []

    def on_round(done: Round) -> None:
        rounds.append(done)
        (inbox / "a.txt").write_text(HOWITZERS)
        if len(rounds) == 3:
            stopped.set()

    with State.open(desk.folder / "state", desk.now) as state:
        watcher = desk.watcher(state, inbox)
        watcher.every = dt.timedelta(seconds=0.01)
        keep_watching(watcher, stopped, on_round)
    assert [done.inputs for done in rounds] == [0, 1, 0]


def test_a_round_that_is_to_end_leaves_the_rest_to_the_next(desk: Desk) -> None:
    paths = [f"/{n}" for n in range(4)]
    pages: dict[str, Answer] = {path: page(RAIN, path) for path in paths}
    with site({"/feed": feed(*paths, ETag='"a"'), **pages}) as served:
        desk.is_over = lambda: "/1" in served.paths
        assert desk.round(served.url("/feed")).inputs == 2
        desk.is_over = lambda: False
        assert desk.round(served.url("/feed")).inputs == 2
        assert [served.paths.count(path) for path in paths] == [1, 1, 1, 1]


# By e-mail

NOTICE = Notice(
    id="urn:uuid:1",
    at=dt.datetime(2026, 1, 2, 12, tzinfo=dt.UTC),
    news=News(matter=Matter.UNREAD, about=Unread(where=("a",), problem="is empty")),
)


@dataclass
class Office:
    """What a mail server was given."""

    letters: list[Envelope] = field(default_factory=list)
    users: list[str] = field(default_factory=list)
    refused: str = ""

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.refused in envelope.rcpt_tos:
            return "550 nobody here"
        self.letters.append(envelope)
        return "250 taken"

    def login(self, server: SMTP, session: Session, envelope: Envelope, how: str, data: LoginPassword) -> AuthResult:
        self.users.append(data.login.decode())
        return AuthResult(success=data == LoginPassword(b"fta", b"a long password"))


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for localhost, and its key. A build machine must have openssl."""
    openssl = shutil.which("openssl")
    if openssl is None:
        if os.environ.get("CI"):
            pytest.fail("openssl is missing")
        pytest.skip("openssl is missing")
    folder = tmp_path_factory.mktemp("certificate")
    pem, key = folder / "site.pem", folder / "site.key"
    made = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost"
    names = ["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-out", str(pem), "-keyout", str(key)]
    subprocess.run([openssl, *made.split(), *names], check=True, capture_output=True)
    return pem, key


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def port(office: Office, certificate: tuple[Path, Path]) -> Iterator[int]:
    """The port of a mail server that takes letters after STARTTLS and a login."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    how = {"require_starttls": True, "auth_required": True, "authenticator": office.login, "tls_context": context}
    yield from _served(Controller(office, "127.0.0.1", _free_port(), **how))


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def _served(controller: Controller) -> Iterator[int]:
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


def configure(monkeypatch: pytest.MonkeyPatch, port: int, **others: str) -> None:
    known = {"URL": f"smtp://fta@127.0.0.1:{port}", "FROM": "fta@desk.example", "PASSWORD": "a long password"}
    for name, value in {**known, **others}.items():
        monkeypatch.setenv(f"FTA_SMTP_{name}", value)


def test_a_letter_a_round_to_each_person(
    desk: Desk,
    inbox: Path,
    office: Office,
    port: int,
    certificate: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    configure(monkeypatch, port)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    people = mail_to(["ann@desk.example", "ben@desk.example"], "https://register.example")
    for name, text in (("a.txt", HOWITZERS), ("b.txt", RAIN), ("c.txt", RIFLES)):
        (inbox / name).write_text(text)
        assert desk.round(inbox, channels=people).undelivered == ()
    assert [one.rcpt_tos for one in office.letters] == [["ann@desk.example"], ["ben@desk.example"]] * 2
    assert set(office.users) == {"fta"}
    letter = email.message_from_bytes(office.letters[0].content or b"", policy=email.policy.default)
    assert letter["Subject"] == "Follow the Arms: 1 new"
    (deal, *_) = [one.news.about.deal.id for one in desk.collected.told if not isinstance(one.news.about, Unread)]
    assert f"https://register.example/deals/{deal}" in letter.get_content()


def test_a_server_that_is_encrypted_from_the_first_byte(
    office: Office, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    monkeypatch.delenv("FTA_SMTP_PASSWORD", raising=False)
    for port in _served(Controller(office, "127.0.0.1", _free_port(), ssl_context=context)):
        monkeypatch.setenv("FTA_SMTP_URL", f"smtps://localhost:{port}")
        monkeypatch.setenv("FTA_SMTP_FROM", "fta@desk.example")
        (person,) = mail_to(["ann@desk.example"])
        person.tell([NOTICE])
    assert [one.rcpt_tos for one in office.letters] == [["ann@desk.example"]]


def test_letters_wait_for_a_server_that_is_away_or_refuses(
    desk: Desk, inbox: Path, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = _free_port()
    monkeypatch.setenv("FTA_SMTP_URL", f"smtp://127.0.0.1:{port}")
    monkeypatch.setenv("FTA_SMTP_FROM", "fta@desk.example")
    people = mail_to(["ann@desk.example", "ben@desk.example"])
    with State.open(desk.folder / "state", desk.now) as state:
        watcher = desk.watcher(state, inbox, channels=people)
        (inbox / "a.txt").write_text(HOWITZERS)
        first, _ = watcher.round().undelivered
        assert "no letter to ann@desk.example could be sent by 127.0.0.1:" in str(first)
        (inbox / "b.txt").write_text(RIFLES)
        assert watcher.round().undelivered == (), "said once"
        office.refused = "ben@desk.example"
        for _ in _served(Controller(office, "127.0.0.1", port)):
            watcher.round()
            assert [one.rcpt_tos for one in office.letters] == [["ann@desk.example"]] * 2
            office.refused = ""
            watcher.round()
            watcher.round()
    assert [one.rcpt_tos for one in office.letters[2:]] == [["ben@desk.example"]] * 2


def test_no_password_and_no_letter_goes_in_the_clear(
    office: Office, certificate: tuple[Path, Path], port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(monkeypatch, port)
    (untrusted,) = mail_to(["ann@desk.example"])
    with pytest.raises(DeliveryError, match="certificate"):
        untrusted.tell([NOTICE])
    monkeypatch.setattr("followthearms.engine.watching.mail._HERE", frozenset())  # as if it were another machine
    for plain in _served(Controller(office, "127.0.0.1", _free_port())):
        configure(monkeypatch, plain)
        (person,) = mail_to(["ann@desk.example"])
        with pytest.raises(DeliveryError, match="STARTTLS"):
            person.tell([NOTICE])
    assert office.letters == [] and office.users == []


@pytest.mark.parametrize(
    ("person", "settings", "problem"),
    [
        ("ann@desk.example\nBcc: eve@evil.example", {}, "is no address of e-mail"),
        ("Ann <ann@desk.example>", {}, "is no address of e-mail"),
        ("ann", {}, "is no address of e-mail"),
        ("ann@desk.example", {"FROM": "fta@desk.example\r\nX: y"}, "FTA_SMTP_FROM: .* is no address"),
        ("ann@desk.example", {"FROM": ""}, "say in FTA_SMTP_URL"),
        ("ann@desk.example", {"URL": "smtp://fta:secret@127.0.0.1"}, "put it into FTA_SMTP_PASSWORD"),
        ("ann@desk.example", {"URL": "http://127.0.0.1"}, "is no address of a mail server"),
        ("ann@desk.example", {"URL": "smtp://fta@127.0.0.1:x"}, "is no address of a mail server"),
        ("ann@desk.example", {"URL": "smtp://127.0.0.1"}, "go together"),
    ],
)
def test_who_writes_to_whom_is_checked_first(
    person: str, settings: dict[str, str], problem: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(monkeypatch, 25, **settings)
    with pytest.raises(UsageError, match=problem) as caught:
        mail_to([person])
    assert str(caught.value).isprintable() and "secret" not in str(caught.value)
