"""Annotations go without their texts, and find them again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from followthearms.errors import FormatError
from followthearms.model import Claim, Document, Equipment, Extent, Kind, Party, Quantity
from followthearms.sources.standoff import by_digest, join, strip

TEXT = "Chile bought 12 Marder vehicles."


def annotated() -> Document:
    document = Document(id="own:1", text=TEXT)
    claim = Claim(
        kind=(Kind.AGREEMENT,),
        evidence=Extent(start=0, end=31),
        trigger=document.quote(6, 12),
        recipient=(Party(start=0, end=5, text="Chile", code="CL"),),
        equipment=(
            Equipment(
                start=16, end=31, text="Marder vehicles", quantity=Quantity(start=13, end=15, text="12", number=12)
            ),
        ),
    )
    return document.with_claims((claim,))


def written(tmp_path: Path, *documents: Document) -> Path:
    file = tmp_path / "notes.standoff.jsonl"
    file.write_text("".join(json.dumps(strip(d)) + "\n" for d in documents), encoding="utf-8")
    return file


def test_what_is_joined_is_what_was_stripped(tmp_path: Path) -> None:
    bare = Document(id="own:1", text=TEXT)
    (joined,) = join(written(tmp_path, annotated()), by_digest([bare]))
    assert joined.claims == annotated().claims
    assert joined.text == TEXT


def test_no_word_of_the_text_is_kept(tmp_path: Path) -> None:
    stored = written(tmp_path, annotated()).read_text(encoding="utf-8")
    assert not [word for word in TEXT.rstrip(".").split() if f'"{word}' in stored and not word.isdigit()]


def test_another_text_under_the_same_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"line 1: the text [0-9a-f]{12} is not there"):
        list(join(written(tmp_path, annotated()), by_digest([Document(id="own:1", text=TEXT + " ")])))


def test_a_line_that_is_no_annotation_is_named(tmp_path: Path) -> None:
    file = tmp_path / "notes.standoff.jsonl"
    file.write_text("{}\n", encoding="utf-8")
    with pytest.raises(FormatError, match="line 1"):
        list(join(file, {}))
