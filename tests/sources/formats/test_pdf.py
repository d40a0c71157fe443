"""PDF: reading order, what is left out and what is told; and that no file harms the process that reads it."""

from __future__ import annotations

import random
import re
import zlib
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followthearms.errors import InputError, UnreadableFile
from followthearms.model import Document
from followthearms.sources import ReadOptions
from followthearms.sources.files import read_raw
from followthearms.sources.formats import pdf as reader
from followthearms.sources.formats.layout import Stretch, columns, without_running_heads
from followthearms.sources.raw import Form, Raw
from followthearms.sources.text.prose import text_of
from tests.sources.made import TEXT, column, pdf, scripted_pdf

LEFT, RIGHT = 50, 320
TOWNS = ("Oslo", "Riga", "Tallinn")


def read(data: bytes) -> list[Document | InputError]:
    return list(read_raw(Raw("report.pdf", "report.pdf", Form.PDF, data), ReadOptions()))


def document(data: bytes) -> Document:
    (made,) = read(data)
    assert isinstance(made, Document), made
    return made


def story(words: str) -> str:
    """Sentences in which each word tells where it stands."""
    return " ".join(f"{words} number {n} said that the guns were sent to Latvia in May." for n in range(12))


def test_columns_are_read_one_after_the_other_and_a_heading_before_both() -> None:
    lines = [
        *column(LEFT, 700, story("Oslo")),
        *column(RIGHT, 700, story("Riga")),
        (60, 740, "HOWITZERS FOR " + "LATVIA " * 6),
    ]
    random.Random(1).shuffle(lines)
    text = document(pdf([lines])).text
    assert text == f"HOWITZERS FOR {'LATVIA ' * 6}".strip() + f"\n\n{story('Oslo')}\n\n{story('Riga')}"


def test_a_sentence_goes_on_in_the_next_column_and_on_the_next_page() -> None:
    half = len(story("Oslo")) // 2 + 20
    first, second = story("Oslo")[:half].rsplit(" ", 1)
    lines = column(LEFT, 700, first), column(RIGHT, 700, second + story("Oslo")[half:])
    assert document(pdf([[*lines[0], *lines[1]]])).text == story("Oslo")
    made = document(pdf(list(lines)))
    assert made.text == story("Oslo")
    assert made.model_extra == {"pages": (0, len(first) + 1)}


def test_the_rows_of_a_table_are_not_torn_apart() -> None:
    rows = [
        (x, 700 - 12 * n, words)
        for n in range(8)
        for x, words in ((50, f"Norway {n}"), (200, f"{n} guns"), (350, "2019"))
    ]
    assert "Norway 3 3 guns 2019" in document(pdf([rows])).text


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["Norway sent how-", "itzers to Latvia."], "Norway sent howitzers to Latvia."),
        (
            ["It sent rockets: long-range rockets of long-", "range units."],
            "It sent rockets: long-range rockets of long-range units.",
        ),
        (
            ["It has a long way and a range of units of long-", "range rockets."],
            "It has a long way and a range of units of long-range rockets.",
        ),
        (["It sent rifles of the type AK-", "103 to Mali."], "It sent rifles of the type AK-103 to Mali."),
        (["A Franco-", "German gun was sent to Mali."], "A Franco-German gun was sent to Mali."),
        (["It sent the guns - or some -", "to Mali."], "It sent the guns - or some - to Mali."),
        (["It sent 12 T-", "72s to Mali."], "It sent 12 T-72s to Mali."),
    ],
)
def test_words_parted_at_the_end_of_a_line_are_joined(lines: list[str], text: str) -> None:
    assert document(pdf([[(50, 700 - 12 * n, line) for n, line in enumerate(lines)]])).text == text


@pytest.mark.parametrize(("gap", "indent", "mark"), [(12, 0, ""), (0, 20, ""), (0, 0, "2. "), (0, 0, "")])
def test_where_a_paragraph_begins(gap: float, indent: float, mark: str) -> None:
    first, second = story("Oslo"), f"{mark}{story('Riga')}"
    if gap or indent or mark:
        above = column(50, 700, first)
        (left, top, words), *rest = column(50, above[-1][1] - 12 - gap, second)
        assert document(pdf([[*above, (left + indent, top, words), *rest]])).text == f"{first}\n\n{second}"
    else:
        assert document(pdf([column(50, 700, f"{first} {second}")])).text == f"{first} {second}"


def test_what_stands_on_each_page_is_left_out_and_figures_in_the_text_are_not() -> None:
    pages = [
        [(50, 800, f"The Courier {2019}, page {n}"), *column(50, 700, story(name)), (290, 30, str(n))]
        for n, name in enumerate(TOWNS, 1)
    ]
    text = document(pdf(pages)).text
    assert "Courier" not in text
    assert text.split("\n\n") == [story(name) for name in TOWNS]


def test_the_number_of_a_single_page_is_left_out() -> None:
    assert document(pdf([[*column(50, 700, TEXT), (290, 30, "Page 1 of 1")]])).text == TEXT


def test_title_and_author_are_taken_and_the_day_it_was_made_is_not() -> None:
    made = document(pdf([column(50, 700, TEXT)], title="Howitzers for Latvia", author="A. Berg; B. Ozola"))
    assert (made.title, made.authors) == ("Howitzers for Latvia", ("A. Berg", "B. Ozola"))
    assert (made.date, made.date_basis) == (None, None)
    assert document(pdf([column(50, 700, TEXT)], title="Microsoft Word - draft.doc")).title is None


def test_scanned_pages_are_told_and_the_others_read() -> None:
    second, made = read(pdf([column(50, 700, TEXT), [], column(50, 700, "It said so.")]))
    assert str(second).startswith("report.pdf, page 2: has no text layer; have its text recognised (OCR)")
    assert isinstance(made, Document)
    assert made.text == f"{TEXT}\n\nIt said so."
    assert made.model_extra is not None
    starts = made.model_extra["pages"]
    assert [made.text[start:].split()[0] for start in starts] == ["Norway", "It", "It"]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (pdf([[], []]), "has no text layer on any of its 2 pages: it is a scan; have its text recognised"),
        (pdf([column(50, 700, TEXT)], password="secret"), "is behind a password; save it without one"),
        (bytes(1000), "is damaged, or no PDF"),
        (b"", "is damaged, or no PDF"),
        (pdf([column(50, 700, TEXT)])[:300], "is damaged, or no PDF"),
    ],
)
def test_what_cannot_be_read_is_one_error(data: bytes, problem: str) -> None:
    (told,) = read(data)
    assert isinstance(told, UnreadableFile)
    assert problem in str(told)


def test_scripts_do_not_run() -> None:
    assert document(scripted_pdf(TEXT)).text == TEXT  # which would not end if they did


@pytest.mark.parametrize(("name", "most"), [("_MEMORY", 1 << 28), ("_SECONDS", 1)])
def test_a_file_that_takes_too_much_ends_only_its_reader(monkeypatch: pytest.MonkeyPatch, name: str, most: int) -> None:
    monkeypatch.setattr(reader, name, most)
    packed = zlib.compress(b"BT /F1 12 Tf 50 700 Td (Norway sends guns to Mali) Tj ET\n" * 500_000)
    made = scripted_pdf(TEXT)
    content = b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (len(packed), packed)
    bomb = made[: made.index(b"4 0 obj")] + b"4 0 obj\n" + content + made[made.index(b"trailer") :]
    (told,) = read(bomb)
    assert isinstance(told, UnreadableFile)
    assert re.search(
        "is read up to page 0 of 1: it (takes more memory, time or text than one|took more than 2 s)", str(told)
    )


def test_damaged_files_are_read_or_told() -> None:
    chance, whole = random.Random(4), pdf([column(50, 700, TEXT * 3)] * 2)
    for _ in range(12):
        data = bytearray(whole)
        for _ in range(chance.choice((1, 5, 50))):
            at = chance.randrange(len(data))
            data[at : at + chance.randrange(20)] = chance.randbytes(chance.randrange(20))
        assert all(isinstance(item, Document | UnreadableFile) for item in read(bytes(data)))


PLACES = st.tuples(st.integers(0, 500), st.integers(0, 800), st.integers(1, 300), st.integers(1, 30))


@st.composite
def pages_of_stretches(draw: st.DrawFn) -> list[list[Stretch]]:
    pages = draw(st.lists(st.lists(PLACES, max_size=20), min_size=1, max_size=4))
    names = ("".join(letters) * 2 for letters in product("abcdefghij", repeat=2))
    return [[Stretch(next(names), x, y, x + width, y + height) for x, y, width, height in page] for page in pages]


@settings(max_examples=60, deadline=None)
@given(pages_of_stretches())
def test_every_stretch_is_in_the_text_once(pages: list[list[Stretch]]) -> None:
    text, starts = text_of([columns(page) for page in without_running_heads(pages)])
    assert sorted(text.split()) == sorted(stretch.text for page in pages for stretch in page)
    assert starts == sorted(starts) and len(starts) == len(pages)
    for page, start in zip(pages, starts, strict=True):
        assert not page or text[start:].split()[0] in {stretch.text for stretch in page}


def test_a_page_of_very_many_stretches_is_laid_out_in_time() -> None:
    chance = random.Random(2)
    page = [
        Stretch("words that stand here", x, y, x + 90, y + 10)
        for x, y in ((chance.random() * 500, chance.random() * 800) for _ in range(50_000))
    ]
    assert sum(map(len, columns(page))) <= 50_000
