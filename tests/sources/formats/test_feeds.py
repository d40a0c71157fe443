"""What feeds tell, on disk and by address; nothing in them is opened or expanded."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from ipaddress import ip_network
from pathlib import Path

import pytest

from followthearms.errors import InputError, UnreadableFile
from followthearms.model import Document
from followthearms.sources import ReadOptions, read_source
from followthearms.sources.fetch import Fetcher, FetchOptions
from followthearms.sources.files import read_raw
from followthearms.sources.formats.feeds import Subscription, parse_feed, parse_opml
from followthearms.sources.raw import Raw
from followthearms.sources.web import raw_address
from tests.sources.servers import Answer, Site, answer, redirect, site

SENT = "Norway will send Latvia twelve howitzers in May, the defence ministry in Oslo said in a statement to reporters."
RSS = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Baltic &amp;amp; Courier</title>
<link>https://courier.example/</link><language>en-GB</language><copyright>CC BY 4.0</copyright>
<item><title>Howitzers for Latvia</title><link>/a</link><dc:creator>Anna Berg</dc:creator>
<pubDate>Tue, 02 May 2023 23:30:00 -0500</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>{sent}</p><script>alert(1)</script><ul><li>One<li>Two</ul>]]></content:encoded></item>
<item><title>Tanks</title><link>https://courier.example/b</link></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Courier</title><link href="https://courier.example/"/>
<entry><title type="html">Guns &lt;b&gt;now&lt;/b&gt;</title><link href="/c"/>
<updated>2023-06-01T00:00:00Z</updated>
<published>2023-05-02T01:00:00+09:00</published><author><name>Jo Roe</name></author><summary>{sent}</summary></entry>
<entry><title>Undated</title><updated>2023-06-01T00:00:00Z</updated><summary>{sent}</summary></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><item rdf:about="x"><title>Old</title><link>https://courier.example/d</link>
<dc:date>2023-05-02T08:15:00Z</dc:date><description>{sent}</description></item></rdf:RDF>"""
HERE = (ip_network("127.0.0.0/8"),)


def feed(source: str) -> bytes:
    return source.replace("{sent}", SENT).encode()


def read(path: Path) -> list[Document | InputError]:
    return list(read_source(path))


def test_a_feed_on_disk_gives_what_it_tells_itself(tmp_path: Path) -> None:
    (tmp_path / "news.rss").write_bytes(feed(RSS))
    told, linked = read(tmp_path / "news.rss")
    assert isinstance(told, Document)
    assert told.text == f"{SENT}\nOne\nTwo"
    assert (told.title, told.authors, told.outlet) == ("Howitzers for Latvia", ("Anna Berg",), "Baltic & Courier")
    assert (told.date, told.date_basis, told.url) == (dt.date(2023, 5, 2), "feed", "https://courier.example/a")
    assert (told.licence, told.language) == ("CC BY 4.0", "en")
    assert str(linked).startswith(f"{tmp_path}/news.rss, entry 2: is linked to, and not told; give the address")


def test_a_feed_is_known_by_its_beginning(tmp_path: Path) -> None:
    (tmp_path / "news.xml").write_bytes(b"<?xml version='1.0'?>\n<!-- made by hand -->\n" + feed(ATOM))
    first, second = read(tmp_path / "news.xml")
    assert isinstance(first, Document) and isinstance(second, Document)
    assert (first.date, first.authors, first.url) == (dt.date(2023, 5, 2), ("Jo Roe",), "https://courier.example/c")
    assert (second.date, second.url) == (None, None)  # the day of a change is none of publication
    assert first.title == "Guns now"


def test_the_oldest_kind_of_feed_dates_by_dublin_core() -> None:
    (entry,) = parse_feed(feed(RDF), "a").entries
    assert (entry.date, entry.text) == (dt.date(2023, 5, 2), SENT)


BOMB = '<!DOCTYPE x [<!ENTITY a "guns"><!ENTITY b "&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (BOMB.encode() + feed(RSS), "defines entities"),
        (OUTSIDE.encode() + feed(ATOM), "defines entities"),
        (b"<rss><channel>" + b"<item/>" * 3_000, "larger than a feed"),
        (b"<rss>" + bytes(6_000_000), "larger than a feed"),
        (b"<html><body>no feed</body></html>", "is no feed"),
        (b"", "is no feed"),
        (bytes(1000), "is no feed"),
        (b"<" * 100_000, "is no feed"),
        (b"<rss><channel><item>" + b"<a>" * 500_000, "nested deeper"),
    ],
)
def test_what_is_no_feed_or_a_hostile_one_is_refused_in_time(data: bytes, problem: str) -> None:
    started = time.process_time()
    with pytest.raises(UnreadableFile, match=problem) as caught:
        parse_feed(data, "news.rss")
    assert caught.value.remedy and time.process_time() - started < 10


@pytest.mark.parametrize(
    "inner",
    ["<a>" * 200, "<description>" + "&lt;div&gt;" * 50_000 + "</description>", "<link>javascript:alert(1)</link>",
     "<link>http://[x</link>", "<pubDate>" + "9" * 100_000 + "</pubDate>", "<title>\x00\ufffe</title>", "]]>&nbsp;<b"],
    ids=range(7),
)  # fmt: skip
def test_a_broken_entry_ends_in_time(inner: str) -> None:
    started = time.process_time()
    found = parse_feed(f'<rss version="2.0"><channel><item>{inner}</item></channel></rss>'.encode(), "a")
    assert all(entry.url is None and entry.date is None for entry in found.entries)
    assert time.process_time() - started < 10


# By address

PAGE = (
    "<html><head>{head}</head><body><article><h1>Howitzers for Latvia</h1><p>{sent}</p><p>{sent}</p></article></html>"
)
DATED = '<meta property="article:published_time" content="2023-05-01">'


def page(head: str = "") -> bytes:
    html = PAGE.replace("{head}", head).replace("{sent}", SENT).encode()
    return answer(html, Content_Type="text/html; charset=utf-8")


def item(path: str) -> str:
    return f"<item><link>{path}</link><pubDate>Tue, 02 May 2023 08:15:00 GMT</pubDate><author>Anna Berg</author></item>"


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    with Fetcher(FetchOptions(allowed=HERE, pause=0.0)) as opened:
        yield opened


def fetched(served: Site, path: str, fetcher: Fetcher) -> list[Document | InputError]:
    options = ReadOptions()
    found = raw_address(served.url(path), options, fetcher)
    return [one for raw in found for one in (read_raw(raw, options) if isinstance(raw, Raw) else [raw])]


def test_the_pages_of_a_feed_are_fetched(fetcher: Fetcher) -> None:
    links = "".join(map(item, ("/dated", "/undated", "/gone", "/moved", "http://10.0.0.1/", "")))
    pages: dict[str, Answer] = {
        "/feed": answer(f'<rss version="2.0"><channel>{links}</channel></rss>'.encode(), Content_Type="text/xml"),
        "/dated": page(DATED),
        "/undated": page(),
        "/moved": redirect("/dated"),
    }
    with site(pages) as served:
        dated, undated, gone, moved, inside, nowhere = fetched(served, "/feed", fetcher)
        assert isinstance(dated, Document) and isinstance(undated, Document) and isinstance(moved, Document)
        assert (dated.date, dated.date_basis, dated.url) == (dt.date(2023, 5, 1), "metadata", served.url("/dated"))
        assert (undated.date, undated.date_basis, undated.authors) == (dt.date(2023, 5, 2), "feed", ("Anna Berg",))
        assert undated.retrieved is not None and len(undated.raw_hash or "") == 64
        assert moved.id == dated.id
        assert str(gone) == f"{served.url('/gone')}: does not exist; check the address"
        assert "is not on the public network" in str(inside)
        assert str(nowhere).startswith(f"{served.url('/feed')}, entry 6: links to no page")


@pytest.mark.parametrize(
    ("sent", "text"),
    [
        (answer(SENT.encode("utf-16"), Content_Type="text/plain"), SENT),
        (answer("Миг.".encode("cp1251"), Content_Type="text/plain; charset=windows-1251"), "Миг."),
        (answer(b"\x00\x01", Content_Type="image/png"), "is of a kind that is not read (image/png)"),
        (answer(b"x"), "is of a kind that is not read"),
        (answer(b"", Content_Type="text/html"), "is empty"),
    ],
)
def test_what_an_address_holds_is_told_by_its_bytes_and_its_sender(fetcher: Fetcher, sent: bytes, text: str) -> None:
    with site({"/x": sent}) as served:
        (found,) = fetched(served, "/x", fetcher)
    assert text in (found.text if isinstance(found, Document) else str(found))


def test_an_address_is_read_as_a_file_is() -> None:
    with site({"/a": page(DATED)}) as served:
        (found,) = read_source(served.url("/a"), ReadOptions(networks=HERE))
        (refused,) = read_source(served.url("/a"))
    assert isinstance(found, Document) and found.title == "Howitzers for Latvia"
    assert "is not on the public network" in str(refused)
    (kind,) = read_source("ftp://courier.example/a")
    assert "only http and https are fetched" in str(kind)


# Lists of feeds

OPML = """<?xml version="1.0"?><opml version="2.0"><body><outline text="World">
<outline type="rss" text="Courier" xmlUrl="https://courier.example/feed"/>
<outline type="rss" title="Herald" xmlUrl="https://herald.example/rss"/><outline xmlUrl="file:///etc/passwd"/>
<outline text="again" xmlUrl="https://herald.example/rss"/></outline></body></opml>"""


def test_a_list_of_feeds_names_each_once() -> None:
    assert [found.url for found in parse_opml(OPML.encode(), "a.opml")] == [
        "https://courier.example/feed",
        "https://herald.example/rss",
    ]
    assert parse_opml(OPML.encode(), "a.opml")[0] == Subscription("Courier", "https://courier.example/feed")


@pytest.mark.parametrize(
    "data", [b"", b"<opml/>", b"<rss/>", b"<opml><outline", BOMB.encode() + OPML[21:].encode(), b"<a>" * 100_000]
)
def test_what_is_no_list_of_feeds_is_told(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match=r"a\.opml: ") as caught:
        parse_opml(data, "a.opml")
    assert caught.value.remedy
