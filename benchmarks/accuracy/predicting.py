"""Prediction files of the systems that can be run from here.

Invariant: where the tagger has a say, a training text is read by a model that has seen no text of its source.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from unittest import mock

from benchmarks.accuracy.peers import floor
from benchmarks.accuracy.systems import SYSTEMS, System, prediction_file
from benchmarks.accuracy.texts import SETS, Sets, large_sources, source
from followthearms.engine import run
from followthearms.errors import InputError, UnreadableFile, UsageError
from followthearms.extract.tagger import Tagger
from followthearms.model import Document, Voice
from followthearms.model.format import dump_line


def predict(name: str, sets: Sets, folder: Path, models: Path) -> Iterator[tuple[Path, int]]:
    """Let a system read all sets and write its prediction files; gives each file with its number of claims.

    `models` holds, in a folder named like the source, a tagger for each large source of the training texts.
    Raises `UsageError` for a system that cannot be run from here, `UnreadableFile` if a source has no model.
    """
    system = next((s for s in SYSTEMS if s.name == name), None)
    if system is None or not (system.voices or system.name == "floor"):
        raise UsageError(
            f"{name} cannot be run from here; put what it reads, in the claim format, into "
            f"{prediction_file(folder, 'SET', name)} for each set ({', '.join(SETS)})"
        )
    for part in SETS:
        documents = list(_read_part(system, part, sets[part], models))
        path = prediction_file(folder, part, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(f"{dump_line(document)}\n" for document in documents), "utf-8")
        yield path, sum(len(document.claims) for document in documents)


def _read_part(system: System, part: str, gold: Sequence[Document], models: Path) -> Iterator[Document]:
    """What the system reads of a set; of training texts source by source, where a model must not have seen them."""
    if part != "train-loso" or Voice.TAGGER not in system.voices:
        yield from _read(system, gold)
        return
    held_out = {name: models / name for name in large_sources(gold)}
    for name, model in held_out.items():
        if not model.is_dir():
            raise UnreadableFile(
                str(model),
                f"no tagger that has not seen {name}",
                f"train it with python -m benchmarks.reading.tagger held-out CORPUS/train.jsonl {name} {model}",
            )
    for name, model in held_out.items():
        with _tagger_at(model):
            yield from _read(system, [document for document in gold if source(document) == name])


def _read(system: System, gold: Sequence[Document]) -> Iterator[Document]:
    texts = [document.with_claims(()) for document in gold]
    for outcome in run(texts, voices=system.voices) if system.voices else floor.read(texts):
        if isinstance(outcome, InputError):
            raise outcome
        yield outcome


def _tagger_at(model: Path) -> AbstractContextManager[object]:
    """The pipeline reads with the model in a folder, instead of the package's own."""
    return mock.patch.object(Tagger, "load", return_value=Tagger.at(model))
