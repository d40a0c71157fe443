"""What is compared, what each was made from, and the files that hold what each read.

A prediction file is `FOLDER/SET/SYSTEM.jsonl`: the texts of the set in the claim format, with the system's claims. It
holds the texts, so it stays outside the repository. For the set `train-loso` each text must have been read by a model
that has seen no text of its source, wherever a model was trained.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.accuracy.texts import LARGE, SETS, Sets, large_sources, read_all, source
from followthearms.errors import FormatError, UnreadableFile
from followthearms.model import ALL_VOICES, Document, Voice


@dataclass(frozen=True, slots=True)
class System:
    """One thing that reads texts.

    `held_out`: what it has not seen when it reads a training text. `voices`: who proposes, where it is this program.
    The page cannot be made without those that are `required`.
    """

    name: str
    title: str
    held_out: str
    voices: frozenset[Voice] = frozenset()
    required: bool = False


SYSTEMS = (
    System(
        "frames",
        "frames alone",
        "nothing: the frames were written looking at these texts",
        voices=frozenset({Voice.FRAME}),
        required=True,
    ),
    System("tagger", "tagger alone", "the text's whole source: no model has seen it", voices=frozenset({Voice.TAGGER})),
    System(
        "both", "frames and tagger", "the text's whole source for the tagger, nothing for the frames", voices=ALL_VOICES
    ),
    System("floor", "floor", "not needed: a table of the codebook's typical words, tuned on nothing", required=True),
    System("petrarch2", "PETRARCH2", "not needed: its dictionaries are its authors'"),
)


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
        paths = {name: prediction_file(folder, name, system.name) for name in SETS}
        missing = [path for path in paths.values() if not path.is_file()]
        if missing and (system.required or len(missing) < len(paths)):
            remedy = f"make them with python -m benchmarks.accuracy predict {system.name} --predictions {folder}"
            raise UnreadableFile(str(missing[0]), f"no predictions of {system.title}", f"{remedy}, or put them there")
        if not missing:
            found.append(Predicted(system, {name: _complete(path, gold[name]) for name, path in paths.items()}))
    return found


def prediction_file(folder: Path, part: str, system: str) -> Path:
    """Where the predictions of a system for a set lie."""
    return folder / part / f"{system}.jsonl"


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
