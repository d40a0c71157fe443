"""Reading the package's own data files: YAML into checked shapes.

Invariant: a file either fits its shape whole, or a `KnowledgeError` names it and says what does not fit.
"""

from __future__ import annotations

import re
from importlib import resources
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from followthearms.errors import KnowledgeError

DATA = resources.files("followthearms") / "data"
_Shape = TypeVar("_Shape")
if TYPE_CHECKING:
    from yaml import SafeLoader as _SafeLoader
else:  # the same loader in C where PyYAML has it: ten times as fast, and the data are read at every start
    _SafeLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_BOOL = "tag:yaml.org,2002:bool"


class _Loader(_SafeLoader):
    """Takes `on`, `off`, `yes` and `no` for the words that they are, as YAML 1.2 does."""

    yaml_implicit_resolvers = {  # noqa: RUF012 (the base class declares it so)
        first: [rule for rule in rules if rule[0] != _BOOL]
        for first, rules in _SafeLoader.yaml_implicit_resolvers.items()
    }


_Loader.add_implicit_resolver(_BOOL, re.compile(r"(?:true|false)\Z"), ["t", "f"])


def read_table(file: Traversable, shape: type[_Shape]) -> _Shape:
    """A YAML file as `shape`; raises `KnowledgeError` if it is missing or does not fit."""
    if not file.is_file():
        raise KnowledgeError(f"{file.name}: this data file of the package is missing; install the package again")
    return parse_table(file.read_text(encoding="utf-8"), file.name, shape)


def parse_table(source: str, where: str, shape: type[_Shape]) -> _Shape:
    """YAML text as `shape`; raises `KnowledgeError` that names `where` if it does not fit."""
    try:
        return TypeAdapter(shape).validate_python(yaml.load(source, Loader=_Loader))  # noqa: S506 (a safe loader)
    except (yaml.YAMLError, ValidationError) as error:
        raise KnowledgeError(f"{where}: {error}; mend the file") from error
