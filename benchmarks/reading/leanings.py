"""Fit the weights of the leanings (`cues/leanings.yaml`) on annotated texts, and print them as that file holds them.

    python -m benchmarks.reading.leanings GOLD.jsonl

For each event of the frames that meets an annotated claim and leaves a side open, all pairs of giver and taker compete:
a conditional logit, whose right answers are the pairs that fit the claim. Needs the extra [train]. `likely` is not
fitted here, as frames alone read.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import torch
import yaml

from followthearms.evaluate.fit import codes
from followthearms.extract.deciding import inheritance
from followthearms.extract.deciding.background import Article
from followthearms.extract.deciding.leanings import Side, leanings, signs_of
from followthearms.extract.events import Event
from followthearms.extract.frames.parties import loose
from followthearms.knowledge.equipment import makers
from followthearms.model import SYMMETRIC, Claim, Document, Kind, Party
from followthearms.model.format import load_line
from followthearms.pipeline import reading

SIDES = ("supplier", "recipient")
SIGNS = [name for name in Side.model_fields if name != "likely"]
RIDGE, RIDGE_OF_KINDS = 1.0, 2.0
"""Chosen on sources left out of train."""
NOBODY_LESS = 1.0
"""Taken from the constants of nobody: a side left open can never be right where the text names one."""
OPTIONAL = 0.5
"""Weight of an event that meets an optional claim."""

Features = Mapping[tuple[str, ...], float]


@dataclass(frozen=True)
class Option:
    """Who may stand on a side, the signs that speak for it, and whether the annotation agrees."""

    codes: frozenset[str]
    features: Features
    right: bool


@dataclass(frozen=True)
class Choice:
    """The pairs that an event allows, and how much it counts."""

    pairs: tuple[tuple[Features, bool], ...]
    weight: float


def choices(document: Document) -> Iterator[Choice]:
    """The choices of a document that have a right answer."""
    places = reading.scan(document)
    events = reading._framed(places)[0]
    article = Article([m for place in places for m in place.mentions], events, makers)
    for event in events:
        claim = _annotated(event, document)
        open_sides = [side for side in SIDES if not event.roles.get(side)]
        if claim is None or claim.parties or not open_sides or event.kind in SYMMETRIC:
            continue
        pairs = tuple(_pairs(inheritance._equipment(event, article), article, claim))
        if any(right for _, right in pairs):
            yield Choice(pairs, OPTIONAL if claim.optional else 1.0)


def _annotated(event: Event, document: Document) -> Claim | None:
    """The claim that the event meets: one of its kinds, its trigger in the evidence; that of its very trigger first."""
    trigger = event.trigger_extent()
    met = [c for c in document.claims if set(c.kind) & set(event.kinds) and trigger.overlaps(c.evidence)]
    return min(met, key=lambda c: (not trigger.overlaps(c.trigger), c.optional), default=None)


def _pairs(event: Event, article: Article, claim: Claim) -> Iterator[tuple[Features, bool]]:
    found = {m.code for m in loose(event)}
    named = (article.shares.keys() | found) - event.codes(*SIDES, "actor")
    signs = {code: signs_of(code, event, article) for code in sorted(code for code in named if code is not None)}
    givers, takers = (list(_options(side, event, signs, claim)) for side in SIDES)
    apart = [(giver, taker) for giver in givers for taker in takers if not giver.codes & taker.codes]
    most = max(len((giver.codes | taker.codes) & found) for giver, taker in apart)
    for giver, taker in apart:
        if len((giver.codes | taker.codes) & found) == most:
            both = {**giver.features, **taker.features, **_together(giver, taker, article)}
            yield both, giver.right and taker.right


def _options(side: str, event: Event, signs: Mapping[str, Mapping[str, float]], claim: Claim) -> Iterator[Option]:
    if event.roles.get(side):
        yield Option(frozenset(event.codes(side)), {}, True)
        return
    wanted = codes(getattr(claim, side))
    other = SIDES[1 - SIDES.index(side)]
    named = bool(event.roles.get(other))
    nobody = {(side, "always"): 1.0, (side, "one_named"): float(named), (side, "kind", event.kind): 1.0}
    options = []
    for code, its in signs.items():
        own = codes([Party(start=0, end=1, text="?", code=code)])
        right = bool(own & wanted) if wanted else not own
        options.append(Option(frozenset({code}), {(side, n): v for n, v in its.items() if v}, right))
    # if the annotated party is none of the options, leaving the side open is the best answer there is
    yield Option(frozenset(), nobody, not wanted or not any(option.right for option in options))
    yield from options


def _together(giver: Option, taker: Option, article: Article) -> Features:
    if len(giver.codes) != 1 or len(taker.codes) != 1:
        return {}
    (one,), (other,) = giver.codes, taker.codes
    told = article.flows[one, other]
    return {("pair",): min(told, 2) / 2, ("gift",): told / article.gifts[one]} if told else {}


def fit(found: list[Choice]) -> dict[tuple[str, ...], float]:
    """The weight of each feature."""
    columns = {name: n for n, name in enumerate(sorted({f for c in found for pair, _ in c.pairs for f in pair}))}
    entries = [(pair, right, n) for n, choice in enumerate(found) for pair, right in choice.pairs]
    where = [(row, columns[f]) for row, (pair, _, _) in enumerate(entries) for f in pair]
    values = torch.tensor([v for pair, _, _ in entries for v in pair.values()])
    table = torch.sparse_coo_tensor(torch.tensor(where).T, values, (len(entries), len(columns))).coalesce()
    right, group = torch.tensor([r for _, r, _ in entries]), torch.tensor([n for _, _, n in entries])
    weight = torch.tensor([choice.weight for choice in found])
    ridge = torch.tensor([RIDGE_OF_KINDS if len(name) == 3 else RIDGE for name in columns])
    weights = torch.zeros(len(columns), requires_grad=True)
    optimiser = torch.optim.LBFGS([weights], max_iter=100, history_size=20, line_search_fn="strong_wolfe")

    def total(scores: torch.Tensor) -> torch.Tensor:
        return torch.zeros(len(found)).index_add(0, group, scores).clamp_min(1e-30).log()

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        scores = torch.sparse.mm(table, weights[:, None])[:, 0]
        scores = (scores - scores.detach().max()).exp()
        missed = ((total(scores) - total(scores * right)) * weight).sum() + 0.5 * (ridge * weights**2).sum()
        missed.backward()
        return missed

    optimiser.step(loss)
    return {name: round(float(weights[n].detach()), 1) for name, n in columns.items()}


def shaped(weights: Mapping[tuple[str, ...], float]) -> dict[str, object]:
    """The weights in the form of `cues/leanings.yaml`; `likely` as it stands there."""
    of_nobody = {
        side: {
            "always": round(weights[side, "always"] - NOBODY_LESS, 1),
            "one_named": weights[side, "one_named"],
            "kinds": {k.value: w for k in Kind if (w := weights.get((side, "kind", k)))},
        }
        for side in SIDES
    }
    sides = {side: {name: weights.get((side, name), 0.0) for name in SIGNS} for side in SIDES}
    for side in SIDES:
        sides[side]["likely"] = leanings().weights[side]["likely"]
    return {**sides, "nobody": of_nobody, "pair": weights[("pair",)], "gift": weights[("gift",)]}


def main() -> None:
    """Fit and print."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("gold", type=Path)
    path = arguments.parse_args().gold
    with path.open(encoding="utf-8") as lines:
        found = [c for n, line in enumerate(lines, 1) for c in choices(load_line(line, f"{path.name}, line {n}"))]
    print(f"# {len(found)} events")
    print(yaml.safe_dump(shaped(fit(found)), sort_keys=False, allow_unicode=True))


if __name__ == "__main__":
    main()
