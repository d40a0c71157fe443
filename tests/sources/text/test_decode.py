"""Bytes become text by what is certain first, and whatever had to be found out is told."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from followthearms.errors import UnreadableFile
from followthearms.sources.options import ReadOptions
from followthearms.sources.text.decode import decoded

TEXTS: dict[str, list[str]] = yaml.safe_load((Path(__file__).parent / "languages.yaml").read_text("utf-8"))
OPTIONS = ReadOptions()
QUOTED = "The minister said “it’s 30 €” – no more – for the café’s guns in Orléans."


def read(data: bytes, declared: str | None = None) -> tuple[str, str | None]:
    return decoded(data, "a.html", OPTIONS, declared)


@pytest.mark.parametrize("declared", [None, "utf-8", "UTF8", "no-such", "\0"])
def test_utf8_needs_no_declaration(declared: str | None) -> None:
    text, told = read(QUOTED.encode(), declared)
    assert text == QUOTED
    assert told == (f"utf-8, though {declared} is declared" if declared in ("no-such", "\0") else None)


@pytest.mark.parametrize(
    ("code", "encoding", "declared"),
    [
        ("ru", "cp1251", "windows-1251"),
        ("uk", "koi8-u", "koi8-u"),
        ("el", "iso8859-7", "ISO-8859-7"),
        ("zh", "gb18030", "gb2312"),
        ("ja", "cp932", "Shift_JIS"),
        ("ja", "iso2022_jp", "ISO-2022-JP"),
        ("ko", "cp949", "euc-kr"),
        ("pl", "iso8859-2", "latin2"),
        ("fr", "latin-1", "iso-8859-1"),
    ],
)
def test_a_declaration_that_is_true_is_followed(code: str, encoding: str, declared: str) -> None:
    text = " ".join(TEXTS[code])
    assert read(text.encode(encoding), declared) == (text, None)


def test_what_browsers_take_for_more_is_taken_for_more() -> None:
    assert read(QUOTED.encode("cp1252"), "iso-8859-1") == (QUOTED, "cp1252, though iso-8859-1 is declared")
    assert read(QUOTED.encode("cp1252"), "us-ascii") == (QUOTED, "cp1252, though us-ascii is declared")


def test_a_declaration_that_lies_is_noticed() -> None:
    assert read(QUOTED.encode(), "windows-1251") == (QUOTED, "utf-8, though windows-1251 is declared")
    assert read(QUOTED.encode("cp1252"), "utf-8") == (QUOTED, "cp1252 by its bytes, though utf-8 is declared")
    russian = " ".join(TEXTS["ru"])
    assert read(russian.encode("cp1251"), "utf-8") == (russian, "cp1251 by its bytes, though utf-8 is declared")


@pytest.mark.parametrize(
    ("code", "encoding"),
    [("ru", "koi8-r"), ("el", "cp1253"), ("he", "cp1255"), ("ar", "cp1256"), ("zh", "gb18030"), ("ja", "cp932"),
     ("ko", "cp949"), ("de", "cp1252"), ("fr", "cp1252")],
)  # fmt: skip
def test_where_nothing_is_declared_the_bytes_tell(code: str, encoding: str) -> None:
    text = " ".join(TEXTS[code])
    found, told = read(text.encode(encoding))
    assert found == text
    assert told is not None and told.endswith("by its bytes, as nothing is declared")


def test_a_few_bytes_out_of_place_do_not_make_it_another_encoding() -> None:
    text, told = read("“Café” – “naïve” – ".encode() * 5 + b"a \x93gun\x94 " + "“é”".encode())
    assert text.endswith("a “gun” “é”")
    assert told == "utf-8, with 2 bytes that are not, read as cp1252"


@pytest.mark.parametrize("data", [b"\xff", b"\x01\x02\x03\xff\xfe\xfd", bytes(range(1, 256))])
def test_what_is_no_text_is_not_made_one(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match=r"a\.html: is not in"):
        read(data)


@pytest.mark.parametrize("data", [b"", b" \n", b"\0" * 1000])
def test_nothing_is_empty(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match="is empty"):
        read(data)


def test_zeros_without_end_are_refused_by_their_size() -> None:
    with pytest.raises(UnreadableFile, match="larger than 20 MB"):
        read(bytes(200_000_000))


@given(st.binary(max_size=200), st.sampled_from([None, "utf-8", "latin-1", "shift_jis", "utf-7", "iso-2022-jp", "hex"]))
def test_any_bytes_give_a_text_or_an_error(data: bytes, declared: str | None) -> None:
    with contextlib.suppress(UnreadableFile):
        assert "\r" not in decoded(data, "a", OPTIONS, declared).text
