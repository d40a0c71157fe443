"""What is told in the words of arms deals and is none."""

from __future__ import annotations

import pytest

from followthearms.model import Document, Voice
from followthearms.pipeline.reading import read


def kinds(text: str) -> set[str]:
    return {c.kind[0].value for c in read(Document(text=text), voices={Voice.FRAME}).claims}


@pytest.mark.parametrize(
    "text",
    [
        "Chile opened negotiations with Peru on fishing rights.",
        "Kenya paid $40 million to Ghana for cocoa.",
        "Kenya signed an agreement with Ghana on fishing.",
        "Iran will never obtain a nuclear weapon from Pakistan.",
        "Chile ordered 12 passenger aircraft from Brazil for its airline.",
    ],
)
def test_no_claim(text: str) -> None:
    assert not kinds(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Chile held talks with Sweden on howitzers.", "negotiation"),
        ("Chile wants howitzers. Talks with Sweden were held in May.", "negotiation"),
        ("Pakistan delivered nuclear weapons and missiles to Iran.", "delivery"),
    ],
)
def test_a_claim(text: str, kind: str) -> None:
    assert kind in kinds(text)
