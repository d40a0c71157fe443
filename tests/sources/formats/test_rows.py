"""Tables of articles: CSV and its like, JSON lines, Parquet."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import tracemalloc
from itertools import chain, repeat
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet
from typing_extensions import Buffer

from followthearms.errors import FormatError, InputError, UnreadableFile, UsageError
from followthearms.model import Document
from followthearms.sources import ReadOptions, read_source
from followthearms.sources.formats.rows.columns import stated_columns
from followthearms.sources.formats.rows.separated import unpack_separated
from tests.sources.made import TEXT, json_lines

HEADER = ["Headline", "Published", "Source", "Body"]
ROW = ["Howitzers for Latvia", "2023-05-02", "Baltic Courier", TEXT]


def table(rows: list[list[str]], mark: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=mark).writerows(rows)
    return out.getvalue()


def read(folder: Path, name: str, content: str | bytes, **options: Any) -> list[Document | InputError]:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(read_source(path, ReadOptions(**options)))


@pytest.mark.parametrize(("name", "mark"), [("a.csv", ","), ("a.csv", ";"), ("a.tsv", "\t"), ("a.csv", "|")])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_row_is_an_article_by_the_names_of_the_columns(tmp_path: Path, name: str, mark: str, encoding: str) -> None:
    rows = [HEADER, ROW, [f"A “gift”{mark} they say", "", "Le Café", f"{TEXT}\n\nIt was, “{TEXT}”"]]
    first, second = read(tmp_path, name, table(rows, mark).encode(encoding))
    assert isinstance(first, Document) and isinstance(second, Document)
    assert (first.title, first.outlet, first.text) == ("Howitzers for Latvia", "Baltic Courier", TEXT)
    assert (first.date, first.date_basis, first.language) == (dt.date(2023, 5, 2), "metadata", "en")
    assert first.raw_hash and first.raw_hash != second.raw_hash
    assert (second.title, second.outlet, second.date) == (" ".join(f"A “gift”{mark} they say".split()), "Le Café", None)
    assert second.text == f"{TEXT}\n\nIt was, “{TEXT}”"
    assert second.encoding == ("cp1252 by its bytes, as nothing is declared" if encoding == "cp1252" else None)


def test_a_table_without_texts_is_told_with_its_columns(tmp_path: Path) -> None:
    (told,) = read(tmp_path, "a.csv", table([[f"c{n}" for n in range(100)], ["x"] * 100]))
    assert isinstance(told, FormatError)
    assert "has no column that is known to hold texts; it has c0, c1, c2" in str(told)
    assert "c19 and 80 more; say which one with --column, as in --column text=Body" in str(told)


def test_columns_are_named_where_their_names_do_not_tell(tmp_path: Path) -> None:
    content = table([["c1", "c2"], [TEXT, "2 May 2023"]])
    (made,) = read(tmp_path, "a.csv", content, columns=stated_columns(["text=c1", "date=c2"]))
    assert isinstance(made, Document)
    assert (made.text, made.date) == (TEXT, dt.date(2023, 5, 2))
    (told,) = read(tmp_path, "a.csv", content, columns={"text": "c3"})
    assert "has no column 'c3' for text; it has c1, c2" in str(told)


@pytest.mark.parametrize("pair", ["text", "text=", "body=c1", "=c1"])
def test_a_column_for_no_field_is_a_usage_error(pair: str) -> None:
    with pytest.raises(UsageError, match="write it as text=Body; the fields are text, title, date"):
        stated_columns([pair])


@pytest.mark.parametrize(
    ("words", "date_format", "day"),
    [
        ("2023-05-02T23:10:00-05:00", None, dt.date(2023, 5, 2)),
        ("May 2, 2023", None, dt.date(2023, 5, 2)),
        ("25/12/2023", None, dt.date(2023, 12, 25)),
        ("02/05/2023", "%d/%m/%Y", dt.date(2023, 5, 2)),
        ("02/05/2023", None, "is '02/05/2023', which is no day or can be read in two ways; say how it is written"),
        ("n.d.", None, "is 'n.d.', which is no day"),
        ("2023-05-02", "%d/%m/%Y", "is '2023-05-02', which is not %d/%m/%Y; mend the cell"),
    ],
)
def test_a_day_is_read_if_it_can_be_read_in_one_way(
    tmp_path: Path, words: str, date_format: str | None, day: dt.date | str
) -> None:
    (made,) = read(tmp_path, "a.csv", table([HEADER, ["T", words, "C", TEXT]]), date_format=date_format)
    if isinstance(day, str):
        assert isinstance(made, FormatError)
        assert f"a.csv, row 2: Published {day}" in str(made)
        (made,) = read(tmp_path, "a.csv", table([HEADER, ["T", words, "C", TEXT]]), date=dt.date(2023, 5, 2))
    assert isinstance(made, Document)
    assert made.date == (dt.date(2023, 5, 2) if isinstance(day, str) else day)


def test_a_bad_row_is_named_and_the_next_is_read(tmp_path: Path) -> None:
    rows = [HEADER, ["a", "", "b", ""], [*ROW, "more", "cells"], ["a", "2023"], ["a", "", "b", TEXT * 14], ROW]
    *bad, good = read(tmp_path, "a.csv", table(rows), max_bytes=1000)
    assert isinstance(good, Document)
    for number, (told, problem) in enumerate(
        zip(bad, ["the text (Body) is empty", "has 6 cells", "the text (Body) is empty", "larger than"], strict=True), 2
    ):
        assert str(told).startswith(f"{tmp_path}/a.csv, row {number}: ")
        assert problem in str(told)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "is empty"),
        (b"\n \n", "is empty"),
        (bytes(70_000), "is empty"),
        (b"PK\x03\x04\0\0\0", "binary file"),
        (b"a" * 3_000, "is longer than a text may be"),
        (
            f'{",".join(HEADER)}\n{",".join(ROW[:3])},"{"no end " * 200}\n'.encode() * 3,
            "a.csv, after row 1: cannot be read on",
        ),
    ],
)
def test_what_is_no_table_is_one_error(tmp_path: Path, content: bytes, problem: str) -> None:
    (told,) = read(tmp_path, "a.csv", content, max_bytes=1000)
    assert isinstance(told, UnreadableFile | FormatError)
    assert problem in str(told)


class Rows(io.RawIOBase):
    """A table of so many rows of 100 kB that is nowhere whole."""

    def __init__(self, rows: int) -> None:
        self.pieces = chain([",".join(HEADER).encode() + b"\n"], repeat(b'a,,b,"%s"\n' % (b"word " * 20_000), rows))
        self.rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int:  # type: ignore[override]
        self.rest = self.rest or next(self.pieces, b"")
        size = min(len(self.rest), len(memoryview(buffer)))
        memoryview(buffer)[:size], self.rest = self.rest[:size], self.rest[size:]
        return size


def test_a_table_is_read_row_by_row() -> None:
    tracemalloc.start()
    documents = unpack_separated(io.BufferedReader(Rows(60)), "a.csv", ReadOptions())
    assert sum(isinstance(made, Document) for made in documents) == 60
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 5_000_000


# JSON lines


def test_json_lines_of_others_are_read_by_the_names_of_their_fields(tmp_path: Path) -> None:
    rows = [
        {
            "id": 1,
            "headline": "Howitzers",
            "maintext": TEXT,
            "date_publish": "2023-05-02 10:00:00",
            "authors": ["A", "B"],
        },
        {"id": 2, "maintext": None},
    ]
    made, empty, broken = read(tmp_path, "a.jsonl", json_lines(rows) + b"{no json\n")
    assert isinstance(made, Document)
    assert (made.title, made.text, made.authors) == ("Howitzers", TEXT, ("A", "B"))
    assert made.date == dt.date(2023, 5, 2)
    assert "line 2: the text (maintext) is empty" in str(empty)
    assert "line 3: is no JSON object in UTF-8" in str(broken)


@pytest.mark.parametrize(
    "more", [{}, {"record": 7}, {"title": "a", "date": "2023-05-02"}, {"claims": [], "source": "x"}]
)
def test_the_claim_format_stays_what_it_is(tmp_path: Path, more: dict[str, Any]) -> None:
    (made,) = read(tmp_path, "a.jsonl", json_lines([{"id": "n:1", "text": TEXT, **more}]))
    assert isinstance(made, Document)
    assert made.id == "n:1"


def test_json_lines_without_texts_are_told_with_their_fields(tmp_path: Path) -> None:
    (told,) = read(tmp_path, "a.jsonl", json_lines([{"a": 1, "b": 2}]))
    assert "has no column that is known to hold texts; it has a, b" in str(told)


# Parquet


def test_a_parquet_file_is_read_as_other_tables_are(tmp_path: Path) -> None:
    made = pa.table(
        {"article": [TEXT, None], "date": [dt.datetime(2023, 5, 2, 23), None], "publisher": ["C", "D"], "n": [1, 2]}
    )
    out = io.BytesIO()
    parquet.write_table(made, out)
    document, told = read(tmp_path, "a.parquet", out.getvalue())
    assert isinstance(document, Document)
    assert (document.text, document.date, document.outlet) == (TEXT, dt.date(2023, 5, 2), "C")
    assert "a.parquet, row 2: the text (article) is empty" in str(told)
    for broken in (out.getvalue()[:-9], b"PAR1" + bytes(9000) + b"PAR1", b""):
        (told,) = read(tmp_path, "b.parquet", broken)
        assert isinstance(told, UnreadableFile)


def test_without_its_library_a_parquet_file_is_told_with_the_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    (told,) = read(tmp_path, "a.parquet", b"PAR1")
    assert "pip install 'followthearms[parquet]'" in str(told)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30), min_size=4, max_size=4),
        max_size=6,
    )
)
def test_what_a_spreadsheet_writes_is_read_back(rows: list[list[str]]) -> None:
    """Every row gives one document or one error, unless all its cells are empty."""
    data = table([HEADER, *rows]).encode()
    made = list(unpack_separated(io.BytesIO(data), "a.csv", ReadOptions()))
    assert len(made) == sum(any(row) for row in rows)


def test_json_that_nests_deeper_than_calls_can(tmp_path: Path) -> None:
    first = json.dumps({"maintext": TEXT}).encode()
    made, told = read(tmp_path, "a.jsonl", first + b"\n" + b'{"maintext": ' + b"[" * 100_000 + b"\n")
    assert isinstance(made, Document)
    assert "is no JSON object" in str(told)
