"""The tables of the page: figures in, Markdown out.

Invariant: a table holds figures and the names of sets, sources, systems, kinds and slots; no word of a text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from benchmarks.accuracy.mistakes import classes
from benchmarks.accuracy.systems import Predicted
from benchmarks.accuracy.texts import Sets, source, sources
from benchmarks.tables import table
from followthearms.evaluate import (
    Bin,
    Cause,
    Counts,
    Figure,
    Level,
    Report,
    calibrate,
    causes,
    evaluate,
    expected_error,
    gain,
)
from followthearms.model import Document

COMPARED = (("both", "frames"), ("both", "tagger"), ("tagger", "frames"), ("frames", "floor"))
"""Which systems are set against which, pair by pair."""


def share(value: float) -> str:
    """A share with three decimals, without the zero before the point."""
    return f"{value:.3f}".removeprefix("0")


def texts(gold: Sets, used: Mapping[str, str]) -> str:
    """The sets, how large they are and what they were used for."""
    rows = []
    for part, documents in gold.items():
        claims = [claim for document in documents for claim in document.claims]
        optional = sum(claim.optional for claim in claims)
        silent = sum(not document.claims for document in documents)
        named = [name for name, _ in sources(documents) if name]
        sizes = (len(documents), len(named) or "–", len(claims), optional, silent)
        rows.append([part, used[part], *map(str, sizes)])
    return table(["set", "used", "texts", "sources", "claims", "optional", "texts without a claim"], rows, words=2)


def levels(systems: Sequence[Predicted], part: str, gold: Sequence[Document], held_out: bool = False) -> str:
    """F1 with its interval at each level, and precision and recall at the first and the last."""
    rows = []
    for predicted in systems:
        report = evaluate(gold, predicted.sets[part])
        ends = [f"{share(f.counts.f1)} ({_interval(f)})" for f in report.levels]
        balance = [f"{share(f.counts.precision)} / {share(f.counts.recall)}" for f in report.levels]
        setting = [predicted.system.held_out] if held_out else []
        rows.append([predicted.system.title, *setting, *ends, balance[0], balance[-1]])
    names = [level.name for level in Level]
    head = ["system", *(["held out"] if held_out else []), *names, f"{names[0]} P / R", f"{names[-1]} P / R"]
    return table(head, rows, words=1 + held_out)


def _interval(figure: Figure) -> str:
    low, high = figure.interval or (0.0, 0.0)
    return f"{share(low)}–{share(high)}"


def per_source(systems: Sequence[Predicted], part: str, gold: Sequence[Document], groups: Mapping[str, str]) -> str:
    """A row for each source: its texts, and the levels of each system with the interval of the last.

    `groups` gives each source its group.
    """
    rows = []
    for name, n in sources(gold):
        own = [document for document in gold if source(document) == name]
        reports = [evaluate(own, predicted.sets[part]) for predicted in systems]
        rows.append([name, groups[name], str(n), *map(_short, reports)])
    head = ["source", "group", "texts", *(f"{p.system.title}: L1 / L2 / L3 (interval)" for p in systems)]
    return table(head, rows, words=2)


def _short(report: Report) -> str:
    return f"{' / '.join(share(figure.counts.f1) for figure in report.levels)} ({_interval(report.levels[-1])})"


def gains(systems: Sequence[Predicted], parts: Mapping[str, tuple[str, Sequence[Document]]]) -> str:
    """How far one system surpasses another, with paired intervals. `parts`: title → set and its measured documents."""
    known = {p.system.name: p for p in systems}
    rows = []
    for title, (part, gold) in parts.items():
        for one, other in COMPARED:
            if one in known and other in known:
                ours, theirs = (evaluate(gold, known[name].sets[part]) for name in (one, other))
                cells = [_gain(*gain(ours, theirs, level)) for level in Level]
                rows.append([title, f"{known[one].system.title} over {known[other].system.title}", *cells])
    return table(["set", "gain of", *(level.name for level in Level)], rows, words=2)


def _gain(difference: float, low: float, high: float) -> str:
    return f"{difference:+.3f} ({low:+.3f} to {high:+.3f})"


def details(systems: Sequence[Predicted], parts: Mapping[str, tuple[str, Sequence[Document]]], what: str) -> str:
    """F1 of each kind or slot (`what`: "kinds", "slots") by set and system, with the number that are annotated."""
    columns = []
    for title, (part, gold) in parts.items():
        for predicted in systems:
            figures: Sequence[Figure] = getattr(evaluate(gold, predicted.sets[part]), what)
            columns.append((f"{title}: {predicted.system.title}", {f.name: f.counts for f in figures}))
    wanted: Counter[str] = Counter()
    for _, figures_by_name in columns:
        wanted.update({name: c.tp + c.fn for name, c in figures_by_name.items()})
    names = sorted(wanted, key=lambda name: (-wanted[name], name))
    rows = [[name, *(_detail(figures_by_name.get(name)) for _, figures_by_name in columns)] for name in names]
    return table([what.removesuffix("s"), *(head for head, _ in columns)], rows)


def _detail(counts: Counts | None) -> str:
    if not counts or not counts.tp + counts.fp + counts.fn:
        return "–"
    read = share(counts.f1) if counts.tp + counts.fp else "not read"
    return f"{read} ({counts.tp + counts.fn})"


def calibration(systems: Sequence[Predicted], part: str, gold: Sequence[Document]) -> str:
    """For each system that scores its claims: bins of the score with the share that is right, and the error."""
    return "\n\n".join(filter(None, (_calibration(predicted, part, gold) for predicted in systems)))


def _calibration(predicted: Predicted, part: str, gold: Sequence[Document]) -> str:
    pairs = list(aligned(gold, predicted.sets[part]))
    bins = {level: calibrate(pairs, level) for level in (Level.L1, Level.L2)}
    lows = sorted({b.low for found in bins.values() for b in found})
    if len({claim.method.score for _, answer in pairs for claim in answer.claims if claim.method}) < 2:
        return ""
    rows = [list(_bin_row(low, list(bins.values()))) for low in lows]
    errors = ", ".join(f"{level.name} {share(expected_error(found))}" for level, found in bins.items())
    head = ["score", "claims", "mean score", "right at L1", "claims judged at L2", "right at L2"]
    return f"{predicted.system.title} (expected calibration error: {errors})\n\n{table(head, rows)}"


def _bin_row(low: float, bins: Sequence[Sequence[Bin]]) -> Iterator[str]:
    """The score's range; claims, mean score and share right at L1; claims and share right at L2."""
    first, second = ({b.low: b for b in found}.get(low) for found in bins)
    held = first or second
    yield f"{held.low:.1f}–{held.high:.1f}" if held else ""
    yield from (str(first.claims), share(first.score), share(first.share)) if first else ("0", "–", "–")
    yield from (str(second.claims), share(second.share)) if second else ("0", "–")


def aligned(gold: Iterable[Document], answers: Iterable[Document]) -> Iterator[tuple[Document, Document]]:
    """Each annotated document with what was read of it; those that were not read are left out."""
    read = {document.id: document for document in answers}
    return ((document, read[document.id]) for document in gold if document.id in read)


def mistakes(systems: Sequence[Predicted], parts: Mapping[str, tuple[str, Sequence[Document]]]) -> str:
    """How often each class of mistake is made, by set and system."""
    counted = []
    for title, (part, gold) in parts.items():
        for predicted in systems:
            found: Counter[Cause] = Counter()
            for pair in aligned(gold, predicted.sets[part]):
                found.update(causes(*pair))
            counted.append((f"{title}: {predicted.system.title}", found))
    rows = [[cause, classes()[cause].meaning, *(str(found[cause]) for _, found in counted)] for cause in Cause]
    return table(["class", "meaning", *(head for head, _ in counted)], rows, words=2)
