"""`fta explain`: why a sentence is read as it is."""

from __future__ import annotations

import dataclasses

from rich.table import Table
from rich.text import Text

from followthearms.cli import console, tables
from followthearms.errors import UsageError
from followthearms.exchange import words
from followthearms.model.mentions import Mention
from followthearms.pipeline import Explanation, explain
from followthearms.pipeline.explaining import Trial


def print_explanation(sentence: str, as_json: bool) -> None:
    """What was found in a sentence, which patterns were tried on it, where they failed, and the claims."""
    if not sentence.strip():
        raise UsageError("there is nothing to explain; give a sentence in quotation marks")
    explanation = explain(sentence)
    if as_json:
        console.print_json(_as_json(explanation))
        return
    out = console.console()
    out.print(Text("Words", "bold"), _words(explanation), "")
    out.print(Text("What is named", "bold"), _mentions(explanation.mentions), "")
    out.print(Text("Patterns that were tried", "bold"), _trials(explanation.trials), "")
    if explanation.claims:
        claims = ((explanation.document, claim) for claim in explanation.claims)
        out.print(Text("Claims", "bold"), tables.claims_table(claims))
    else:
        out.print(Text("No claim was read out of this.", "bold"))


def _words(explanation: Explanation) -> Table:
    table = tables.plain_table("Word", "Lemma", "Tag", "Role", "Head")
    for word in explanation.words:
        table.add_row(*(Text(words.visible(part)) for part in (word.text, word.lemma, word.pos, word.dep, word.head)))
    return table


def _mentions(mentions: tuple[Mention, ...]) -> Table:
    table = tables.plain_table("Words", "Type", "Form", "Read as")
    for mention in mentions:
        span = mention.span
        row = (words.one_line(span.text), mention.type.value, mention.form.value, words.reading(span))
        table.add_row(*map(Text, row))
    return table


def _trials(trials: tuple[Trial, ...]) -> Table:
    """The patterns that fit, then those that did not, with the role that found nothing."""
    table = tables.plain_table("Trigger", "Frame", "Pattern", "Kind", "")
    for trial in sorted(trials, key=lambda trial: trial.failed is not None):
        outcome = Text("fits", "green") if trial.failed is None else Text(words.visible(trial.failed), "dim")
        row = (words.visible(trial.trigger), trial.frame, trial.pattern, trial.kind)
        table.add_row(*map(Text, row), outcome)
    return table


def _as_json(explanation: Explanation) -> dict[str, object]:
    return {
        "words": [dataclasses.asdict(word) for word in explanation.words],
        "mentions": [
            {"type": m.type.value, "form": m.form.value, **m.span.model_dump(mode="json", by_alias=True)}
            for m in explanation.mentions
        ],
        "trials": [dataclasses.asdict(trial) for trial in explanation.trials],
        "claims": [claim.model_dump(mode="json", by_alias=True) for claim in explanation.claims],
    }
