"""The main text of a page, roughly, by which it is judged before it is taken apart."""

import time

import pytest

from followthearms.sources import ReadOptions
from followthearms.sources.raw import Form, Origin, Raw
from followthearms.sources.skimming import skim

SALE = "Norway sold twelve anti-ship missiles to Chile, the ministry in Oslo said on Monday."
BESIDE = "Sweden will deliver rifles to Kenya"
PAGE = f"""<html><head><title>News</title><script>var sold = "rifles";</script></head><body>
<nav><ul><li><a href="/a">{BESIDE}</a></li><li><a href="/b">Sport</a></li></ul></nav>
<article><h1>Missiles for Chile</h1><p>{SALE}</p><p>{"The harbour stayed closed for a week. " * 8}</p></article>
<footer><a href="/c">{BESIDE}</a></footer></body></html>"""


def skimmed(data: bytes, charset: str | None = None) -> str | None:
    return skim(Raw("page", "", Form.HTML, data, charset=charset, origin=Origin.ARCHIVED), ReadOptions())


def test_it_has_the_article_and_not_what_is_around_it() -> None:
    text = skimmed(PAGE.encode())
    assert text is not None
    assert SALE in text
    assert BESIDE not in text
    assert "var sold" not in text


@pytest.mark.parametrize(
    ("written", "charset"),
    [
        (PAGE.replace("missiles", "mis\u00adsiles").encode(), None),
        (PAGE.replace("missiles", "mis&shy;siles").encode(), None),
        (PAGE.replace("missiles", "<b>miss</b>iles").encode(), None),
        (PAGE.replace("missiles", "&#109;issiles").encode(), None),
        (PAGE.replace("Chile,", "Chile\u2019s navy,").encode("cp1252"), "windows-1252"),
        (PAGE.encode("utf-16"), None),
    ],
)
def test_words_are_whole_however_they_are_written(written: bytes, charset: str | None) -> None:
    assert "anti-ship missiles to Chile" in (skimmed(written, charset) or "")


def test_a_page_that_would_take_long_is_left_to_the_one_who_can_refuse_it() -> None:
    begun = time.process_time()
    assert skimmed(b"<DIV>" * 200_000 + SALE.encode()) is None
    assert skimmed(b"<article><p>" * 50_000 + SALE.encode()) is None
    assert time.process_time() - begun < 5


def test_without_text_there_is_nothing_to_judge_by() -> None:
    assert skimmed(b"<html><body><img src=a.png></body></html>") is None
    assert skimmed(b"\x00\x01\x02") is None
