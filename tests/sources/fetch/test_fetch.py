"""Pages are fetched from where it is allowed, as much as is allowed, as often as is allowed; and from nowhere else."""

from __future__ import annotations

import gzip
import itertools
import socket
import time
import zlib
from collections.abc import Iterator, Sequence
from ipaddress import ip_network

import pytest

from followthearms.errors import FetchError
from followthearms.sources.fetch import Fetched, Fetcher, FetchOptions, fetch
from tests.sources.fetch.hostile_urls import REFUSED
from tests.sources.servers import Answer, Request, answer, drip, redirect, site

HERE = (ip_network("127.0.0.0/8"),)
OPTIONS = FetchOptions(max_bytes=1_000_000, step=2.0, whole=3.0, pause=0.0, allowed=HERE)
PAGE = answer(b"<html>Oslo</html>", Content_Type="text/html; charset=utf-8", ETag='"1"')


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    with Fetcher(OPTIONS) as opened:
        yield opened


def refused(fetcher: Fetcher, url: str, problem: str) -> FetchError:
    with pytest.raises(FetchError) as caught:
        fetcher.fetch(url)
    assert problem in str(caught.value)
    assert caught.value.remedy
    return caught.value


@pytest.mark.parametrize(("url", "problem"), REFUSED.items(), ids=map(ascii, REFUSED))
def test_a_hostile_address_is_refused_before_anything_is_sent(
    url: str, problem: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def connected(*_: object, **__: object) -> None:
        raise AssertionError("connected")

    monkeypatch.setattr(socket, "create_connection", connected)
    with Fetcher(FetchOptions(pause=0.0)) as fetcher:
        error = refused(fetcher, url, problem)
    assert str(error).isprintable()


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "::1", "::ffff:10.0.0.1", "fe80::1%lo", "64:ff9b::a00:1", "2002:7f00:1::", "169.254.1.1"],
)
def test_a_name_that_leads_inside_is_refused_even_if_it_leads_outside_too(address: str) -> None:
    with Fetcher(FetchOptions(pause=0.0), resolve=lambda host, port: ["93.184.215.14", address]) as fetcher:
        refused(fetcher, "https://news.example/", "is not on the public network")


def test_a_network_is_allowed_only_if_it_is_named() -> None:
    with site({"/": PAGE}) as served:
        with Fetcher(FetchOptions(allowed=(ip_network("127.0.0.2/32"),))) as fetcher:
            refused(fetcher, served.url("/"), "is not on the public network")
        assert served.requests == []


def test_what_is_connected_to_is_what_was_looked_at() -> None:
    """A name that leads elsewhere when it is asked a second time."""
    asked: list[str] = []

    def resolve(host: str, port: int) -> Sequence[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) <= 2 else ["10.0.0.1"]

    with site({"/": PAGE}) as served, Fetcher(OPTIONS, resolve=resolve) as fetcher:
        assert fetcher.fetch(served.url("/", "news.example")).data == b"<html>Oslo</html>"
        assert served.requests[-1].headers["host"] == f"news.example:{served.port}"
        assert asked == ["news.example"] * 2  # one connection for robots.txt, and one for the page
        refused(fetcher, served.url("/", "news.example"), "is not on the public network (10.0.0.1)")


def test_an_answer_tells_where_and_when_it_came_from(fetcher: Fetcher) -> None:
    with site({"/a": redirect("/b", "301 Moved"), "/b": PAGE}) as served:
        found = fetcher.fetch(served.url("/a#top"))
    assert (found.data, found.status, found.url) == (b"<html>Oslo</html>", 200, served.url("/b"))
    assert found.headers["content-type"] == "text/html; charset=utf-8"
    assert found.retrieved.utcoffset() is not None
    assert served.requests[-1].headers["user-agent"].startswith("followthearms/")


def test_what_has_not_changed_is_not_sent_again(fetcher: Fetcher) -> None:
    def conditional(connection: socket.socket, request: Request) -> None:
        is_known = request.headers.get("if-none-match") == '"1"'
        connection.sendall(answer(b"", "304 Not Modified") if is_known else PAGE)

    with site({"/": conditional}) as served:
        first = fetcher.fetch(served.url("/"))
        again = fetcher.fetch(served.url("/"), etag=first.headers["etag"], modified="Tue, 02 May 2023 08:15:00 GMT")
    assert (first.is_unchanged, again.is_unchanged, again.data) == (False, True, b"")
    assert served.requests[-1].headers["if-modified-since"] == "Tue, 02 May 2023 08:15:00 GMT"


# Redirects


@pytest.mark.parametrize(
    ("to", "problem"),
    [
        ("http://10.0.0.1/", "10.0.0.1/: is not fetched"),
        ("http://169.254.169.254/latest/", "is not on the public network"),
        ("http://2130706433/", "in disguise"),
        ("file:///etc/passwd", "only http and https"),
        ("http://user:pass@127.0.0.1/", "a name or a password"),
        ("http://127.0.0.1:22/", "port 22"),
        ("gopher://x", "only http and https"),
        ("http://①.example:x/", "no address"),
        ("/loop", "leads on more than 5 times"),
    ],
)
def test_each_redirect_is_looked_at_as_the_first_address_is(fetcher: Fetcher, to: str, problem: str) -> None:
    sent = to.encode().decode("latin-1")
    with site({"/loop": redirect(sent), "/": redirect(sent)}) as served:
        refused(fetcher, served.url("/loop" if to == "/loop" else "/"), problem)


# Size, time, damage

BOMB = gzip.compress(bytes(100_000_000), 9)


def test_a_content_that_unpacks_to_more_than_is_allowed_is_cut_off(fetcher: Fetcher) -> None:
    assert len(BOMB) < 100_000
    with site({"/": answer(BOMB, Content_Encoding="gzip")}) as served:
        refused(fetcher, served.url("/"), "larger than 1 MB")


def test_gzip_is_unpacked_in_all_its_parts(fetcher: Fetcher) -> None:
    parts = gzip.compress(b"Oslo ") + gzip.compress(b"Riga") + b"\0\0"
    with site({"/": answer(parts, Content_Encoding="gzip"), "/plain": answer(b"x", Content_Encoding="")}) as served:
        assert fetcher.fetch(served.url("/")).data == b"Oslo Riga"
        assert fetcher.fetch(served.url("/plain")).data == b"x"


def test_a_content_of_which_no_length_is_told_ends_at_the_limit(fetcher: Fetcher) -> None:
    start = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"
    endless = drip(itertools.chain([start], itertools.repeat(b"x" * 100_000)), 0.0)
    with site({"/": endless}) as served:
        refused(fetcher, served.url("/"), "larger than 1 MB")


SLOW = b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n"


@pytest.mark.parametrize(
    ("page", "problem"),
    [
        (answer(b"", Content_Length="9" * 30), "cannot be reached"),
        (answer(b"x", Content_Length="2000000"), "larger than 1 MB"),
        (answer(b"half", Content_Length="400"), "cannot be reached"),
        (answer(gzip.compress(b"Oslo" * 99)[:-9], Content_Encoding="gzip"), "ends too early"),
        (answer(b"no gzip at all", Content_Encoding="gzip"), "is damaged"),
        (answer(zlib.compress(b"x"), Content_Encoding="br"), "packed as 'br'"),
        (answer(gzip.compress(gzip.compress(b"x")), Content_Encoding="gzip, gzip"), "packed as 'gzip, gzip'"),
        (b"no http\r\n\r\n", "cannot be reached"),
        (b"", "cannot be reached"),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 100_000 + b"\r\n", "cannot be reached"),
        (answer(b"", "401 Unauthorized"), "only by who is logged in"),
        (answer(b"", "404 Not Found"), "does not exist"),
        (answer(b"", "429 Too Many"), "try again later"),
        (answer(b"", "500 Oops"), "answered with 500"),
        (answer(b"", "304 Not Modified"), "answered with 304"),
        (answer(b"", "302 Found"), "answered with 302"),
        (drip(iter([SLOW]), 9.0), "takes too long"),
        (drip((bytes([byte]) for byte in SLOW), 0.2), "takes too long"),
        (drip(itertools.chain([SLOW], itertools.repeat(b"x")), 0.2), "takes too long"),
    ],
    ids=range(19),
)
def test_an_answer_that_is_too_large_too_slow_or_broken_is_told(fetcher: Fetcher, page: Answer, problem: str) -> None:
    started = time.monotonic()
    with site({"/": page}) as served:
        refused(fetcher, served.url("/"), problem)
        assert time.monotonic() - started < 5


def test_nobody_there(fetcher: Fetcher) -> None:
    with site({}) as gone:
        pass
    refused(fetcher, gone.url("/"), "cannot be reached")
    with Fetcher(resolve=lambda host, port: []) as nowhere:
        refused(nowhere, "http://news.example/", "cannot be reached")


def test_a_name_that_nobody_knows(fetcher: Fetcher) -> None:
    refused(fetcher, "http://no-such-host.invalid/", "cannot be reached")
    refused(fetcher, f"http://{'a' * 70}.example/", "cannot be reached")


# Manners

RULES = b"User-agent: *\nDisallow: /private\nCrawl-delay: 7\n\n"
RULES += b"User-agent: followthearms\nDisallow: /not-you\nCrawl-delay: 4\n"


def test_robots_are_asked_once_and_obeyed(fetcher: Fetcher) -> None:
    pages: dict[str, Answer] = {"/robots.txt": answer(RULES), "/a": PAGE, "/private": PAGE, "/to": redirect("/not-you")}
    with site(pages) as served:
        with Fetcher(OPTIONS, sleep=lambda seconds: None) as patient:
            assert patient.fetch(served.url("/a")).status == patient.fetch(served.url("/private")).status == 200
            refused(patient, served.url("/not-you"), "says the robots.txt of its site")
            refused(patient, served.url("/to"), "/not-you: may not be read by programs")
        assert served.paths == ["/robots.txt", "/a", "/private", "/to"]


@pytest.mark.parametrize(
    ("robots", "is_allowed"),
    [
        (answer(b"", "404 Not Found"), True),
        (answer(b"", "403 Forbidden"), True),
        (answer(b"", "503 Down"), False),
        (answer(b"\xff\xfe\0 junk \n: :\nDisallow /"), True),
        (answer(b"User-agent: *\nDisallow: /"), False),
        (answer(b"User-agent: *\nDisallow: " + b"/*a" * 2000 + b"$\n" * 9 + b"x" * 900_000), True),
        (redirect("/other.txt"), False),
    ],
)
def test_what_a_site_allows_that_has_no_rules_or_strange_ones(
    fetcher: Fetcher, robots: bytes, is_allowed: bool
) -> None:
    with site({"/robots.txt": robots, "/": PAGE, "/other.txt": answer(b"User-agent: *\nDisallow: /")}) as served:
        if is_allowed:
            assert fetcher.fetch(served.url("/")).status == 200
        else:
            refused(fetcher, served.url("/"), "robots.txt")


def test_two_pages_of_a_host_lie_apart_and_of_two_hosts_do_not() -> None:
    slept: list[float] = []
    options = FetchOptions(pause=1.5, allowed=HERE)
    with site({"/": PAGE, "/b": PAGE}) as one, Fetcher(options, sleep=slept.append) as fetcher:
        fetcher.fetch(one.url("/"))
        fetcher.fetch(one.url("/", "127.0.0.2").replace("127.0.0.2", "localhost"))
        assert slept == []
        fetcher.fetch(one.url("/b"))
    assert len(slept) == 1 and 1.0 < slept[0] <= 1.5


def test_a_site_may_ask_for_more_patience() -> None:
    slept: list[float] = []
    with site({"/": PAGE, "/robots.txt": answer(RULES)}) as served, Fetcher(OPTIONS, sleep=slept.append) as fetcher:
        for _ in range(2):
            fetcher.fetch(served.url("/"))
    assert len(slept) == 1 and 3.5 < slept[0] <= 4.0


def test_one_page_needs_no_fetcher() -> None:
    with site({"/": PAGE}) as served:
        found = fetch(served.url("/"), OPTIONS)
    assert isinstance(found, Fetched) and found.data
