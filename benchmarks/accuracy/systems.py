"""What is compared, what each was made from, and the files that hold what each read.

A prediction file is `FOLDER/SET/SYSTEM.jsonl`: the texts of the set in the claim format, with the system's claims. It
holds the texts, so it stays outside the repository. For the set `train-loso` each text must have been read by a model
that has seen no text of its source, wherever a model was trained.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.accuracy.peers import floor
from benchmarks.accuracy.texts import LARGE, SETS, Sets, large_sources, read_all, source
from followthearms.errors import FormatError, UnreadableFile, UsageError
from followthearms.model import Document
from followthearms.model.format import dump_line
from followthearms.pipeline import parsed, read

TOGETHER = 16
"""Documents that are parsed at once."""


@dataclass(frozen=True, slots=True)
class System:
    """One thing that reads texts. `held_out`: what it has not seen when it reads a training text."""

    name: str
    title: str
    held_out: str
    required: bool = False


SYSTEMS = (
    System("frames", "frames alone", "nothing: the frames were written looking at these texts", required=True),
    System("tagger", "tagger alone", "the text's whole source: one model a source"),
    System("both", "frames and tagger", "the text's whole source for the tagger, nothing for the frames"),
    System("floor", "floor", "not needed: a table of the codebook's typical words, tuned on nothing", required=True),
    System("petrarch2", "PETRARCH2", "not needed: its dictionaries are its authors'"),
)


def frames_alone(documents: Sequence[Document]) -> Iterator[Document]:
    """What the frames read."""
    for n in range(0, len(documents), TOGETHER):
        group = documents[n : n + TOGETHER]
        for document, sentences in zip(group, parsed(group), strict=True):
            yield read(document, sentences)


READERS: dict[str, Callable[[Sequence[Document]], Iterator[Document]]] = {"frames": frames_alone, "floor": floor.read}
"""The systems that need no model of their own for each source, so that one call reads any set."""


def predict(system: str, sets: Sets, folder: Path) -> Iterator[tuple[Path, int]]:
    """Let a system read all sets and write its prediction files; gives each file with its number of claims.

    Raises `UsageError` for a system that cannot be run from here.
    """
    if system not in READERS:
        raise UsageError(f"{system} cannot be run from here (can: {', '.join(READERS)}); {_by_hand(folder, system)}")
    for name in SETS:
        documents = list(READERS[system]([document.with_claims(()) for document in sets[name]]))
        path = folder / name / f"{system}.jsonl"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(f"{dump_line(document)}\n" for document in documents), "utf-8")
        yield path, sum(len(document.claims) for document in documents)


@dataclass(frozen=True, slots=True)
class Predicted:
    """What one system read, by set."""

    system: System
    sets: Sets


def load_predictions(folder: Path, gold: Sets) -> list[Predicted]:
    """The systems that have prediction files, in the order of `SYSTEMS`.

    Raises `UnreadableFile` for a missing file of a required system, or of one that has files for other sets;
    `FormatError` for a file that lacks texts of its set.
    """
    found = []
    for system in SYSTEMS:
        paths = {name: folder / name / f"{system.name}.jsonl" for name in SETS}
        missing = [path for path in paths.values() if not path.is_file()]
        if missing and (system.required or len(missing) < len(paths)):
            raise UnreadableFile(str(missing[0]), f"no predictions of {system.title}", _remedy(folder, system.name))
        if not missing:
            found.append(Predicted(system, {name: _complete(path, gold[name]) for name, path in paths.items()}))
    return found


def _complete(path: Path, gold: Sequence[Document]) -> list[Document]:
    """The predictions of a file; of small sources there need be none, as they are not held out."""
    answers = read_all(path)
    known = {document.id for document in answers}
    wanted = large_sources(gold)
    lacking = [d.id for d in gold if d.id not in known and (path.parent.name != "train-loso" or source(d) in wanted)]
    if lacking:
        raise FormatError(
            str(path),
            f"lacks {len(lacking)} texts of its set, the first of them {lacking[0]}",
            f"a text without a claim needs a line too (of train-loso, sources under {LARGE} texts may be left out)",
        )
    return answers


def _remedy(folder: Path, system: str) -> str:
    if system in READERS:
        return f"make them with python -m benchmarks.accuracy predict {system} --predictions {folder}"
    return _by_hand(folder, system)


def _by_hand(folder: Path, system: str) -> str:
    return (
        f"put what it reads, in the claim format, into {folder}/SET/{system}.jsonl for each set ({', '.join(SETS)}), "
        "of train-loso each source read by a model that has not seen it"
    )
