"""What was tried on a sentence, what fits, and where the rest failed.

Invariant: an explanation runs the same stages, frames and data as reading does.
"""

from __future__ import annotations

from dataclasses import dataclass

from followthearms.extract.events import Place
from followthearms.extract.frames.library import matcher
from followthearms.model import Claim, Document
from followthearms.model.mentions import Mention
from followthearms.pipeline.reading import parsed, read, scan
from followthearms.rules.matcher import Attempt


@dataclass(frozen=True)
class Word:
    """One token as the parser sees it."""

    text: str
    lemma: str
    pos: str
    dep: str
    head: str


@dataclass(frozen=True)
class Trial:
    """One pattern of a frame on one trigger; `failed` names the role that found nothing and where it looked."""

    frame: str
    kind: str
    pattern: str
    trigger: str
    failed: str | None


@dataclass(frozen=True)
class Explanation:
    """The words, mentions and trials of a text, and the claims that came of it."""

    document: Document
    words: tuple[Word, ...]
    mentions: tuple[Mention, ...]
    trials: tuple[Trial, ...]

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims that the text makes."""
        return self.document.claims


def explain(text: str) -> Explanation:
    """Explain what is read out of a sentence or a short text."""
    document = Document(text=text)
    (sentences,) = parsed([document])
    article = scan(document, sentences)
    return Explanation(
        document=read(document, sentences),
        words=tuple(w for place in article for w in _words(place)),
        mentions=tuple(m for place in article for m in place.mentions),
        trials=tuple(_trial(place, a) for place in article for a in matcher().attempts(place.scene)),
    )


def _words(place: Place) -> list[Word]:
    tokens = place.scene.sentence.tokens
    return [Word(t.text, t.lemma, t.pos, t.dep, tokens[t.head].text) for t in tokens]


def _trial(place: Place, attempt: Attempt) -> Trial:
    tokens = place.scene.sentence.tokens
    words = " ".join(tokens[i].text for i in sorted(attempt.trigger))
    kind = " or ".join(attempt.frame.kind)
    failed = None
    if attempt.failed is not None:
        paths = attempt.frame.patterns[attempt.pattern]
        failed = f"{attempt.failed.name}: nothing at {paths.get(attempt.failed.name, '')!r}"
    return Trial(attempt.frame.frame, kind, attempt.pattern, words, failed)
