"""The package's frames, roles and word classes, read once."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml

from followthearms.errors import KnowledgeError
from followthearms.model import Kind
from followthearms.rules.frames import read_frame
from followthearms.rules.matcher import Matcher, Reach, RoleType
from followthearms.rules.paths import Classes

_DATA = files("followthearms") / "data"


def _read(name: str) -> Any:
    return yaml.safe_load((_DATA / "cues" / name).read_text(encoding="utf-8"))


@functools.lru_cache(maxsize=1)
def word_classes() -> Classes:
    """The classes of lemmas that frames and composition name."""
    return {name: frozenset(words) for name, words in _read("classes.yaml").items()}


@functools.lru_cache(maxsize=1)
def role_types() -> dict[str, RoleType]:
    """Which mentions may fill each role."""
    try:
        return {k: RoleType(frozenset(v["accepts"]), Reach(v["reach"])) for k, v in _read("roles.yaml").items()}
    except (KeyError, ValueError) as error:
        raise KnowledgeError(f"roles.yaml: {error}") from error


def frame_files() -> Iterator[Traversable]:
    """Every frame file, ordered by kind and name."""
    for folder in sorted((_DATA / "frames").iterdir(), key=lambda f: f.name):
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
    """A digest of all the data that decides what is read: it changes when any frame, cue or lexicon does."""
    digest = hashlib.sha256()
    for file in sorted(_walk(_DATA), key=lambda pair: pair[0]):
        digest.update(file[0].encode() + b"\0" + file[1].read_bytes())
    return digest.hexdigest()[:12]


def _walk(folder: Traversable, prefix: str = "") -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        if entry.is_dir() and entry.name in ("frames", "cues", "lexicon"):
            yield from _walk(entry, f"{prefix}{entry.name}/")
        elif entry.is_dir() and prefix:
            yield from _walk(entry, f"{prefix}{entry.name}/")
        elif entry.is_file() and prefix:
            yield f"{prefix}{entry.name}", entry
