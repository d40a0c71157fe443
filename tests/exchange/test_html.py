"""The page: it stands alone, runs nothing, and each cell leads to its words and back, however hostile the text."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from lxml.html import HtmlElement

from followthearms.exchange.html import fragment, report
from followthearms.model import Claim, Document, Extent, Kind, Party, Span
from followthearms.model.deals import Deal, Named

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=https://x.example/a.png onerror=alert(1)>",
    "\"' onmouseover=alert(1) x='",
    "</title></style></textarea>-->]]><svg/onload=alert(1)>",
    "{{ 7*7 }}{% raw %}",
    "&lt;b&gt; &amp; &#60;",
    "\u202eevil\u2066 \u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627",
    "half \ud800 pair \udfff\x00\x1b[31m",
    "javascript:alert(1)",
]


def hostile_document(words: str) -> Document:
    text = f"{words} sold {words} rifles.\n\n{words}"
    size = len(words)
    claim = Claim(
        kind=(Kind.SUPPLY,),
        evidence=Extent(start=0, end=len(text)),
        trigger=Span(start=size + 1, end=size + 5, text="sold"),
        supplier=(Party(start=0, end=size, text=words, code=words),),
    )
    return Document(
        id=words, title=words, outlet=words, url=words, licence=words, text=text, claims=(claim,), extra=words
    )


def page_of(documents: list[Document], deals: list[Deal] | None = None) -> HtmlElement:
    source = report(documents, deals or [])
    source.encode("utf-8")
    return html.document_fromstring(source)


def assert_is_inert(page: HtmlElement) -> None:
    assert {element.tag for element in page.iter() if isinstance(element.tag, str)} <= {
        *("html", "head", "meta", "title", "style", "body", "header", "nav", "main", "section", "article", "footer"),
        *("h1", "h2", "h3", "p", "a", "b", "strong", "span", "div", "bdi", "blockquote", "details", "summary"),
        *("table", "thead", "tbody", "tr", "th", "td", "dl", "dt", "dd", "ol", "li"),
    }
    for element in page.iter():
        for name, value in element.attrib.items():
            assert not name.startswith("on")
            assert name not in ("src", "srcset", "style", "action", "formaction", "background", "data")
            if name == "href":
                assert value.startswith("#")


def assert_links_lead_somewhere(page: HtmlElement) -> None:
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {href.removeprefix("#") for href in page.xpath("//a/@href")} <= set(ids)


def test_page_shows_deals_articles_and_the_caution(article: Document, deal: Deal) -> None:
    page = page_of([article], [deal])
    shown = " ".join(page.text_content().split())
    assert "Russia → India" in shown
    assert "700,000; about 750,000" in shown
    assert "Reported, not proven" in shown
    assert "not evidence of no transfer" in shown
    assert_is_inert(page)
    assert_links_lead_somewhere(page)


def test_each_cell_of_a_claim_leads_to_its_words_and_these_lead_back(article: Document) -> None:
    page = page_of([article])
    for number, claim in enumerate(article.claims, start=1):
        (card,) = page.xpath(f"//li[@id='a1-c{number}']")
        links = list(card.xpath(".//dd/a"))
        assert len(links) == sum(slot not in ("evidence", "trigger") for slot, _ in claim.spans())
        for link in links:
            (words,) = page.xpath(f"//*[@id='{link.get('href')[1:]}']")
            assert words.text_content() == link.text_content()
            assert words.xpath(".//a[starts-with(@href, '#a1-c')]")
        assert page.xpath(f"//div[@class='text']//a[@class='ref'][@href='#a1-c{number}']")


def test_the_text_is_whole(article: Document) -> None:
    (text,) = page_of([article]).xpath("//div[@class='text']")
    for reference in text.xpath(".//a[@class='ref']"):
        reference.text = ""
    assert text.text_content() == article.text


def test_both_sides_of_a_contradiction_are_quoted(article: Document, deal: Deal) -> None:
    sides = page_of([article], [deal]).xpath("//section[@id='contradictions']//div[@class='side']")
    assert [side.xpath("string(p)") for side in sides] == ["700,000", "750,000"]
    assert all(article.text[:20] in side.text_content() for side in sides)


def test_the_policy_forbids_all_but_the_style_of_the_page(article: Document) -> None:
    page = page_of([article])
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    digest = base64.b64encode(hashlib.sha256(page.xpath("string(//style)").encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def test_the_style_refers_to_nothing_outside() -> None:
    import followthearms

    style = (Path(followthearms.__file__).parent / "data/report/report.css").read_text("utf-8")
    assert not re.search(r"url\(|@import|https?:", style)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_text_is_only_text(words: str, deal: Deal) -> None:
    document = hostile_document(words)
    named = Named(name=words, code=words)
    page = page_of([document], [deal.model_copy(update={"id": words, "supplier": (named,), "places": (named,)})])
    assert_is_inert(page)
    assert_links_lead_somewhere(page)


@given(st.text(alphabet=st.characters(exclude_categories=()), min_size=1, max_size=30))
@settings(max_examples=40)
def test_any_text_makes_an_inert_page(words: str) -> None:
    page = page_of([hostile_document(words)])
    assert_is_inert(page)
    assert_links_lead_somewhere(page)


def test_two_fragments_on_one_page_do_not_share_anchors(article: Document) -> None:
    other = Document(text=f"Then {article.text}")
    page = html.document_fromstring(fragment([article]) + fragment([other]))
    assert_links_lead_somewhere(page)
    assert_is_inert(page)


def test_a_page_without_documents_says_so() -> None:
    assert "No article has been read" in report([])
