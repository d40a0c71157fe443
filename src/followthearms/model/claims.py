"""A claim: one happening, or state of affairs, as one stretch of one text reports it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import Field, field_validator

from followthearms.model.kinds import Kind, Modality
from followthearms.model.slots import DateRange, Equipment, Money, Party
from followthearms.model.spans import Extent, Frozen, Span


class Method(Frozen):
    """Who made the claim: the component, its rule or model, and the version of the data it used."""

    by: str
    rule: str = ""
    ruleset: str = ""
    score: float = 1.0


class Claim(Frozen):
    """One claim with its evidence. Slots that the text does not give are empty.

    `kind` holds the best kind first; `trigger` the words that show it; `evidence` the clause that carries it.
    """

    id: str = ""
    kind: Annotated[tuple[Kind, ...], Field(min_length=1)]
    evidence: Extent
    trigger: Span
    supplier: tuple[Party, ...] = ()
    recipient: tuple[Party, ...] = ()
    actor: tuple[Party, ...] = ()
    parties: tuple[Party, ...] = ()
    company: tuple[Span, ...] = ()
    persons: tuple[Span, ...] = ()
    speaker: tuple[Party, ...] = ()
    medium: Span | None = None
    equipment: tuple[Equipment, ...] = ()
    value: Money | None = None
    date: DateRange | None = None
    place: Span | None = None
    modality: Modality = Modality.ACTUAL
    negated: bool = False
    disputed: bool = False
    optional: bool = False
    method: Method | None = None

    @field_validator(
        "kind", mode="before", json_schema_input_type=Kind | Annotated[tuple[Kind, ...], Field(min_length=1)]
    )
    @classmethod
    def _one_kind_may_stand_alone(cls, value: Any) -> Any:
        return (value,) if isinstance(value, str) else value

    def spans(self) -> Iterator[tuple[str, Extent]]:
        """Every span of the claim with the slot that it stands in, nested ones included."""
        yield "evidence", self.evidence
        for slot in type(self).model_fields:
            value = getattr(self, slot)
            if not value or slot == "evidence":
                continue
            for item in value if isinstance(value, tuple) else (value,):
                if isinstance(item, Span):
                    yield slot, item
                if isinstance(item, Equipment) and item.quantity:
                    yield "quantity", item.quantity

    def content_id(self, document_id: str) -> str:
        """An id that depends on what is claimed of which document, and on nothing else.

        Who made it is left out, so that the same claim made by a better ruleset keeps its id.
        """
        content = without_makers(self.model_dump(by_alias=True, exclude={"id", "method"}, exclude_defaults=True))
        digest = hashlib.sha256(json.dumps([document_id, content], sort_keys=True).encode()).hexdigest()
        return f"c{digest[:16]}"


def without_makers(value: Any) -> Any:
    """The fields of a claim, as `model_dump` gives them, without who filled a slot."""
    if isinstance(value, dict):
        return {name: without_makers(part) for name, part in value.items() if name != "by"}
    return [without_makers(part) for part in value] if isinstance(value, list | tuple) else value
