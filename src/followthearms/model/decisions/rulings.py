"""What an analyst can rule: one type for each act.

Invariant: a ruling says all that follows from it by itself, so that it can be kept, exported and taken in as it is.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import Field, ValidationError, field_serializer, model_validator

from followthearms.model.claims import Claim, Method, without_makers
from followthearms.model.decisions.targets import Disagreement, Name, Target
from followthearms.model.kinds import Kind
from followthearms.model.spans import Extent, Frozen, Span
from followthearms.model.voices import ANALYST


class Act(StrEnum):
    """What a decision does."""

    ACCEPT = "accept"
    REJECT = "reject"
    CORRECT = "correct"
    CLAIM = "claim"
    MERGE = "merge"
    SPLIT = "split"
    SAME = "same"
    DIFFERENT = "different"
    GRADE = "grade"
    NOTE = "note"
    RESOLVE = "resolve"
    UNDO = "undo"


class Slot(StrEnum):
    """What can be corrected of a claim; trigger and evidence are what makes it this claim."""

    KIND = "kind"
    SUPPLIER = "supplier"
    RECIPIENT = "recipient"
    ACTOR = "actor"
    PARTIES = "parties"
    COMPANY = "company"
    PERSONS = "persons"
    SPEAKER = "speaker"
    MEDIUM = "medium"
    EQUIPMENT = "equipment"
    VALUE = "value"
    DATE = "date"
    PLACE = "place"
    MODALITY = "modality"
    NEGATED = "negated"
    DISPUTED = "disputed"


_NEVER_EMPTY = frozenset({Slot.KIND, Slot.MODALITY, Slot.NEGATED, Slot.DISPUTED})


class Grade(StrEnum):
    """Reliability of a source, by the Admiralty code (NATO AJP-2.1)."""

    A = "A"  # completely reliable
    B = "B"  # usually reliable
    C = "C"  # fairly reliable
    D = "D"  # not usually reliable
    E = "E"  # unreliable
    F = "F"  # reliability cannot be judged


class Verdict(StrEnum):
    """Which side of a contradiction is right."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"
    NEITHER = "neither"


class Accept(Frozen):
    """The claim is as the text has it."""

    act: Literal[Act.ACCEPT] = Act.ACCEPT
    claim: Target


class Reject(Frozen):
    """The text makes no such claim."""

    act: Literal[Act.REJECT] = Act.REJECT
    claim: Target


class Correct(Frozen):
    """A slot of the claim is this: a value in the claim format, or null if the text has none."""

    act: Literal[Act.CORRECT] = Act.CORRECT
    claim: Target
    slot: Slot
    value: Any = None

    @model_validator(mode="after")
    def _value_fits_its_slot(self) -> Self:
        object.__setattr__(self, "value", slot_value(self.slot, self.value))
        return self

    @field_serializer("value")
    def _as_in_the_claim_format(self, value: Any) -> Any:
        return _plain(value)

    @property
    def spans(self) -> tuple[Span, ...]:
        """The quotes that the value is made of."""
        blank = _blank(**{self.slot.value: self.value})
        return tuple(span for slot, span in blank.spans() if isinstance(span, Span) and slot != "trigger")


class AddClaim(Frozen):
    """The text makes this claim. It stands in place of what the program reads as the same (see `link.rulings.by_hand`).

    Whoever made the claim that is given, it is the analyst's from now on; its id is that of its content.
    """

    act: Literal[Act.CLAIM] = Act.CLAIM
    document: Name
    claim: Claim

    @model_validator(mode="after")
    def _is_the_analysts(self) -> Self:
        if not self.claim.evidence.covers(self.claim.trigger):
            raise ValueError("the evidence of a claim holds its trigger")
        fields = without_makers(self.claim.model_dump(exclude={"id", "method"}))
        claim = Claim(**fields, method=Method(by=ANALYST))
        object.__setattr__(self, "claim", claim.model_copy(update={"id": claim.content_id(self.document)}))
        return self

    @field_serializer("claim")
    def _as_in_the_claim_format(self, claim: Claim) -> Any:
        return _plain(claim)

    @property
    def target(self) -> Target:
        """The claim as other rulings name it."""
        return Target.of(self.document, self.claim)

    @property
    def spans(self) -> tuple[Span, ...]:
        """The quotes that the claim is made of."""
        return tuple(span for _, span in self.claim.spans() if isinstance(span, Span))


class Merge(Frozen):
    """Deals that are one, or entities that are one: the first keeps its name."""

    act: Literal[Act.MERGE] = Act.MERGE
    deals: tuple[Target, ...] = ()
    entities: tuple[Name, ...] = ()

    @model_validator(mode="after")
    def _names_several(self) -> Self:
        if bool(self.deals) == bool(self.entities):
            raise ValueError("merges either deals or entities")
        names = [deal.key for deal in self.deals] or [*self.entities]
        if len(names) < 2 or len(set(names)) < len(names):
            raise ValueError("merges two or more, each named once")
        return self


class Split(Frozen):
    """Claims (strands of them) that are one deal apart from the `deal` that they were in; or names that are not the
    entity's."""

    act: Literal[Act.SPLIT] = Act.SPLIT
    deal: Target | None = None
    claims: tuple[Target, ...] = ()
    entity: Name | None = None
    names: tuple[Name, ...] = ()

    @model_validator(mode="after")
    def _is_of_one_sort(self) -> Self:
        of_deal, of_entity = (self.deal is not None, bool(self.claims)), (self.entity is not None, bool(self.names))
        if {of_deal, of_entity} != {(True, True), (False, False)}:
            raise ValueError("splits either claims from a deal or names from an entity")
        if self.deal and self.deal.key in {claim.key for claim in self.claims}:
            raise ValueError("the claim that founded the deal stays in it")
        return self


class _Pair(Frozen):
    """Two strands, or two entities by their ids."""

    left: Target | Name
    right: Target | Name

    @model_validator(mode="after")
    def _are_two_of_one_sort(self) -> Self:
        if isinstance(self.left, Target) is not isinstance(self.right, Target):
            raise ValueError("takes two deals or claims, or two entities")
        if _key(self.left) == _key(self.right):
            raise ValueError("takes two, not one twice")
        return self


class Same(_Pair):
    """The two are of one deal, or one entity."""

    act: Literal[Act.SAME] = Act.SAME


class Different(_Pair):
    """The two are not of one deal, or not one entity."""

    act: Literal[Act.DIFFERENT] = Act.DIFFERENT


class GradeSource(Frozen):
    """How reliable a source is. `source` is its id as an entity: "source:TASS"."""

    act: Literal[Act.GRADE] = Act.GRADE
    source: Annotated[str, Field(pattern=r"^source:.")]
    grade: Grade


class Note(Frozen):
    """A remark: on a claim or a deal, or on what a subject such as "source:NAME" or "entity:ID" names."""

    act: Literal[Act.NOTE] = Act.NOTE
    about: Target | Annotated[str, Field(pattern=r"^(document|entity|source|contradiction|decision):.")]
    text: Name


class Resolve(Frozen):
    """Which side of a contradiction is right. It stays visible, with the ruling."""

    act: Literal[Act.RESOLVE] = Act.RESOLVE
    contradiction: Disagreement
    verdict: Verdict


class Undo(Frozen):
    """An earlier decision no longer holds; to undo an undo makes it hold again."""

    act: Literal[Act.UNDO] = Act.UNDO
    decision: Name


Ruling = Annotated[
    Accept | Reject | Correct | AddClaim | Merge | Split | Same | Different | GradeSource | Note | Resolve | Undo,
    Field(discriminator="act"),
]


def slot_value(slot: Slot, value: Any) -> Any:
    """A value in the claim format as a claim's slot holds it; null empties the slot.

    Raises ValueError if it does not fit the slot, or if the slot cannot be empty.
    """
    if value is None and slot in _NEVER_EMPTY:
        raise ValueError(f"{slot.value} cannot be empty")
    empty = Claim.model_fields[slot.value].default
    try:
        return getattr(_blank(**{slot.value: empty if value is None else value}), slot.value)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise ValueError(f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from error


def _key(one: Target | str) -> str:
    return one.key if isinstance(one, Target) else one


def _blank(**slots: Any) -> Claim:
    """A claim that holds these slots and nothing else, so that the claim's own checks are made of them."""
    bare: dict[str, Any] = {
        "kind": Kind.SUPPLY,
        "evidence": Extent(start=0, end=1),
        "trigger": Span(start=0, end=1, text="-"),
    }
    return Claim.model_validate(bare | slots)


def _plain(value: Any) -> Any:
    """A slot's value as JSON has it, in the claim format, without what is not told."""
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, Frozen):
        return value.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return value
