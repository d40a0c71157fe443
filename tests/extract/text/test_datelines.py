"""A line above a report that ends with its date dates the report; a date inside a sentence does not."""

from __future__ import annotations

import datetime as dt

import pytest

from followthearms.extract.text.blocks import Basis, Publication, find_blocks, published

BODY = (
    "The ministry has approved the sale of twelve howitzers to Norway, a spokesman said, and more are to follow soon."
)
DAY = dt.date(2019, 9, 11)


@pytest.mark.parametrize(
    "above",
    [
        "OSLO, September 11, 2019",
        "Oslo, 11.09.2019",
        "OSLO, Norway, Wednesday, Sept. 11, 2019.",
        "Notice to Parliament, OSLO, September 11, 2019",
        "Wednesday, 11 September 2019",
        "Published on 11 September 2019",
        "Norway – Howitzers\n\n11 September 2019",
        "Press release\n\npress@ministry.example\n\nDate: September 11, 2019",
    ],
)
def test_a_line_dates_the_report(above: str) -> None:
    text = f"{above}\n\n{BODY}"
    blocks = find_blocks(text)
    assert published(blocks) == Publication(DAY, Basis.DATELINE)
    assert [text[e.start : e.end] for e in blocks.prose] == [*above.split("\n\n")[:-1], BODY]


@pytest.mark.parametrize(
    "text",
    [
        f"The contract was signed on September 11, 2019\n\n{BODY}",
        f"Norway to get howitzers by September 11, 2019\n\n{BODY}",
        f"Howitzers in a yard, September 11, 2019\n\n{BODY}",
        f"{BODY}\n\nOslo, September 11, 2019\n\n{BODY}",
        f"Oslo, 31.02.2019\n\n{BODY}",
        f"September 2019\n\n{BODY}",
        f"{BODY} It was signed in Oslo, September 11, 2019",
        "Oslo, September 11, 2019",
    ],
)
def test_what_dates_no_report(text: str) -> None:
    assert published(find_blocks(text)) is None


def test_a_dateline_may_follow_a_heading_or_the_date() -> None:
    release = find_blocks(f"Norway - Howitzers\n\nOSLO, September 11, 2019 - {BODY}")
    assert published(release) == Publication(DAY, Basis.DATELINE)
    both = find_blocks(f"September 11, 2019\n\nOSLO (Harbour News) - {BODY}")
    assert published(both) == Publication(DAY, Basis.DATELINE)
    assert both.dateline is not None and both.dateline.agency == "Harbour News"
