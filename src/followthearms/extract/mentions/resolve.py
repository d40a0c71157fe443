"""One reading of each stretch of the text: overlapping mentions are settled here and nowhere else.

Invariant: the mentions that come out do not overlap, but for a party inside an equipment, office or place name, and
stand in text order. The work grows with the number of mentions, however long the text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from followthearms.model.mentions import Form, Mention, MentionType

_ORDER = (
    MentionType.MONEY,
    MentionType.EQUIPMENT,
    MentionType.DATE,
    MentionType.QUANTITY,
    MentionType.PERSON,
    MentionType.COMPANY,
    MentionType.ACTOR,
    MentionType.PLACE,
)
"""Which type wins where two overlap in part; a longer mention of the same type wins over a shorter one."""
_CELL = 64
"""Code points of a cell; mentions are looked for in the cells that they touch. Most mentions are shorter."""


def settle(mentions: Iterable[Mention]) -> list[Mention]:
    """The mentions without overlaps, in text order."""
    ranked = sorted(set(mentions), key=lambda m: (_ORDER.index(m.type), m.start - m.end, m.start, m.form))
    kept: list[Mention] = []
    cells: dict[int, list[Mention]] = defaultdict(list)
    for mention in ranked:
        start, end = mention.start, mention.end
        touched = range(start // _CELL, (end - 1) // _CELL + 1)
        near = (k for cell in touched for k in cells.get(cell, ()))
        if all(end <= k.start or k.end <= start or _may_share(mention, k) for k in near):
            kept.append(mention)
            for cell in touched:
                cells[cell].append(mention)
    return sorted(kept, key=lambda m: (m.start, -m.end, m.type))


def _may_share(later: Mention, kept: Mention) -> bool:
    """A state may name a person's office or be a place; a firm's name may hold a state, which then is no party."""
    if {later.type, kept.type} == {MentionType.ACTOR, MentionType.PLACE}:
        return True
    office = later.form is Form.OFFICE or kept.form is Form.OFFICE
    return office and {later.type, kept.type} == {MentionType.ACTOR, MentionType.PERSON}
