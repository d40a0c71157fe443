"""No text ends the program, whatever it holds, and every claim of an odd text still quotes it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followthearms.model import Claim, Document
from followthearms.pipeline import read

SENTENCE = "Russia sold 12 T-90 tanks to India."
PIECES = st.sampled_from(
    [
        "Russia",
        "sold",
        "12",
        "T-90 tanks",
        "to India",
        "روسيا",
        "🚀",
        "\x00",
        "\x1b[31m",
        "\u202e",
        "\u00ad",
        "\n",
        " ",
        ".",
        "\ud83d",
    ]
)


def quotes(document: Document) -> list[tuple[str, str]]:
    return [
        (document.text[span.start : span.end], span.text)
        for claim in document.claims
        for _, span in Claim.spans(claim)
        if hasattr(span, "text")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Russia",
        "روسيا باعت دبابات. " + SENTENCE,
        SENTENCE.replace("sold", "sold 🚀"),
        SENTENCE.replace("sold", "sold\x07\x1b[31m"),
        SENTENCE.replace("sold", "sold \ud83d"),
        SENTENCE.encode().decode("utf-16-le", "replace") + SENTENCE,
        "a" * 200_000,
        "Russia " * 2_000 + SENTENCE,
    ],
    ids=[
        "empty",
        "word",
        "right-to-left",
        "emoji",
        "control",
        "half a surrogate",
        "wrong encoding",
        "no space",
        "one line",
    ],
)
def test_it_is_read(text: str) -> None:
    assert all(there == told for there, told in quotes(read(Document(text=text))))


@given(st.lists(PIECES, max_size=40))
@settings(max_examples=60)
def test_any_mixture_is_read(pieces: list[str]) -> None:
    assert all(there == told for there, told in quotes(read(Document(text=" ".join(pieces)))))
