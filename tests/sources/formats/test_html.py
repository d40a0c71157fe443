"""A page becomes its article and what it says of itself; hostile and broken pages end in time, with a reason."""

from __future__ import annotations

import datetime as dt
import time

import pytest

from followthearms.errors import UnreadableFile
from followthearms.model import Document
from followthearms.sources.formats.html import read_html
from followthearms.sources.options import ReadOptions

TEXT = "Norway will send Latvia twelve howitzers in May, the defence ministry in Oslo said in a statement to reporters."
PAGE = (
    "<!doctype html><html><head>{head}</head><body><article><h1>Howitzers for Latvia</h1>{body}</article></body></html>"
)
JSON_LD = '<script type="application/ld+json">{"@type": "NewsArticle", %s}</script>'


def read(head: str = "", body: str = f"<p>{TEXT}</p><p>{TEXT}</p>", url: str | None = None) -> Document:
    return read_html(PAGE.format(head=head, body=body).encode(), "a.html", "a.html", ReadOptions(), url=url)


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("", "Howitzers for Latvia"),
        ("<title>Guns | Courier</title>", "Howitzers for Latvia"),
        ('<meta property="og:title" content="Guns &amp; more">', "Guns & more"),
        (
            '<meta name="twitter:title" content="Guns – Courier"><meta property="og:site_name" content="Courier">',
            "Guns",
        ),
        (JSON_LD % '"headline": "Guns &quot;given&quot;"', 'Guns "given"'),
        ('<meta property="og:title" content="How&shy;itzers, donâ€™t wait">', "Howitzers, don’t wait"),
    ],
)
def test_the_title(head: str, title: str) -> None:
    assert read(head).title == title


@pytest.mark.parametrize(
    ("head", "authors"),
    [
        ("", ()),
        ('<meta name="author" content="By Anna Berg">', ("Anna Berg",)),
        ('<meta name="author" content="Anna Berg, Jo Roe and Kim Li; Anna Berg">', ("Anna Berg", "Jo Roe", "Kim Li")),
        ('<meta name="citation_author" content="Berg, Anna"><meta name="citation_author" content="Roe, Jo">',
         ("Berg, Anna", "Roe, Jo")),
        ('<meta property="article:author" content="https://face.example/anna">', ()),
        ('<meta name="author" content="admin"><meta name="dc.creator" content="Anna Berg">', ("Anna Berg",)),
        (JSON_LD % '"author": [{"@type": "Person", "name": "Anna Berg"}, {"name": "Jo Roe"}]', ("Anna Berg", "Jo Roe")),
        (JSON_LD % '"author": "Anna Berg"', ("Anna Berg",)),
    ],
)  # fmt: skip
def test_the_authors(head: str, authors: tuple[str, ...]) -> None:
    assert read(head).authors == authors


def test_an_author_who_is_marked_in_the_page() -> None:
    body = f'<a rel="author" href="/anna">Anna Berg</a><p>{TEXT}</p><p>{TEXT}</p>'
    assert read(body=body).authors == ("Anna Berg",)


@pytest.mark.parametrize(
    ("head", "found_at", "url"),
    [
        ("", None, None),
        ("", "https://a.example/x?id=3#top", "https://a.example/x?id=3"),
        ('<link rel="canonical" href="/x">', "https://a.example/x?ref=mail", "https://a.example/x"),
        ('<link rel="canonical" href="https://a.example/">', "https://a.example/x", "https://a.example/x"),
        ('<link rel="canonical" href="/x">', None, None),
        ('<link rel="canonical" href="javascript:x"><meta property="og:url" content="https://a.example/y">', None,
         "https://a.example/y"),
        ('<link rel="canonical" href="http://[x">', None, None),
        (JSON_LD % '"mainEntityOfPage": {"@id": "https://a.example/z"}', None, "https://a.example/z"),
    ],
)  # fmt: skip
def test_the_address(head: str, found_at: str | None, url: str | None) -> None:
    assert read(head, url=found_at).url == url


@pytest.mark.parametrize(
    ("head", "outlet"),
    [
        ("", "a.example"),
        ('<meta property="og:site_name" content="Courier">', "Courier"),
        (JSON_LD % '"publisher": {"@type": "Organization", "name": "Courier"}', "Courier"),
        (
            '<meta name="publisher" content="https://a.example/"><meta name="application-name" content="Courier">',
            "Courier",
        ),
    ],
)
def test_the_outlet(head: str, outlet: str) -> None:
    assert read(head, url="https://www.a.example/x").outlet == outlet


@pytest.mark.parametrize(
    ("head", "licence"),
    [
        ("", None),
        ('<link rel="license" href="https://creativecommons.org/licenses/by-sa/4.0/deed.en">', "CC BY-SA 4.0"),
        ('<link rel="license" href="http://creativecommons.org/publicdomain/zero/1.0/">', "CC0 1.0"),
        ('<meta name="dcterms.rights" content="Open Government Licence v3.0">', "Open Government Licence v3.0"),
        (JSON_LD % '"license": "https://a.example/terms"', "https://a.example/terms"),
    ],
)
def test_the_licence(head: str, licence: str | None) -> None:
    assert read(head).licence == licence


def test_the_language_is_that_of_the_text_whatever_the_page_declares() -> None:
    assert read('<meta http-equiv="content-language" content="de">').language == "en"
    german = "Norwegen liefert Lettland im Mai zwölf Haubitzen, teilte das Ministerium in Oslo am Dienstag mit. " * 3
    assert read('<meta property="og:locale" content="en_GB">', f"<p>{german}</p>").language == "de"
    assert read('<meta property="og:locale" content="nb_NO">', "<p>" + "12 · 48 · 96 " * 30 + "</p>").language == "nb"


def test_what_is_told_of_the_copy() -> None:
    at = dt.datetime(2023, 5, 3, 9, tzinfo=dt.UTC)
    page = PAGE.format(head='<meta charset="utf-8">', body=f"<p>{TEXT} “So.”</p>" * 2).encode("cp1252")
    found = read_html(page, "a", "a", ReadOptions(), retrieved=at)
    assert (found.retrieved, found.date) == (at, None)
    assert found.encoding == "cp1252 by its bytes, though utf-8 is declared"
    assert "“So.”" in found.text


def test_what_the_extraction_would_drop_is_mended_and_comes_back() -> None:
    said = "the min&shy;ister\u0092s men said\u200b. It donâ€™t cost."
    body = f"<p>Norway will send Lat&#173;via twelve how\u00aditzers in May, {said}</p>"
    found = read(body=body * 3)
    assert "Latvia twelve howitzers in May, the minister’s men said. It don’t cost." in found.text
    assert (
        "Lat\u00advia twelve how\u00aditzers in May, the min\u00adister\u0092s men said\u200b. It donâ€™t"
        in found.original
    )


def test_the_encoding_of_xml_is_heard() -> None:
    page = '<?xml version="1.0" encoding="windows-1251"?>' + PAGE.format(head="", body=f"<p>{TEXT} Миг.</p>" * 2)
    assert "Миг." in read_html(page.encode("cp1251"), "a", "a", ReadOptions()).text


@pytest.mark.parametrize(
    ("page", "problem"),
    [
        ("<html><body>" + "<div>" * 100_000 + TEXT, "nested deeper than 2,048"),
        ("<table><tr><td>" * 50_000, "nested deeper than 2,048"),
        ("<html><body>" + "<p>x</p>" * 200_000, "more than 100,000 elements"),
        ("<html><body></body></html>", "no article"),
        ("<!doctype html>", "no article"),
        ("<!--" * 9_000, "no article"),
        ("<a href='" * 90_000, "no article"),
    ],
)
def test_a_hostile_page_is_refused_in_time(page: str, problem: str) -> None:
    started = time.process_time()
    with pytest.raises(UnreadableFile, match=problem):
        read_html(page.encode(), "a.html", "a.html", ReadOptions())
    assert time.process_time() - started < 10


@pytest.mark.parametrize(
    "head",
    [
        JSON_LD % ('"author": ' + "[" * 50_000),
        JSON_LD % ('"author": ' + "[" * 5_000 + "]" * 5_000),
        '<script type="application/ld+json">' + '{"@graph": [' * 3_000 + "]}" * 3_000 + "</script>",
        '<script type="application/ld+json">[1, null, {"@type": 5, "author": {"name": {}}}]</script>' * 200,
        JSON_LD % '"datePublished": 20230502, "url": 7, "headline": {"x": 1}, "author": [null, 3], "publisher": [[]]',
        '<meta name="author" content="' + "a and " * 300_000 + '">',
        '<meta property="article:published_time" content="' + "2" * 300_000 + '">',
        f"<title>{'x - ' * 100_000}</title>",
    ],
    ids=range(8),
)
def test_hostile_metadata_do_not_stop_the_article(head: str) -> None:
    started = time.process_time()
    assert TEXT in read(head).text
    assert time.process_time() - started < 10


def test_tags_that_were_never_closed_do_not_cut_the_article_off() -> None:
    assert read(body="".join(f"<font><b><p>{TEXT} {n}." for n in range(200))).text.endswith("199.")


def test_markup_is_never_text() -> None:
    code = "<script>alert(1)</script><style>p {}</style>"
    body = f"<p>{TEXT}</p>{code}<p>1 &lt; 2 &amp;lt; {TEXT}</p><p onclick=x>{TEXT}</p>"
    text = read(body=body).text
    assert "1 < 2 " in text
    assert not any(word in text for word in ("alert", "onclick", "{}", "<p"))
