"""A frame: which words show one kind of happening, and where in the sentence its parts stand.

A frame is a YAML file whose name is its id. Unknown keys are errors. Its examples are its tests.

    frame: refuse
    kind: refusal
    summary: A party turns down a request, a licence or a sale.
    trigger: {pos: VERB, lemma: [refuse, reject, turn down]}
    patterns:
      request: {supplier: subject, "recipient?": "object poss | object mod", object: "object[@request]"}
    examples:
      request:
        - <supplier Russia> <trigger turned down> <recipient Pakistan>'s <object demand> for rifles.
    rejects:
      - {text: The army rejected 40 recruits., why: no request and no equipment}
    misses:
      request: []
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from importlib.resources.abc import Traversable
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from followthearms.errors import KnowledgeError
from followthearms.rules.paths import Classes, Path, classes_named, read_path
from followthearms.tables import read_table


def _as_tuple(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


Words = Annotated[tuple[str, ...], BeforeValidator(_as_tuple), Field(min_length=1)]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Trigger(_Strict):
    """The words that show the happening: lemmas, or several lemmas in a row, of a part of speech."""

    pos: Words
    lemma: Words

    @functools.cached_property
    def sequences(self) -> tuple[tuple[str, ...], ...]:
        """The lemmas of each alternative, longest alternative first."""
        return tuple(sorted((tuple(w.split()) for w in self.lemma), key=lambda s: (-len(s), s)))


class Reject(_Strict):
    """A sentence on which the frame must not fire, and why."""

    text: str
    why: str


class Frame(_Strict):
    """One frame; see the module's docstring."""

    frame: str
    kind: Words
    summary: str
    trigger: Trigger
    patterns: Mapping[str, Mapping[str, str]]
    examples: Mapping[str, tuple[str, ...]]
    rejects: tuple[Reject, ...]
    misses: Mapping[str, tuple[str, ...]] = {}
    agent: str | None = None
    """The role that the doer of the happening plays; where another frame governs this one, its doer plays it."""
    weight: Annotated[float, Field(gt=0, le=1)] = 1.0
    """How far the frame is to be trusted where another fires on the same words."""

    @model_validator(mode="after")
    def _examples_name_patterns(self) -> Self:
        if set(self.examples) != set(self.patterns):
            raise ValueError(f"examples are for {sorted(self.examples)}, patterns are {sorted(self.patterns)}")
        if unknown := set(self.misses) - set(self.patterns):
            raise ValueError(f"misses name no pattern: {sorted(unknown)}")
        return self

    @functools.cached_property
    def roles(self) -> Mapping[str, tuple[Role, ...]]:
        """For each pattern its roles, required ones first."""
        return {
            name: tuple(sorted((Role.read(k, v) for k, v in spec.items()), key=lambda r: not r.required))
            for name, spec in self.patterns.items()
        }


class Role(_Strict):
    """A part of the happening, where to look for it, and whether the pattern fails without it."""

    name: str
    path: Path
    required: bool

    @classmethod
    def read(cls, key: str, path: str) -> Self:
        """From a pattern's `role: path`, or `role?: path` if the role may be missing."""
        return cls(name=key.rstrip("?"), path=read_path(path), required=not key.endswith("?"))


def read_frame(file: Traversable, kinds: frozenset[str], roles: frozenset[str], classes: Classes) -> Frame:
    """Read a frame and check that its kinds, roles and classes exist; raises `KnowledgeError` with the file's name."""
    frame = read_table(file, Frame)
    try:
        used = [role for pattern in frame.roles.values() for role in pattern]
    except KnowledgeError as error:
        raise KnowledgeError(f"{file.name}: {error}") from error
    if f"{frame.frame}.yaml" != file.name:
        raise KnowledgeError(f"{file.name}: its frame is called {frame.frame!r}; a frame is called as its file")
    if unknown := set(frame.kind) - kinds:
        raise KnowledgeError(f"{file.name}: unknown kind {sorted(unknown)}")
    if unknown := ({role.name for role in used} | ({frame.agent} if frame.agent else set())) - roles:
        raise KnowledgeError(f"{file.name}: unknown role {sorted(unknown)}; roles are {sorted(roles)}")
    if unknown := {c for role in used for c in classes_named(role.path)} - set(classes):
        raise KnowledgeError(f"{file.name}: unknown class {sorted(unknown)}")
    return frame
