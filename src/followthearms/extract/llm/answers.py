"""What a model answered, as checked objects.

Invariant: nothing gets past here but strings and whole numbers in the asked form; an answer is taken strictly as JSON,
and a claim in it that does not fit costs that claim alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, StrictInt, StrictStr, ValidationError

from followthearms.extract.llm.heard import Drop
from followthearms.model import Frozen

MOST_CLAIMS = 24
"""Claims in one answer: four to a sentence, set by hand."""
MOST_QUOTES = 24
"""Quotes in one claim, set by hand."""
_FENCE = re.compile(r"\A\s*```(?:json)?\s*\n(.*)\n\s*```\s*\Z", re.DOTALL)
"""Servers that cannot hold a model to a schema let it wrap its answer so."""


class Quoted(Frozen):
    """Words for a slot."""

    slot: StrictStr
    quote: StrictStr


class Proposed(Frozen):
    """A claim as the model proposes it; `sentence` counts from 1 within what was asked."""

    sentence: StrictInt
    kind: StrictStr
    trigger: StrictStr
    slots: tuple[Quoted, ...]


class _Answer(BaseModel):
    model_config = ConfigDict(extra="forbid")

    claims: list[Any]


def parse(content: str) -> list[Proposed | Drop] | Drop:
    """The claims of an answer, each or the whole of it with why it is dropped."""
    fenced = _FENCE.match(content)
    try:
        answer = _Answer.model_validate_json(fenced[1] if fenced else content)
    except ValidationError:
        return Drop.NOT_JSON
    return [_claim(item) if n < MOST_CLAIMS else Drop.TOO_MANY for n, item in enumerate(answer.claims)]


def _claim(item: Any) -> Proposed | Drop:
    try:
        claim = Proposed.model_validate(item)
    except ValidationError:
        return Drop.MALFORMED
    return claim if len(claim.slots) <= MOST_QUOTES else Drop.MALFORMED


def schema(kinds: list[str], slots: list[str]) -> Mapping[str, Any]:
    """The JSON Schema of an answer, within what servers that enforce one take: every field required, no others."""
    quoted = _object(slot={"type": "string", "enum": slots}, quote={"type": "string"})
    claim = _object(
        sentence={"type": "integer"},
        kind={"type": "string", "enum": kinds},
        trigger={"type": "string"},
        slots={"type": "array", "items": quoted},
    )
    return _object(claims={"type": "array", "items": claim})


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}
