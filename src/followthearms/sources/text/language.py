"""The language that a text is in. What isn't English is kept and marked, and never read as if it were English.

Invariant: a text is called foreign only where that is more likely than not; an unknown language is read.
"""

from __future__ import annotations

from functools import lru_cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

READ = "en"
"""The one language that claims are read in, as ISO 639-1 has it."""

_BEGINNING = 1_000
"""Characters that are looked at. An article says its language early, and 1,000 of them take a millisecond."""
_FEWEST_LETTERS = 20
"""Below this a headline of names ("Rafale: Dassault, Safran") is called French."""
_LIKELY = 0.5
"""Measured on 3,384 English sentences of 20 characters and more from the training texts: one is called foreign; of 42
foreign beginnings of 40 characters, 38 are recognised, and of 35 longer than 80, all
(`tests/sources/text/languages.yaml`). Resiliparse's `detect_fast`, 45 times as fast, called 18 of 463 English texts
foreign and this none; lingua was as good as this and a tenth as fast."""


def language_of(text: str) -> str | None:
    """The language of a text by its first 1,000 characters, as in ISO 639-1 ("en"), or None if that is uncertain."""
    beginning = text[:_BEGINNING]
    if sum(map(str.isalpha, beginning)) < _fewest(beginning):
        return None
    code, likely = _identifier().classify(beginning)
    return str(code) if likely >= _LIKELY else None


def is_read(language: str | None) -> bool:
    """True if texts of this language ("en", "en-GB", or None where it is unknown) are read for claims."""
    return language is None or language.lower().replace("_", "-").split("-")[0] == READ


def _fewest(text: str) -> int:
    """Fewer letters say as much where each is a syllable or a word."""
    return _FEWEST_LETTERS if text[: 4 * _FEWEST_LETTERS].isascii() else _FEWEST_LETTERS // 2


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
