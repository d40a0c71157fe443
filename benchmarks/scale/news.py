"""Made-up news: most of no interest, one article in a hundred about arms transfers, one in nine in another language.

The same seed and number give the same article, whatever was made before.
"""

from __future__ import annotations

import datetime as dt
import random
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from followthearms.knowledge.equipment import designations
from followthearms.knowledge.states import name_of, states

ONE_RELEVANT_IN = 100
FIRST_DAY = dt.date(2026, 1, 1)

_WORDS = Path(__file__).with_name("news.yaml")
_SLOT = re.compile(r"{(\w+)}")
_FOREIGN = 1 / 9
_ARMS = 1 / 20
"""How many articles of no interest tell of soldiers and weapons. They pass the screen, as does of real general news one
text in twenty (docs/methods/screening.md)."""
_PARAGRAPHS = range(6, 16)
_SENTENCES = range(2, 5)


@dataclass(frozen=True)
class Article:
    """An article. `is_relevant`: it reports transfers."""

    number: int
    title: str
    author: str
    outlet: str
    day: dt.date
    language: str
    paragraphs: tuple[str, ...]
    is_relevant: bool

    @property
    def url(self) -> str:
        """Its address, with its day in it in two of three outlets."""
        day = f"{self.day:%Y/%m/%d}/" if self.number % 3 else ""
        return f"https://{self.outlet.lower().replace(' ', '-')}.example/{day}story-{self.number:07d}"


def article(number: int, seed: int = 7) -> Article:
    """The article with this number."""
    draw = random.Random(f"news {seed} {number}")
    is_relevant = number % ONE_RELEVANT_IN == ONE_RELEVANT_IN // 2
    language = "en" if is_relevant or draw.random() > _FOREIGN else draw.choice(sorted(_words()["other languages"]))
    topic = "arms" if draw.random() < _ARMS else draw.choice(_civil())
    paragraphs = tuple(
        " ".join(_sentence(draw, topic, language) for _ in range(draw.choice(_SENTENCES)))
        for _ in range(draw.choice(_PARAGRAPHS))
    )
    if is_relevant:
        paragraphs = (*(_transfers(draw) for _ in range(2)), *paragraphs[: len(paragraphs) // 2])
    return Article(
        number=number,
        title=re.split(r"[,،।。]|[.](?=\s|$)", paragraphs[0])[0][:90],
        author=draw.choice(_words()["words"]["person"]),
        outlet=f"Outlet {draw.randrange(300)}",
        day=FIRST_DAY + dt.timedelta(days=draw.randrange(300)),
        language=language,
        paragraphs=paragraphs,
        is_relevant=is_relevant,
    )


def _sentence(draw: random.Random, topic: str, language: str) -> str:
    if language != "en":
        return str(draw.choice(_words()["other languages"][language]))
    at_hand = topic if draw.random() > 0.2 else draw.choice(_civil())
    return _filled(draw, draw.choice(_words()["topics"][at_hand]), {})


def _transfers(draw: random.Random) -> str:
    """A paragraph on one deal."""
    item, makers = draw.choice(_types())
    supplier = draw.choice(makers)
    recipient = draw.choice([state for state in _states() if state != supplier])
    known = {
        "supplier": supplier,
        "recipient": recipient,
        "item": item,
        "amount": str(draw.choice((2, 4, 6, 12, 18, 24, 36, 48, 100, 400))),
    }
    told = draw.sample(_words()["transfers"], k=draw.choice((2, 3)))
    return " ".join(_filled(draw, pattern, known) for pattern in told)


def _filled(draw: random.Random, pattern: str, known: dict[str, str]) -> str:
    def word(slot: re.Match[str]) -> str:
        return known.get(slot[1]) or str(draw.choice(_words()["words"][slot[1]]))

    said = _SLOT.sub(word, pattern)
    return said[0].upper() + said[1:]


@cache
def _words() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(_WORDS.read_text(encoding="utf-8"))
    return loaded


@cache
def _civil() -> list[str]:
    return sorted(_words()["topics"].keys() - {"arms"})


@cache
def _types() -> list[tuple[str, list[str]]]:
    """Types by designation and category in the plural, with the names of the states that make them."""
    names = {code: name_of(code) for code in states()}
    made = [(one, [name for code in one.states if (name := names.get(code))]) for one in designations().values()]
    return [(f"{one.designation} {one.category}s", makers) for one, makers in made if makers]


@cache
def _states() -> list[str]:
    return sorted(name for code in states() if (name := name_of(code)))
