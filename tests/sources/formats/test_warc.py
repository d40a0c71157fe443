"""Web archives: which pages are found in them, and what is told of the rest."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import io
import re
import zipfile
from pathlib import Path

import pytest
from fastwarc.warc import WarcRecordType
from hypothesis import given, settings
from hypothesis import strategies as st

from followthearms.errors import InputError, PassedOver, UnreadableFile
from followthearms.model import Document
from followthearms.sources import ReadOptions, read_source
from followthearms.sources.formats.warc import unpack_warc
from followthearms.sources.raw import Raw
from tests.sources.made import TEXT, archive, page, record, zipped

FIVE = [record(f"https://courier.example/{n}", page(f"Howitzers {n}")) for n in range(5)]


def unpacked(data: bytes, options: ReadOptions | None = None) -> tuple[list[Raw], list[InputError]]:
    items = list(unpack_warc(io.BytesIO(data), "day.warc", options or ReadOptions()))
    return [i for i in items if isinstance(i, Raw)], [i for i in items if isinstance(i, InputError)]


def numbers(pages: list[Raw]) -> list[int]:
    """Which of the five pages those are."""
    return [int((page.url or "?")[-1]) for page in pages]


@pytest.mark.parametrize("compression", ["", "gz", "zst"])
def test_each_page_is_a_document_with_its_address_and_when_it_was_taken(tmp_path: Path, compression: str) -> None:
    path = tmp_path / "-".join(["day.warc", compression]).replace("-", "." if compression else "")
    path.write_bytes(archive(FIVE, compression))
    first, *rest = read_source(path)
    assert isinstance(first, Document)
    assert first.url == "https://courier.example/0"
    assert (first.title, first.retrieved) == ("Howitzers 0", dt.datetime(2023, 5, 2, 10, tzinfo=dt.UTC))
    assert (first.date, first.date_basis) == (None, None)  # when it was taken is not when it was published
    assert first.raw_hash == hashlib.sha256(page("Howitzers 0")).hexdigest()
    assert TEXT in first.text
    assert len(rest) == 4


def test_what_is_no_page_is_counted_by_its_kind() -> None:
    records = [
        record("https://c.example/", b"", kind=WarcRecordType.request),
        record("https://c.example/a.png", b"\x89PNG", content="image/png"),
        record("https://c.example/b.png", b"\x89PNG", content="image/png"),
        record("https://c.example/gone", page(), status="404 Not Found"),
        record("https://c.example/feed", b"<rss/>", content="application/rss+xml"),
        record("https://c.example/text", b"Words.", kind=WarcRecordType.conversion, content="text/plain"),
        record("https://c.example/saved", page(), kind=WarcRecordType.resource, content="text/html"),
        record("https://c.example/unnamed", page()).replace(
            b"Content-Type: text/html; charset=utf-8", b"X-Type: no123456789012345678901234567890"[:38]
        ),
    ]
    pages, (told,) = unpacked(archive(records))
    assert [page.url for page in pages] == ["https://c.example/saved", "https://c.example/unnamed"]
    assert isinstance(told, PassedOver)
    assert "2 image/png, 1 of status 404, 1 application/rss+xml, 1 conversion records" in str(told)


def test_the_encoding_that_a_server_names_counts(tmp_path: Path) -> None:
    text = page(text=f"{TEXT} In the café of the ministère it was applauded.").decode().replace('charset="utf-8"', "")
    made = record("https://c.example/", text.encode("cp1252"), content="text/html; charset=windows-1252")
    (tmp_path / "a.warc").write_bytes(made)
    (document,) = read_source(tmp_path / "a.warc")
    assert isinstance(document, Document)
    assert "café of the ministère" in document.text


@pytest.mark.parametrize("stays_coded", [True, False])
def test_a_body_is_decoded_as_its_header_says_unless_the_crawler_did(stays_coded: bool) -> None:
    whole = page()
    packed = gzip.compress(whole) if stays_coded else whole
    chunked = b"".join(b"%x\r\n%s\r\n" % (len(c), c) for c in (packed[:100], packed[100:])) + b"0\r\n\r\n"
    headers = ["Content-Encoding: gzip", "Transfer-Encoding: chunked"]
    (found,), told = unpacked(record("https://c.example/", chunked if stays_coded else whole, headers=headers))
    assert found.data == whole
    assert not told


def test_a_body_that_unpacks_to_more_than_a_page_may_have_is_told() -> None:
    bomb = record("https://c.example/", gzip.compress(bytes(50_000_000)), headers=["Content-Encoding: gzip"])
    broken = record("https://c.example/", gzip.compress(page())[:40] + b"\xff" * 40, headers=["Content-Encoding: gzip"])
    large = record("https://c.example/", b"<html>" + bytes(2_000_000))
    pages, told = unpacked(archive([bomb, broken, large, FIVE[4]]), ReadOptions(max_bytes=1_000_000))
    assert numbers(pages) == [4]
    assert [str(e).split(":")[0] for e in told] == [f"day.warc, record {n}" for n in (1, 2, 3)]
    assert "larger than 1 MB" in str(told[0]) and "not coded as its header says" in str(told[1])
    assert "larger than 1 MB" in str(told[2])


# Damage


def wrong_length(made: bytes, length: int) -> bytes:
    return re.sub(rb"Content-Length: \d+", b"Content-Length: %d" % length, made, count=1)


@pytest.mark.parametrize(
    ("length", "kept", "where", "problem"),
    [
        (300, [0, 1, 2, 3, 4], "after record 2", "Invalid WARC header"),
        (900, [0, 1, 2, 3, 4], "record 2", "another record begins within them"),
        (10**6, [0, 1, 2, 3, 4], "record 2", "another record begins within them"),
        (10**12, [0, 2, 3, 4], "record 2", "the file ends before"),
        (-5, [0, 2, 3, 4], "after record 2", "Invalid WARC header"),
    ],
)
def test_a_wrong_length_hides_no_other_record(length: int, kept: list[int], where: str, problem: str) -> None:
    records = [FIVE[0], wrong_length(FIVE[1], length), *FIVE[2:]]
    pages, told = unpacked(archive(records))
    assert numbers(pages) == kept
    damage = next(error for error in told if problem in str(error))
    assert str(damage).startswith(f"day.warc, {where}: ")


@pytest.mark.parametrize("compression", ["", "gz", "zst"])
@pytest.mark.parametrize("garbage", [b"garbage\n" * 9, bytes(3000), b"\x1f\x8b\x08\xff" * 5, b"\nWARC/1.\n" * 5])
def test_garbage_between_records_is_told_once_and_passed(compression: str, garbage: bytes) -> None:
    made = archive(FIVE[:2], compression) + garbage + archive(FIVE[2:], compression)
    pages, told = unpacked(made)
    assert numbers(pages) == [0, 1, 2, 3, 4]
    assert len(told) == 1
    assert str(told[0]).startswith("day.warc, after record 2: the archive is damaged")


@pytest.mark.parametrize("compression", ["", "gz", "zst"])
def test_of_an_archive_cut_short_the_whole_records_are_read(compression: str) -> None:
    made = archive(FIVE, compression)
    pages, (told,) = unpacked(made[: -len(archive(FIVE[4:], compression)) // 2])
    assert numbers(pages) == [0, 1, 2, 3]
    assert "the archive is damaged" in str(told) and "fetch it again" in str(told)


@pytest.mark.parametrize("size", range(10, 420, 20))
def test_wherever_an_archive_is_cut_it_is_told(size: int) -> None:
    pages, told = unpacked(FIVE[0] + FIVE[1][:size])
    assert numbers(pages) == [0]
    assert len(told) == 1 and isinstance(told[0], UnreadableFile)


def test_of_an_archive_packed_as_a_whole_and_cut_short_the_beginning_is_read() -> None:
    whole = gzip.compress(archive(FIVE))
    pages, told = unpacked(whole[: len(whole) * 3 // 4])
    assert numbers(pages) == list(range(len(pages))) and len(pages) >= 1
    assert len(told) == 1


@pytest.mark.parametrize(
    "data", [b"", bytes(1_000_000), b"hello\n" * 100, gzip.compress(b"hello", mtime=0), b"\x1f\x8b\x08" * 9000]
)
def test_what_is_no_archive_is_one_error(data: bytes) -> None:
    pages, (told,) = unpacked(data)
    assert not pages
    assert isinstance(told, UnreadableFile)


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(["", "gz", "zst"]), st.lists(st.tuples(st.integers(0, 10**6), st.binary(max_size=9)), max_size=5)
)
def test_no_damage_stops_reading(compression: str, damages: list[tuple[int, bytes]]) -> None:
    made = bytearray(archive(FIVE, compression))
    for at, put in damages:
        made[at % len(made) : at % len(made) + len(put)] = put
    pages, told = unpacked(bytes(made))
    assert len(pages) <= 5
    assert len(pages) == 5 or told


# Collections


def test_a_collection_gives_the_pages_of_its_archives(tmp_path: Path) -> None:
    members = {"pages/pages.jsonl": b"{}", "archive/b.warc": FIVE[1], "archive/a.warc.gz": archive(FIVE[:1], "gz")}
    path = tmp_path / "a.wacz"
    path.write_bytes(zipped(members, zipfile.ZIP_STORED))
    documents = list(read_source(path))
    assert [d.url for d in documents if isinstance(d, Document)] == [f"https://courier.example/{n}" for n in (0, 1)]


def test_names_in_a_collection_are_shown_and_lead_nowhere(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    path = tmp_path / "in" / "a.wacz"
    path.write_bytes(zipped({"../../x.warc": FIVE[0], "/etc/y.warc": b"no archive"}))
    (document, told) = read_source(path)
    assert isinstance(document, Document)
    assert str(told).startswith(f"{path}, /etc/y.warc: ")
    assert [p.name for p in tmp_path.iterdir()] == ["in"]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "damaged, or no zip file"),
        (bytes(1_000_000), "damaged, or no zip file"),
        (zipped({"a.txt": b"a"}), "without web archives"),
        (zipped({"a.warc": bytes(100_000_000)}), "would unpack to 100 MB, 1,0"),
        (zipped({f"{n}.warc": b"" for n in range(10_001)}), "10,001 members"),
        (zipped({"a.warc": FIVE[0]})[:-30], "damaged, or no zip file"),
    ],
)
def test_a_collection_that_is_none_or_unpacks_to_too_much_is_one_error(
    tmp_path: Path, data: bytes, problem: str
) -> None:
    path = tmp_path / "a.wacz"
    path.write_bytes(data)
    (told,) = read_source(path)
    assert isinstance(told, UnreadableFile)
    assert problem in str(told)


def test_a_collection_that_lies_about_its_sizes_is_not_unpacked_further(tmp_path: Path) -> None:
    made = zipped({"a.warc": bytes(100_000_000)})
    lying = made.replace((100_000_000).to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    assert lying != made
    path = tmp_path / "a.wacz"
    path.write_bytes(lying)
    (told,) = read_source(path)
    assert isinstance(told, UnreadableFile)
