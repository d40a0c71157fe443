"""One reading of each stretch of the text: overlapping mentions are settled here and nowhere else.

Invariant: the mentions that come out do not overlap, but for a party inside an equipment, office or place name, and
stand in text order. The work grows with the number of mentions, however long the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable

from followthearms.model import Party
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
_TAIL = re.compile(r"(?:['’]s?)?[\s-]*\Z", re.IGNORECASE)
"""What stands between a party and the thing that it has: a possessive, white space, a hyphen."""
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


def cut_back(actors: Iterable[Mention], equipment: Iterable[Mention]) -> list[Mention]:
    """The actors, none running into equipment: of "Norway's military" and "military aid" the first is Norway."""
    starts = sorted(m.start for m in equipment)
    return [_before(a, starts) for a in actors]


def _before(actor: Mention, starts: list[int]) -> Mention:
    n = bisect_right(starts, actor.start)
    if n == len(starts) or starts[n] >= actor.end or not isinstance(actor.span, Party):
        return actor
    words = _TAIL.sub("", actor.span.text[: starts[n] - actor.start])
    if not words:
        return actor
    span = actor.span.model_copy(update={"end": actor.start + len(words), "text": words})
    return Mention(actor.type, span, Form.NAME)


def _may_share(later: Mention, kept: Mention) -> bool:
    """A state may name a person's office or be a place; a firm's name may hold a state, which then is no party."""
    if {later.type, kept.type} == {MentionType.ACTOR, MentionType.PLACE}:
        return True
    office = later.form is Form.OFFICE or kept.form is Form.OFFICE
    return office and {later.type, kept.type} == {MentionType.ACTOR, MentionType.PERSON}
