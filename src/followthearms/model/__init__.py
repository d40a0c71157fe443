"""The words of the register as frozen types; the claim format is their JSON."""

from followthearms.model.claims import Claim, Method
from followthearms.model.deals import (
    Amount,
    Consistency,
    Contradiction,
    Deal,
    DealRow,
    Event,
    Figure,
    Item,
    Named,
    Nature,
    Ref,
    Side,
    Status,
    Story,
    Topic,
)
from followthearms.model.documents import Document
from followthearms.model.entities import Cell, Codes, Entity, EntityKind, Part, Role
from followthearms.model.kinds import SYMMETRIC, Bound, Kind, Modality
from followthearms.model.slots import DateRange, Equipment, Money, Party, Quantity
from followthearms.model.spans import Extent, Frozen, Span
from followthearms.model.voices import ALL_VOICES, Voice

__all__ = [
    "ALL_VOICES",
    "SYMMETRIC",
    "Amount",
    "Bound",
    "Cell",
    "Claim",
    "Codes",
    "Consistency",
    "Contradiction",
    "DateRange",
    "Deal",
    "DealRow",
    "Document",
    "Entity",
    "EntityKind",
    "Equipment",
    "Event",
    "Extent",
    "Figure",
    "Frozen",
    "Item",
    "Kind",
    "Method",
    "Modality",
    "Money",
    "Named",
    "Nature",
    "Part",
    "Party",
    "Quantity",
    "Ref",
    "Role",
    "Side",
    "Span",
    "Status",
    "Story",
    "Topic",
    "Voice",
]
