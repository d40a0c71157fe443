"""Commands for those who measure and train: evaluate, train."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from followthearms.cli import options
from followthearms.cli.app import app
from followthearms.cli.exits import Unread


@app.command()
def evaluate(
    gold: Annotated[str, typer.Argument(metavar="GOLD.jsonl", help="Annotated texts in the claim format.")],
    predicted: Annotated[
        str | None, typer.Option("--predicted", metavar="FILE", help="Claims to judge instead of reading the texts.")
    ] = None,
    mistakes: Annotated[bool, typer.Option("--mistakes", help="Count the mistakes by class, kind and slot.")] = False,
    voice: options.Voices = None,
    llm_model: options.LlmModel = None,
    llm_url: options.LlmUrl = None,
    as_json: options.Json = False,
) -> None:
    """Measure how well texts are read.

    By level, slot and kind, with 95 % intervals, against annotated texts.

    \b
    Examples:
      fta evaluate gold.jsonl
      fta evaluate gold.jsonl --voice frame
      fta evaluate gold.jsonl --predicted claims.jsonl --mistakes
    """
    from followthearms.cli.measuring import evaluating
    from followthearms.cli.reading import reader

    with reader.heard(voice, llm_model, llm_url) as by:
        if not evaluating.print_evaluation(gold, predicted, as_json, mistakes, by):
            raise Unread


@app.command()
def train(
    corpus: Annotated[
        list[Path],
        typer.Argument(
            metavar="CORPUS", help="Annotated texts: .jsonl in the claim format, or .standoff.jsonl with --texts."
        ),
    ],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FOLDER", help="Where the model goes.")],
    texts: Annotated[
        list[Path] | None,
        typer.Option("--texts", metavar="FILE", help="The texts that a .standoff.jsonl is about; may be repeated."),
    ] = None,
    seed: Annotated[int, typer.Option("--seed", metavar="NUMBER", help="The same seed gives the same model.")] = 7,
    epochs: Annotated[
        int | None, typer.Option("--epochs", min=1, metavar="NUMBER", help="How often the corpus is gone through.")
    ] = None,
) -> None:
    """Train the tagger on annotated texts.

    Needs the extra [train]. One core, about four minutes an epoch for a thousand texts.

    \b
    Examples:
      fta train corrected.jsonl --out model/
      fta train train.jsonl notes.standoff.jsonl --texts texts.jsonl --out model/
    """
    from followthearms.cli.measuring import training

    if not training.train_model(corpus, out, texts or [], seed, epochs):
        raise Unread
