"""The words of the register as frozen types; the claim format is their JSON."""

from followthearms.model.claims import Claim, Method
from followthearms.model.documents import Document
from followthearms.model.kinds import SYMMETRIC, Bound, Kind, Modality
from followthearms.model.slots import DateRange, Equipment, Money, Party, Quantity
from followthearms.model.spans import Extent, Frozen, Span

__all__ = [
    "SYMMETRIC",
    "Bound",
    "Claim",
    "DateRange",
    "Document",
    "Equipment",
    "Extent",
    "Frozen",
    "Kind",
    "Method",
    "Modality",
    "Money",
    "Party",
    "Quantity",
    "Span",
]
