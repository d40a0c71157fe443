"""Blocks tell the prose of an article from what stands around it."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followthearms.extract.text.blocks import LONGEST, Basis, BlockKind, find_blocks, published

BODY = "The navy took over two frigates on Monday, and the yard said that a third would follow before the summer."


def prose(text: str, title: str | None = None) -> list[str]:
    """The words that are to be parsed."""
    return [text[e.start : e.end] for e in find_blocks(text, title).prose]


@pytest.mark.parametrize(
    ("dateline", "place", "agency", "when"),
    [
        ("TEHRAN - ", "TEHRAN", None, None),
        ("NEW DELHI — ", "NEW DELHI", None, None),
        ("New Delhi [India], Oct 29 (ANI): ", "New Delhi", "ANI", "Oct 29"),
        ("MOSCOW, March 3 (TASS) - ", "MOSCOW", "TASS", "March 3"),
        ("MOSCOW, March 3 (TASS). ", None, None, None),
        ("SAN SALVADOR, 14 NOV 89 (LA PRENSA GRAFICA) -- [TEXT] ", "SAN SALVADOR", "LA PRENSA GRAFICA", "14 NOV 89"),
        ("MOSCOW (USSR), 23 JAN 90 (TASS) -- [TEXT] ", "MOSCOW", "TASS", "23 JAN 90"),
        ("PARIS (Reuters) - ", "PARIS", "Reuters", None),
        ("Moscow: ", "Moscow", None, None),
        ("Exclusive: ", None, None, None),
        ("", None, None, None),
    ],
)
def test_datelines(dateline: str, place: str | None, agency: str | None, when: str | None) -> None:
    found = find_blocks(dateline + BODY).dateline
    told = (found.place, found.agency, found.when) if found else (None, None, None)
    assert told == (place, agency, when)
    assert prose(dateline + BODY) == ([BODY] if place else [dateline + BODY])


def test_a_full_date_of_the_text_is_its_day_of_publication() -> None:
    assert published(find_blocks(f"date 2021-06-14 Lima [Peru], Jun 14 (Andina): {BODY}")) == (
        dt.date(2021, 6, 14),
        Basis.METADATA,
    )
    assert published(find_blocks(f"LIMA, 14 NOV 89 (EFE) -- [TEXT] {BODY}")) == (dt.date(1989, 11, 14), Basis.DATELINE)
    assert published(find_blocks(BODY, "LIMA, 14 NOV 89 (EFE) -- [TEXT] THE NAVY")) == (
        dt.date(1989, 11, 14),
        Basis.TITLE,
    )


def test_a_dateline_takes_no_year_that_nobody_gave() -> None:
    blocks = find_blocks(f"MOSCOW, March 3 (TASS) - {BODY}")
    assert published(blocks) is None
    assert published(blocks, 2019) == (dt.date(2019, 3, 3), Basis.DATELINE)
    assert published(find_blocks(BODY)) is None


def test_headline_and_dateline_and_web_furniture() -> None:
    headline = "Navy takes over two frigates"
    text = f"{headline}\n\nOslo: {BODY}\n\nLeave a Reply\n\nYour email address will not be published."
    blocks = find_blocks(text)
    assert blocks.headline is not None and text[: blocks.headline.end] == headline
    assert prose(text) == [headline, BODY]
    assert len(blocks.of(BlockKind.BOILERPLATE)) == 2


@pytest.mark.parametrize(
    "furniture",
    [
        "Read more: Frigates that were late",
        "(Reporting by Ann Ames in Oslo; Editing by Bo Berg)",
        "Subscribe to our newsletter for more.",
        "All Content by Harbour News is licensed under CC BY 4.0.",
        "Source",
    ],
)
def test_boilerplate_is_not_parsed(furniture: str) -> None:
    assert prose(f"{BODY}\n\n{furniture}") == [BODY]


def test_boilerplate_inside_a_paragraph() -> None:
    licence = "All Content by Harbour News is licensed under CC BY 4.0."
    assert prose(f"{BODY} {licence}") == [BODY]
    assert prose(f"{BODY} (ANI)") == [BODY]


def test_a_caption_is_parsed_without_its_credit() -> None:
    text = f"{BODY}\n\nA frigate leaves the yard in Bergen. (Photo by Ann Ames / Getty Images)"
    blocks = find_blocks(text)
    assert [text[e.start : e.end] for e in blocks.of(BlockKind.CAPTION)] == ["A frigate leaves the yard in Bergen."]


def test_a_byline_that_opens_the_text() -> None:
    assert prose(f"SOURCE: ANN AMES / DESK / HARBOUR.ORG {BODY}") == [BODY]


def test_lines_wrapped_by_hand_are_one_paragraph() -> None:
    wrapped = (
        "The navy took over two frigates on Monday, and the yard in which they\n"
        "were built said that a third would follow before the end of summer,\n"
        "if the engines came in time."
    )
    assert prose(f"{wrapped}\n\n{wrapped}") == [wrapped, wrapped]


def test_headings_and_list_items_stand_alone() -> None:
    assert prose("What was agreed\nThe two ministers signed for:\n- two frigates\n- one tanker") == [
        "What was agreed",
        "The two ministers signed for:",
        "- two frigates",
        "- one tanker",
    ]


def test_a_line_of_a_megabyte_is_cut_between_sentences() -> None:
    text = f"{BODY} " * 10_000
    blocks = find_blocks(text)
    assert all(e.end - e.start <= LONGEST for e in blocks.prose)
    assert "".join(prose(text)).replace(" ", "") == text.replace(" ", "")


@given(st.text(alphabet=st.sampled_from("Aa.:\n -(){}[]0129©\u202e\ud800é,")) | st.text(), st.none() | st.text())
@settings(max_examples=100, deadline=None)
def test_blocks_are_in_order_and_trimmed(text: str, title: str | None) -> None:
    blocks = find_blocks(text, title)
    end = 0
    for block in blocks.items:
        assert end <= block.extent.start < block.extent.end <= len(text)
        words = text[block.extent.start : block.extent.end]
        assert words == words.strip()
        end = block.extent.end
    published(blocks)
