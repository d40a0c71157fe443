"""What the screen is trained and measured on, and how well it does on sources that it was not trained on."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from benchmarks.scale.general_news import general_news
from followthearms.model import Document
from followthearms.screen.features import Features, features
from followthearms.screen.learning import Example, learn
from followthearms.screen.model import Linear
from followthearms.screen.passages import passages
from followthearms.screen.passing import score
from followthearms.screen.scan import arms_in, begun_near, flat
from followthearms.screen.terms import NAME
from followthearms.sources.standoff import by_digest, join

RECALL = 0.99
WRITTEN, UNLABELLED = Path("corpus/written.jsonl"), Path("corpus/unlabelled.standoff.jsonl")
UNSEEN = Path("corpus/unseen.standoff.jsonl")


class Sample(StrEnum):
    """Where a text is from. The threshold is chosen on windows of `train`; `written` is of our own wording."""

    TRAIN = "Windows"
    FURTHER = "Further windows of these sources"
    WRITTEN = "Written"
    NEWS = "General news"


@dataclass(frozen=True)
class Text:
    """A text with the examples of its passages that have the words, or words that are like them.

    `group` is its source or outlet.
    """

    sample: Sample
    group: str
    holds_claim: bool
    text: str
    examples: tuple[Example, ...]

    @property
    def is_chosen_on(self) -> bool:
        """True for the windows with a claim that the threshold is to keep."""
        return self.sample is Sample.TRAIN and self.holds_claim


def texts(corpus: Path, news: Path) -> list[Text]:
    """The annotated windows of `train`, those that are learnt from beside them, and general news."""
    measured = read(corpus / "train.jsonl")
    further = list(join(UNLABELLED, by_digest(read(corpus / "unlabelled.jsonl"))))
    written = read(WRITTEN)
    general = general_news(news, [*measured, *further, *read(corpus / "dev.jsonl")])
    return [
        *(annotated(one, Sample.TRAIN) for one in measured),
        *(annotated(one, Sample.FURTHER) for one in further),
        *(annotated(one, Sample.WRITTEN) for one in written),
        *(_news(one) for one in general),
    ]


def unseen(corpus: Path) -> list[Text]:
    """The windows that were annotated last, which nothing learns from and nothing is chosen by."""
    found = join(UNSEEN, by_digest(read(corpus / "unlabelled.jsonl")))
    return [annotated(one, Sample.FURTHER) for one in found]


def read(file: Path) -> list[Document]:
    """The documents of a file in the claim format."""
    return [Document.model_validate(json.loads(line)) for line in file.read_text(encoding="utf-8").splitlines()]


def annotated(document: Document, sample: Sample) -> Text:
    """A text with its claims. Passages whose claims are all optional teach neither way."""
    examples, at = [], 0
    for passage, found in _candidates(document.text):
        at = document.text.index(passage, at)
        inside = [c for c in document.claims if c.evidence.start < at + len(passage) and c.evidence.end > at]
        scored = any(not claim.optional for claim in inside)
        if found is not None and (scored or not inside):
            examples.append(Example(found, scored, True))
        at += len(passage)
    group = str((document.model_extra or {}).get("source_repo", "written"))
    holds_claim = any(not claim.optional for claim in document.claims)
    return Text(sample, group, holds_claim, document.text, tuple(examples))


def _news(document: Document) -> Text:
    examples = (Example(found, False, False) for _, found in _candidates(document.text) if found is not None)
    return Text(Sample.NEWS, document.outlet or "", False, document.text, tuple(examples))


def _candidates(text: str) -> Iterable[tuple[str, Features | None]]:
    """The passages, and what the model of the package learns from those that have the words: names of equipment without
    a figure came later than its weights."""
    for passage in passages(text):
        flattened = flat(passage.encode("utf-8", "replace"))
        has_pair = any(begun_near(flattened, hit.end) for hit in arms_in(flattened) if hit.group != NAME)
        yield passage, features(flattened, names=False) if has_pair else None


def held_out_scores(every: Sequence[Text]) -> dict[int, float]:
    """For each text with a source or outlet its score by a model that saw no text of that; see `scored`.

    A fold leaves one outlet out and, while there are any, one source of the annotated windows.
    """
    sources = sorted({one.group for one in every if one.sample in (Sample.TRAIN, Sample.FURTHER)})
    outlets = sorted({one.group for one in every if one.sample is Sample.NEWS})
    scores: dict[int, float] = {}
    for n in range(max(len(sources), len(outlets))):
        left_out = {*sources[n : n + 1], *outlets[n : n + 1]}
        model = learn([e for one in every if one.group not in left_out for e in one.examples])
        scores |= {i: scored(model, one) for i, one in enumerate(every) if one.group in left_out}
    return scores


def scored(model: Linear, text: Text) -> float:
    """How the screen scores the text with this model; below 0 if it drops it without."""
    found = score(text.text, model)
    return -1.0 if found is None else found


def chosen_elsewhere(every: Sequence[Text], scores: dict[int, float], recall: float) -> int:
    """How many windows with a claim are let through if the threshold for each source is chosen on the others."""
    windows = [(every[i].group, value) for i, value in scores.items() if every[i].is_chosen_on]
    sources = sorted({group for group, _ in windows})
    thresholds = {left: threshold_for(recall, [value for group, value in windows if group != left]) for left in sources}
    return sum(value >= thresholds[group] for group, value in windows)


def threshold_for(recall: float, scores: Iterable[float]) -> float:
    """The greatest score that so many of the texts with a claim have at least."""
    ordered = sorted(scores)
    return ordered[int((1 - recall) * len(ordered))]


def shares(every: Sequence[Text], scores: dict[int, float], threshold: float) -> dict[tuple[str, str], tuple[int, int]]:
    """By sort of text and source: how many are let through, of how many."""
    counted: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for i, value in scores.items():
        one = every[i]
        holding = "" if one.sample is Sample.NEWS else " with a scored claim" if one.holds_claim else " without"
        sort = f"{one.sample}{holding}"
        for key in ((sort, one.group), (sort, "")):
            counted[key][0] += value >= threshold
            counted[key][1] += 1
    return {key: (passed, total) for key, (passed, total) in sorted(counted.items())}
