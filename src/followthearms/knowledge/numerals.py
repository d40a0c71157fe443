"""English numerals: what they look like and what they are worth.

Invariant: `read_amount` takes every text that `AMOUNT` matches whole, and gives a finite number or None.
The words stand in data/lexicon/numerals.yaml.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from followthearms.knowledge.tables import read_lexicon
from followthearms.model import Bound, Frozen

LARGEST = Decimal(10) ** 18
"""Beyond any count of arms or sum of money; longer digits are serial numbers or noise."""


class _Words(Frozen):
    words: dict[str, int]
    scales: dict[str, int]
    short_scales: dict[str, int]
    floors: dict[str, int]
    phrases: dict[str, int]
    vague: list[str]
    before: dict[Bound, list[str]]
    between: list[str]
    after: dict[Bound, list[str]]


@dataclass(frozen=True, slots=True)
class Amount:
    """What a numeral is worth. `low` is the lower end of a range, else `number`; `bound` what the words say."""

    number: int | float
    low: int | float
    bound: Bound = Bound.EXACT

    @property
    def is_range(self) -> bool:
        """True for "70-80"."""
        return self.low != self.number


_DATA = read_lexicon("numerals", _Words)


def one_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first; a blank in a word stands for any blanks."""
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(words, key=lambda w: (-len(w), w)))


_DIGITS = r"(?:\d{1,3}(?:,\d{2,3})+|\d+)(?:\.\d+)?"
_SCALE = rf"(?:{one_of(_DATA.scales)})"
_WORD = rf"(?:{one_of(_DATA.words)})"
_FLOOR = rf"(?:{one_of(_DATA.floors)})"
_SPELLED = (
    rf"(?:{_WORD}|an?(?=[\s-]+{_SCALE}\b))"
    rf"(?:[\s-]+(?:and\s+)?{_WORD}\b|(?:[\s-]+{_SCALE}\b)+(?:\s+and(?=\s+{_WORD}\b))?)*"
)
_SINGLE = rf"(?:{_DIGITS}(?:[\s-]?{_SCALE}\b)*|{_SPELLED})"
_FLOORED = rf"{_FLOOR}(?:\s+of\s+{_FLOOR})*|(?:{one_of(_DATA.vague)})[\s-]+{_SCALE}"
AMOUNT = (
    rf"(?:{one_of(_DATA.phrases)}|{_FLOORED}"
    rf"|between\s+{_SINGLE}\s+and\s+{_SINGLE}"
    rf"|{_SINGLE}(?:\s?[-–—]\s?|\s+(?:to|or)\s+){_SINGLE}|{_SINGLE})"
)
"""A numeral or a range of two, in a pattern that wants re.IGNORECASE and a word boundary before and after."""

SHORT_SCALE = f"(?:{one_of(_DATA.short_scales)})"
_DIGITS_RE = re.compile(_DIGITS)
_FLOORED_RE = re.compile(_FLOORED, re.IGNORECASE)
_RANGE_RE = re.compile(
    rf"(between\s+)?({_SINGLE})(?(1)\s+and\s+|(?:\s?[-–—]\s?|\s+(?:to|or)\s+))({_SINGLE})", re.IGNORECASE
)
_HEDGE = {
    bound: re.compile(rf"(?<![\w-])(?:{one_of(words)})(?:\s+(?:{one_of(_DATA.between)}))*\s*$", re.IGNORECASE)
    for bound, words in _DATA.before.items()
}
_AFTER = {bound: re.compile(rf"(?:{one_of(words)})(?!\w)", re.IGNORECASE) for bound, words in _DATA.after.items()}
_REACH = 48
"""Code points before a number in which its hedge is sought: the longest hedge with three words between."""


@functools.lru_cache(maxsize=4096)
def read_amount(words: str) -> Amount | None:
    """What a numeral or range is worth, or None if it is no number ("five and" or 40 digits)."""
    words = " ".join(words.lower().split())
    if words in _DATA.phrases:
        return _exact(Decimal(_DATA.phrases[words]))
    if _FLOORED_RE.fullmatch(words):
        return _floor(words)
    if whole := _RANGE_RE.fullmatch(words):
        return _range(whole[2], whole[3]) or _exact(_single(words))
    return _exact(_single(words))


def hedge(text: str, start: int, end: int) -> Bound | None:
    """How the words around `text[start:end]` limit the number there; None if they say nothing."""
    before = text[max(0, start - _REACH) : start]
    found = [(m.end() - m.start(), b) for b, pattern in _HEDGE.items() if (m := pattern.search(before))]
    if found:
        return max(found)[1]
    return next((b for b, pattern in _AFTER.items() if pattern.match(text, end)), None)


def with_short_scale(words: str, scale: str) -> Amount | None:
    """The amount of "3" with the letter of "$3bn" or "€40m"."""
    amount = read_amount(words)
    factor = _DATA.short_scales[scale.lower()]
    if amount is None or amount.number * factor > LARGEST:
        return None
    return Amount(_plain(Decimal(str(amount.number)) * factor), _plain(Decimal(str(amount.low)) * factor), amount.bound)


def _floor(words: str) -> Amount | None:
    number = Decimal(1)
    for word in re.split(r"[\s-]+", words):
        number *= _DATA.floors.get(word, _DATA.scales.get(word, 1))
    return _exact(number, Bound.OVER)


def _range(low_words: str, high_words: str) -> Amount | None:
    """Two ends of which the first may leave its scale to the second: "25-30 billion"."""
    low, high = _single(low_words), _single(high_words)
    if low is None or high is None:
        return None
    if low_words.replace(".", "").isdigit() and (digits := _DIGITS_RE.match(high_words)):
        scaled = low * high / (_single(digits[0]) or Decimal(1))
        low = scaled if scaled < high else low
    if not low < high or high > LARGEST:
        return None
    return Amount(_plain(high), _plain(low), Bound.UP_TO)


def _single(words: str) -> Decimal | None:
    """The worth of one numeral without hedges, or None."""
    digits = _DIGITS_RE.match(words)
    if digits:
        number = Decimal(digits[0].replace(",", ""))
        for word in filter(None, re.split(r"[\s-]+", words[digits.end() :])):
            if word not in _DATA.scales:
                return None
            number *= _DATA.scales[word]
        return number
    total, part = Decimal(0), Decimal(0)
    for word in re.split(r"[\s-]+", words):
        if word in _DATA.words:
            part += _DATA.words[word]
        elif word in _DATA.scales:
            part = (part or Decimal(1)) * _DATA.scales[word]
            if _DATA.scales[word] >= 1000:
                total, part = total + part, Decimal(0)
        elif word not in ("a", "an", "and"):
            return None
    return total + part or None


def _exact(number: Decimal | None, bound: Bound = Bound.EXACT) -> Amount | None:
    if number is None or number > LARGEST:
        return None
    return Amount(_plain(number), _plain(number), bound)


def _plain(number: Decimal) -> int | float:
    """An int where the number is whole."""
    return int(number) if number == number.to_integral_value() else float(number)
