"""`fta evaluate`: how well annotated texts are read."""

from __future__ import annotations

from pathlib import Path

import typer

from followthearms.cli import console
from followthearms.cli.reading.reader import Heard
from followthearms.cli.reading.telling import Errors
from followthearms.engine import run
from followthearms.errors import FormatError, InputError, UsageError
from followthearms.evaluate import Report, evaluate
from followthearms.model import Document
from followthearms.sources import ReadOptions, read_source


def print_evaluation(gold: str, predicted: str | None, as_json: bool, show_mistakes: bool, by: Heard) -> bool:
    """The figures of what is read out of annotated texts (or of given predictions); true if all could be read."""
    errors = Errors()
    annotated = _load(gold, errors)
    if not annotated:
        raise FormatError(gold, "holds no annotated document", "give a .jsonl file in the claim format")
    if predicted:
        answers = _load(predicted, errors)
    else:
        with console.progress_bar("Reading") as on_progress:
            texts = [document.model_copy(update={"claims": ()}) for document in annotated]
            answers = list(errors.sift(run(texts, on_progress, voices=by.voices, model=by.model)))
    report = evaluate(annotated, answers)
    if as_json:
        console.print_json(report.as_dict())
    else:
        typer.echo(str(report))
        if show_mistakes:
            typer.echo(_mistakes(report))
    return not errors.count


def _load(path: str, errors: Errors) -> list[Document]:
    if path != "-" and Path(path).suffix != ".jsonl":
        raise UsageError(f"{path} is no .jsonl file; annotated texts come in the claim format")
    return list(errors.sift(map(_annotated, read_source(path, ReadOptions(keep_claims=True)))))


def _annotated(item: Document | InputError) -> Document | InputError:
    """A text without claims is not one that has none to find: it would count all that is read as wrong."""
    if isinstance(item, InputError) or "claims" in item.model_fields_set:
        return item
    return FormatError(f"document {item.id}", "is not annotated", 'if it holds nothing to find, give it "claims": []')


def _mistakes(report: Report) -> str:
    counted = report.mistakes_by_class().most_common()
    return "\n" + "\n".join(f"{n:5}  {cls} {kind} {', '.join(slots)}".rstrip() for (cls, kind, slots), n in counted)
