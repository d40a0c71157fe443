"""The package's frames, roles and word classes, read once."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterator
from importlib.resources.abc import Traversable

from followthearms.errors import KnowledgeError
from followthearms.model import Frozen, Kind
from followthearms.rules.frames import read_frame
from followthearms.rules.matcher import Matcher, Reach, RoleType
from followthearms.rules.paths import Classes
from followthearms.tables import DATA, read_table


class _Role(Frozen):
    accepts: frozenset[str]
    reach: Reach


@functools.lru_cache(maxsize=1)
def word_classes() -> Classes:
    """The classes of lemmas that frames name as "@class"."""
    return read_table(DATA / "cues" / "classes.yaml", dict[str, frozenset[str]])


@functools.lru_cache(maxsize=1)
def role_types() -> dict[str, RoleType]:
    """Which mentions may fill each role."""
    roles = read_table(DATA / "cues" / "roles.yaml", dict[str, _Role])
    return {name: RoleType(role.accepts, role.reach) for name, role in roles.items()}


def frame_files() -> Iterator[Traversable]:
    """Every frame file, ordered by kind and name."""
    for folder in sorted((DATA / "frames").iterdir(), key=lambda f: f.name):
        yield from sorted((f for f in folder.iterdir() if f.name.endswith(".yaml")), key=lambda f: f.name)


@functools.lru_cache(maxsize=1)
def matcher() -> Matcher:
    """All frames, ready to match; raises `KnowledgeError` if a file is malformed or an id stands twice."""
    kinds, roles, classes = frozenset(Kind), role_types(), word_classes()
    frames = [read_frame(f, kinds, frozenset(roles), classes) for f in frame_files()]
    twice = {f.frame for f in frames if sum(g.frame == f.frame for g in frames) > 1}
    if twice:
        raise KnowledgeError(f"frames with the same id: {', '.join(sorted(twice))}")
    return Matcher(frames, roles, classes)


@functools.lru_cache(maxsize=1)
def ruleset() -> str:
    """A digest of all the data that decides what is read: it changes when any frame, cue, lexicon or the model does."""
    digest = hashlib.sha256((DATA / "model" / "model.json").read_bytes())
    for file in sorted(_walk(DATA), key=lambda pair: pair[0]):
        digest.update(file[0].encode() + b"\0" + file[1].read_bytes())
    return digest.hexdigest()[:12]


def _walk(folder: Traversable, prefix: str = "") -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        if entry.is_dir() and (prefix or entry.name in ("frames", "cues", "lexicon")):
            yield from _walk(entry, f"{prefix}{entry.name}/")
        elif entry.is_file() and prefix:
            yield f"{prefix}{entry.name}", entry
