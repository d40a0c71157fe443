"""What is read from each kind of file, and what is said of a file that cannot be taken in."""

from __future__ import annotations

import datetime as dt
import io
import json
from pathlib import Path

import pytest

from followthearms.errors import FormatError, InputError, PassedOver, SpanError, UnreadableFile, UsageError
from followthearms.model import Document
from followthearms.sources import ReadOptions, read_source, read_sources

TEXT = "Norway will send Latvia twelve howitzers in May, the ministry in Oslo said."
PAGE = """<!doctype html><html lang="en-GB"><head><title>Howitzers for Latvia | Baltic Courier</title>
<meta charset="{charset}"><meta property="og:site_name" content="Baltic Courier">{meta}
<link rel="canonical" href="https://courier.example/{path}"></head>
<body><nav><a href="/">Home</a> <a href="/news">News</a></nav><article><h1>Howitzers for Latvia</h1>
<p>Norway will send Latvia twelve howitzers in May, the ministry in Oslo said in a statement to reporters.</p>
<p>The guns cost &euro;30 million & will be paid for by a café of donors, according to the same statement.</p>
<script>alert("never text")</script></article><footer>All rights reserved</footer></body></html>"""


def one(path: Path, options: ReadOptions | None = None) -> Document:
    (read,) = read_source(path, options or ReadOptions())
    assert isinstance(read, Document), read
    return read


def error(path: Path, options: ReadOptions | None = None) -> InputError:
    (read,) = read_source(path, options or ReadOptions())
    assert isinstance(read, InputError), read
    assert str(read).startswith(str(path))
    return read


def file(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def page(meta: str = "", path: str = "howitzers", charset: str = "utf-8") -> str:
    return PAGE.format(meta=meta, path=path, charset=charset)


# Plain text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_text_is_read_in_any_encoding_that_is_certain(tmp_path: Path, encoding: str) -> None:
    document = one(file(tmp_path, "a.txt", f"{TEXT}\r\nCafé.\r\n".encode(encoding)))
    assert document.text == f"{TEXT}\nCafé."
    assert (document.date, document.date_basis, document.title) == (None, None, None)


def test_an_encoding_that_has_to_be_found_out_is_told_and_the_option_outranks_it(tmp_path: Path) -> None:
    path = file(tmp_path, "a.txt", "Ministère: 12 obusiers".encode("cp1252"))
    assert one(path).text == "Ministère: 12 obusiers"
    assert one(path, ReadOptions(encoding="cp437")).text == "MinistΦre: 12 obusiers"
    assert "is not in ascii" in str(error(path, ReadOptions(encoding="ascii")))
    odd = file(tmp_path, "b.txt", b"\xff\xd8\xff\xe0")
    assert "not in UTF-8 (byte 0xff at position 0), as nothing is declared; give its encoding" in str(error(odd))


@pytest.mark.parametrize("encoding", ["latin-one", "hex"])
def test_an_encoding_that_python_does_not_know_is_a_usage_error(encoding: str) -> None:
    with pytest.raises(UsageError, match=f"--encoding {encoding}"):
        ReadOptions(encoding=encoding)


def test_front_matter_is_taken_off_the_text(tmp_path: Path) -> None:
    front = '---\ntitle: "Howitzers: a gift"\ndate: 2023-05-02\noutlet: Baltic Courier\nurl:\nlicence: CC0\n'
    front += "authors: A. Writer; B. Second\n---\n\n"
    document = one(file(tmp_path, "a.txt", front + TEXT))
    assert document.text == TEXT
    assert (document.title, document.outlet, document.url) == ("Howitzers: a gift", "Baltic Courier", None)
    assert (document.date, document.date_basis) == (dt.date(2023, 5, 2), "front matter")
    assert document.licence == "CC0"
    assert document.authors == ("A. Writer", "B. Second")


@pytest.mark.parametrize(
    ("front", "problem"),
    [
        ("date: 2 May", "date is '2 May'; write it as 2019-03-04"),
        ("date: 2023-13-01", "date is '2023-13-01'"),
        ("title: a\nauthor: b", "unknown key 'author'; known are title, authors"),
        ("title: a\ntitle: b", "'title' stands twice"),
    ],
)
def test_front_matter_that_is_not_understood_is_an_error(tmp_path: Path, front: str, problem: str) -> None:
    found = error(file(tmp_path, "a.txt", f"---\n{front}\n---\n{TEXT}"))
    assert isinstance(found, FormatError)
    assert problem in str(found)


@pytest.mark.parametrize("text", ["---\nOslo: twelve howitzers\n---\nMore.", "---\ntitle: no end", "a\n---\nb\n---"])
def test_rules_of_dashes_are_text(tmp_path: Path, text: str) -> None:
    assert one(file(tmp_path, "a.txt", text)).text == text


# Dates and ids


@pytest.mark.parametrize(
    ("option", "front", "day", "basis"),
    [
        ("2020-01-01", "date: 2023-05-02\nurl: https://c.example/2023/05/03/x", "2020-01-01", "option"),
        (None, "date: 2023-05-02\nurl: https://c.example/2023/05/03/x", "2023-05-02", "front matter"),
        (None, "url: https://c.example/2023/05/03/x", "2023-05-03", "url"),
        (None, "url: https://c.example/2023/15/03/x", None, None),
    ],
)
def test_the_most_trusted_date_is_taken(
    tmp_path: Path, option: str | None, front: str, day: str | None, basis: str | None
) -> None:
    options = ReadOptions(date=dt.date.fromisoformat(option) if option else None)
    document = one(file(tmp_path, "a.txt", f"---\n{front}\n---\n{TEXT}"), options)
    assert document.date == (dt.date.fromisoformat(day) if day else None)
    assert document.date_basis == basis


def test_a_file_has_the_same_id_wherever_it_lies(tmp_path: Path) -> None:
    here, there = file(tmp_path, "a.txt", TEXT), file(tmp_path, "deep/below/a.txt", f"{TEXT}\r\n")
    assert one(here).id == one(there).id
    other = file(tmp_path, "b.txt", TEXT)
    assert one(other).id != one(here).id


def test_copies_by_two_outlets_are_two_documents(tmp_path: Path) -> None:
    paths = [file(tmp_path, f"{n}/a.txt", f"---\noutlet: {n}\n---\n{TEXT}") for n in ("Courier", "Herald")]
    assert len({one(path).id for path in paths}) == 2


# HTML


def test_a_page_gives_its_article_and_what_its_metadata_say(tmp_path: Path) -> None:
    meta = '<meta property="article:published_time" content="2023-05-02T23:30:00-05:00">'
    document = one(file(tmp_path, "a.html", page(meta, path="2023/05/03/howitzers")))
    assert document.title == "Howitzers for Latvia"
    assert document.outlet == "Baltic Courier"
    assert document.url == "https://courier.example/2023/05/03/howitzers"
    assert (document.date, document.date_basis) == (dt.date(2023, 5, 2), "metadata")
    assert document.language == "en"
    assert "cost €30 million & will" in document.text
    assert not any(word in document.text for word in ("never text", "Home", "All rights"))


@pytest.mark.parametrize(
    ("meta", "path", "day", "basis"),
    [
        ('<script type="application/ld+json">{"datePublished": "2023-05-02"}</script>', "x", "2023-05-02", "metadata"),
        ('<meta name="citation_publication_date" content="2023/05/02">', "x", "2023-05-02", "metadata"),
        ('<meta property="article:modified_time" content="2023-05-02">', "x", None, None),
        ("", "2023/5/3/howitzers", "2023-05-03", "url"),
        ("<p>Updated on 2 May 2023</p>", "x", None, None),
    ],
)
def test_the_date_of_a_page_is_read_and_never_guessed(
    tmp_path: Path, meta: str, path: str, day: str | None, basis: str | None
) -> None:
    document = one(file(tmp_path, "a.htm", page(meta, path)))
    assert document.date == (dt.date.fromisoformat(day) if day else None)
    assert document.date_basis == basis


def test_a_page_is_decoded_as_it_declares(tmp_path: Path) -> None:
    assert "café" in one(file(tmp_path, "a.html", page(charset="windows-1252").encode("cp1252"))).text
    found = one(file(tmp_path, "c.html", page(charset="no-such").encode("cp1252")))
    assert "café" in found.text
    assert found.encoding == "cp1252 by its bytes, though no-such is declared"


@pytest.mark.parametrize("html", ["<html><body></body></html>", "<div>" * 200, "<!doctype html>"])
def test_a_page_without_an_article_is_an_error(tmp_path: Path, html: str) -> None:
    assert "no article was found in the page; save its text as .txt" in str(error(file(tmp_path, "a.html", html)))


# The claim format

CLAIM = {
    "kind": ["pledge"],
    "evidence": {"start": 0, "end": 47},
    "trigger": {"start": 7, "end": 16, "text": "will send"},
}
GOOD = json.dumps({"id": "n:1", "text": TEXT, "record": 7, "claims": [CLAIM]})


def test_claim_lines_keep_ids_and_texts_and_drop_claims_unless_asked(tmp_path: Path) -> None:
    path = file(tmp_path, "a.jsonl", f"\ufeff{GOOD}\n\n{GOOD}")
    first, second = read_source(path)
    assert first == second
    assert isinstance(first, Document)
    assert (first.id, first.text, first.claims, first.date) == ("n:1", TEXT, (), None)
    assert first.model_extra == {"record": 7}
    kept, _ = read_source(path, ReadOptions(keep_claims=True, date=dt.date(2023, 5, 2)))
    assert isinstance(kept, Document)
    assert [claim.trigger.text for claim in kept.claims] == ["will send"]
    assert (kept.date, kept.date_basis) == (dt.date(2023, 5, 2), "option")


def test_a_bad_line_is_named_and_the_next_is_read(tmp_path: Path) -> None:
    shifted = json.dumps({"text": TEXT, "claims": [CLAIM | {"trigger": {"start": 8, "end": 17, "text": "will send"}}]})
    lines = [b"no json", shifted.encode(), b'{"text": "caf\xe9"}', b'{"text": " "}', b"x" * 3000, GOOD.encode()]
    path = file(tmp_path, "a.jsonl", b"\n".join(lines))
    *bad, good = read_source(path, ReadOptions(max_bytes=1000))
    assert isinstance(good, Document)
    kinds = [FormatError, SpanError, UnreadableFile, UnreadableFile, UnreadableFile]
    assert [type(found) for found in bad] == kinds
    for number, (found, words) in enumerate(
        zip(bad, ["no JSON", "the text has", "not in UTF-8", "text is empty", "larger than 0.001 MB"], strict=True), 1
    ):
        assert str(found).startswith(f"{path}, line {number}: ")
        assert words in str(found)


@pytest.mark.parametrize(
    ("content", "problem"),
    [(b"", "is empty"), (b"\n \n", "is empty"), (b"\x00\x01\n\x02", "binary"), (GOOD.encode("utf-16"), "not in UTF-8")],
)
def test_a_claim_file_that_is_none_is_one_error(tmp_path: Path, content: bytes, problem: str) -> None:
    assert problem in str(error(file(tmp_path, "a.jsonl", content)))


# What cannot be taken in


@pytest.mark.parametrize("name", ["a.txt", "a.html"])
@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "is empty"),
        (b" \n\t", "is empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff", "is a binary file"),
        (b"MZ\x00\x01", "is a binary file"),
        (b"\xff\xfea", "is not in utf-16"),
    ],
)
def test_a_file_that_is_no_text_is_named(tmp_path: Path, name: str, content: bytes, problem: str) -> None:
    assert problem in str(error(file(tmp_path, name, content)))


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.jsonl"])
def test_a_text_of_fifty_megabytes_is_refused(tmp_path: Path, name: str) -> None:
    found = error_in_stream(file(tmp_path, name, b"Oslo sends howitzers. " * 2_300_000))
    assert "is larger than 20 MB, the most that one text may have; split it into articles" in str(found)


def error_in_stream(path: Path) -> InputError:
    (read,) = read_source(path)
    assert isinstance(read, UnreadableFile)
    return read


def test_what_is_missing_or_of_another_kind_is_named(tmp_path: Path) -> None:
    assert "does not exist" in str(error(tmp_path / "none.txt"))
    assert "of a kind that is not read; these are: .txt" in str(error(file(tmp_path, "a.png", b"\x89PNG")))
    (tmp_path / "empty").mkdir()
    assert "holds nothing to read" in str(error(tmp_path / "empty"))


# Folders and the standard input


def test_a_folder_is_read_in_order_and_errors_do_not_stop_it(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.TXT", "c.txt"):
        file(tmp_path, name, f"{TEXT} {name}")
    file(tmp_path, "b2.txt", b"\xff")
    file(tmp_path, "readme.md", "not read")
    file(tmp_path, ".hidden.txt", "not read")
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    read = list(read_sources([tmp_path]))
    assert [d.text.split()[-1] if isinstance(d, Document) else type(d) for d in read] == [
        PassedOver,
        PassedOver,
        "a/z.TXT",
        "b.txt",
        UnreadableFile,
        "c.txt",
    ]


@pytest.mark.parametrize(("content", "start"), [(TEXT, TEXT), (page(), "Howitzers for"), (f"{GOOD}\n{GOOD}", TEXT)])
def test_the_standard_input_is_known_by_its_beginning(
    monkeypatch: pytest.MonkeyPatch, content: str, start: str
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content.encode())))
    for document in read_source("-"):
        assert isinstance(document, Document)
        assert document.text.startswith(start)


def test_an_empty_standard_input_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"")))
    (found,) = read_source("-")
    assert str(found).startswith("standard input: is empty")


def test_folders_that_lie_deeper_than_calls_can(tmp_path: Path) -> None:
    folder = tmp_path
    for _ in range(400):
        folder = folder / "d"
        folder.mkdir()
    file(folder, "a.txt", TEXT)
    assert one(tmp_path).text == TEXT


def test_a_folder_called_as_the_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "-").mkdir()
    file(tmp_path / "-", "a.txt", TEXT)
    monkeypatch.chdir(tmp_path)
    assert one(Path()).text == TEXT
