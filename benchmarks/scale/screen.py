"""How well the screen keeps what holds claims, what general news it lets through, and how fast it is.

    python -m benchmarks.scale.screen --news FOLDER [--corpus FOLDER] [--weights FILE] [--write FILE]

FOLDER holds general news (`benchmarks/scale/general_news.py` says where to get it). `--weights` trains the model of the
package anew, on all sources: `src/followthearms/data/screen/weights.npz`. Minutes on one core.
"""

from __future__ import annotations

import argparse
import html
import math
import os
import re
import textwrap
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from benchmarks import corpus as annotated_corpus
from benchmarks.scale.news import article
from benchmarks.scale.pages import page
from benchmarks.scale.screening import (
    RECALL,
    Sample,
    Text,
    annotated,
    chosen_elsewhere,
    held_out_scores,
    read,
    shares,
    texts,
    threshold_for,
    unseen,
)
from benchmarks.tables import table
from followthearms.model import Document
from followthearms.screen import gate, passes
from followthearms.screen.learning import learn
from followthearms.screen.model import saved
from followthearms.screen.passing import ENOUGH
from followthearms.screen.terms import Ending, arms_terms

_Thing = TypeVar("_Thing")

MOST = 0.05
"""Of general news, wanted."""

HEAD = """# How well the screen does

The screen decides which pages and texts are read at all, where there are too many to read them all: see
[why it is as it is](../decisions/0022-screen.md). It looks for a word for arms near a word for what happens in their
trade (`src/followthearms/screen/scan.py`), on a page's bytes first and then in each passage of its main text, which
must name arms and not only tell of warfare; what is left a linear model scores, by its best passage and its best
sentence on arms. Measured by `python -m benchmarks.scale.screen --write docs/methods/screening.md`. In brackets:
Wilson's interval for 95 in 100.
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--news", type=Path, required=True, metavar="FOLDER", help="Packages that carry general news.")
    parser.add_argument("--corpus", type=Path, default=annotated_corpus.folder(), metavar="FOLDER")
    parser.add_argument("--weights", type=Path, metavar="FILE", help="Train on all sources and write the model.")
    parser.add_argument("--write", type=Path, metavar="FILE", help="Write the page.")
    given = parser.parse_args()
    every = texts(given.corpus, given.news)
    scores = held_out_scores(every)
    if given.weights:
        given.weights.write_bytes(saved(learn([one for text in every for one in text.examples])))
    unchosen = {
        "`dev`": [annotated(one, Sample.TRAIN) for one in read(given.corpus / "dev.jsonl")],
        "`unseen`": unseen(given.corpus),
    }
    parts = [
        HEAD,
        _held_out(every, scores),
        _unchosen(unchosen),
        _losses([one for one in read(given.corpus / "train.jsonl") if any(not c.optional for c in one.claims)]),
        _speed(),
    ]
    text = "\n".join(parts)
    print(text)
    if given.write:
        given.write.write_text(text, encoding="utf-8")


def _held_out(every: Sequence[Text], scores: dict[int, float]) -> str:
    threshold = _threshold(every, scores, RECALL)
    counted = shares(every, scores, threshold)
    rows = [
        [f"… {group}" if group else sort, str(total), str(passed), _share(passed, total)]
        for (sort, group), (passed, total) in counted.items()
    ]
    others = [f"{recall:.0%}: {_let_through(every, scores, recall):.1%}" for recall in (0.99, 0.98, 0.95, 0.9)]
    told = f"""Each source of the annotated windows (`train`) and each outlet of the news is scored by a model that saw
    no text of it. The threshold, {threshold:.3f} (the package has {ENOUGH}), is the highest that keeps {RECALL:.0%} of
    the windows; it was chosen on the same scores. Chosen for each source on the others alone, it keeps
    {chosen_elsewhere(every, scores, RECALL)}. Wanted was that then at most {MOST:.0%} of general news pass;
    {_let_through(every, scores, RECALL):.2%} do. Further windows of the same sources, which the threshold was not
    chosen on, show what to expect elsewhere."""
    return (
        f"## What is let through\n\n{_paragraph(told)}\n"
        + table(["texts", "of them", "let through", "share"], rows)
        + f"\n\nGeneral news let through, by the share of windows that is to be kept: {', '.join(others)}.\n"
    )


def _paragraph(words: str) -> str:
    return textwrap.fill(" ".join(words.split()), 120) + "\n"


def _let_through(every: Sequence[Text], scores: dict[int, float], recall: float) -> float:
    passed, total = shares(every, scores, _threshold(every, scores, recall))[Sample.NEWS, ""]
    return passed / total


def _threshold(every: Sequence[Text], scores: dict[int, float], recall: float) -> float:
    return threshold_for(recall, [value for i, value in scores.items() if every[i].is_chosen_on])


def _unchosen(sets: Mapping[str, Sequence[Text]]) -> str:
    rows = []
    for name, some in sets.items():
        for told, holds in (("with", True), ("without", False)):
            kept = [passes(one.text).is_relevant for one in some if one.holds_claim is holds]
            rows.append(
                [f"{name}, {told} a scored claim", str(len(kept)), str(sum(kept)), _share(sum(kept), len(kept))]
            )
    told = table(["texts", "of them", "let through", "share"], rows)
    about = """The model of the package, on windows that it learnt nothing from. `unseen` is what was annotated last,
    most of it of the White House (`corpus/README.md`)."""
    return f"{_paragraph(about)}\n{told}\n"


def _losses(windows: Sequence[Document]) -> str:
    def paragraphs(document: Document) -> str:
        return "\n".join(f"<p>{html.escape(part)}</p>" for part in document.text.split("\n") if part.strip())

    def marked(text: str) -> str:
        return re.sub(r"\b(\w)(\w{3,})", r'<a href="/topics/\1\2?source=body">\1\2</a>', text)

    written: dict[str, Callable[[str], bytes]] = {
        "paragraphs in UTF-8": str.encode,
        "in Windows-1252": lambda text: text.encode("cp1252", "xmlcharrefreplace"),
        "in UTF-16": lambda text: text.encode("utf-16"),
        "`&nbsp;` for every blank": lambda text: text.replace(" ", "&nbsp;").encode(),
        "all but ASCII letters as entities": lambda t: re.sub(r"[-’“”]", lambda m: f"&#{ord(m[0])};", t).encode(),
        "a soft hyphen in every long word": lambda text: re.sub(r"(\w{4})(\w{3})", "\\1\u00ad\\2", text).encode(),
        "the same as `&shy;`": lambda text: re.sub(r"(\w{4})(\w{3})", r"\1&shy;\2", text).encode(),
        "a tag inside every word": lambda text: re.sub(r"\b(\w)(\w{3,})", r"<b>\1</b>\2", text).encode(),
        "a link on every word": lambda text: marked(text).encode(),
    }
    rows = []
    for name, encoded in written.items():
        kept = sum(gate(encoded(paragraphs(one))) for one in windows)
        rows.append([name, str(len(windows)), str(kept), _share(kept, len(windows))])
    return (
        "## What the gate loses to the way a page is written\n\n"
        "The windows with a scored claim as HTML. The last two are worse than any page.\n\n"
        + table(["window", "of them", "let through", "share"], rows)
        + "\n"
    )


def _speed() -> str:
    told = [article(number) for number in range(300)]
    pages = {size: [page(one, size * 1000)[0] for one in told] for size in (170, 68)}
    told_texts = ["\n\n".join(one.paragraphs) for one in told]
    gate(b"")
    passes(told_texts[0])
    rows = []
    for size, some in pages.items():
        seconds = _seconds(gate, some)
        rate = sum(map(len, some)) / seconds / 1e6
        rows.append([f"the gate, pages of {size} kB", f"{len(some) / seconds:,.0f}", f"{rate:,.0f}"])
    seconds = _seconds(passes, told_texts)
    size = sum(len(one.encode()) for one in told_texts)
    rows.append(
        ["the screen, texts of such pages", f"{len(told_texts) / seconds:,.0f}", f"{size / seconds / 1e6:,.1f}"]
    )
    about = f"""On one core, made-up pages (`benchmarks/scale/pages.py`), processor time. At the end
    {os.getloadavg()[0]:.0f} processes wanted to run; more than cores make every step dearer."""
    figures = table(["step", "a second", "MB a second"], [*rows, *_hyperscan(pages[170])])
    return f"## How fast it is\n\n{_paragraph(about)}\n{figures}\n"


def _hyperscan(pages: Sequence[bytes]) -> list[list[str]]:
    """The same words by Hyperscan, which the package does not use, where it is installed."""
    try:
        from hyperscan import HS_FLAG_CASELESS, Database
    except ImportError:
        return []
    named = (term.words for term in arms_terms() if term.ending is Ending.PLURAL)
    words = [words.encode() for words in named if " " not in words]
    database, begun = Database(), time.process_time()
    database.compile(
        expressions=[rb"\b%s(?:s|es)?\b" % re.escape(word) for word in words],
        ids=list(range(len(words))),
        flags=[HS_FLAG_CASELESS] * len(words),
    )
    made = time.process_time() - begun
    seconds = _seconds(lambda data: database.scan(data, match_event_handler=lambda *_: None), pages)
    rate = sum(map(len, pages)) / seconds / 1e6
    return [
        [f"Hyperscan, {len(words)} single words, made in {made:.1f} s", f"{len(pages) / seconds:,.0f}", f"{rate:,.0f}"]
    ]


def _seconds(step: Callable[[_Thing], object], things: Iterable[_Thing]) -> float:
    begun = time.process_time()
    for thing in things:
        step(thing)
    return time.process_time() - begun


def _share(passed: int, total: int) -> str:
    z, share = 1.96, passed / total
    middle, width = (
        share + z * z / (2 * total),
        z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total)),
    )
    low, high = (middle - width) / (1 + z * z / total), (middle + width) / (1 + z * z / total)
    return f"{share:.1%} ({low:.1%}–{high:.1%})"


if __name__ == "__main__":
    main()
