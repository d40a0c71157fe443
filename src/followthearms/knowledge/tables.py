"""Reading the package's own data files.

Invariant: a file either fits its model whole, or a `KnowledgeError` names it.
"""

from __future__ import annotations

from importlib import resources
from typing import TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from followthearms.errors import KnowledgeError

T = TypeVar("T")


def read_lexicon(name: str, shape: type[T]) -> T:
    """The file `data/lexicon/NAME.yaml` as `shape`. Raises KnowledgeError if it is missing or does not fit."""
    path = resources.files("followthearms") / "data" / "lexicon" / f"{name}.yaml"
    return parse_table(path.read_text(encoding="utf-8") if path.is_file() else "", f"{name}.yaml", shape)


def parse_table(source: str, where: str, shape: type[T]) -> T:
    """YAML text as `shape`. Raises KnowledgeError that names `where` if it does not fit."""
    try:
        return TypeAdapter(shape).validate_python(yaml.safe_load(source))
    except (yaml.YAMLError, ValidationError) as error:
        raise KnowledgeError(f"{where}: {error}; mend the file") from error
