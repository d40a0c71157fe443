"""How much speaks for it that two sets of strands with the same parties are of one deal: a visible list of features.

Each feature has a strength from 0 to 1 and a weight (data/linking/weights.yaml); their sum decides. Those that spoke,
with what they weighed, are the explanation that is kept.
Invariant: the order of the two plays no part.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping
from enum import StrEnum
from functools import lru_cache
from itertools import product

from pydantic import Field

from followthearms.errors import KnowledgeError
from followthearms.link.joining.facts import GIVEN_OUT, Days, Facts, Stage
from followthearms.link.names import equipment as tree
from followthearms.link.names import places
from followthearms.model import Kind, Nature
from followthearms.model.spans import Frozen
from followthearms.tables import DATA, read_table

Sides = tuple[Facts, Facts, tree.Likeness | None]
"""The two that are compared, and how near their equipment is; null if one of them names none."""


class Table(StrEnum):
    """Which weights hold: two reports of one text are compared otherwise than those of two."""

    ORDERS = "orders"
    HAPPENINGS = "happenings"
    HOLDINGS = "holdings"
    ONE_TEXT = "one text"

    @classmethod
    def of(cls, nature: Nature) -> Table:
        """The weights for threads of a nature."""
        if nature is Nature.HOLDING:
            return cls.HOLDINGS
        return cls.HAPPENINGS if nature.is_event else cls.ORDERS


class Weights(Frozen):
    """The numbers of data/linking/weights.yaml, which says what each is for and what they were tuned on."""

    threshold: float
    margin: float
    steps_apart: int = Field(gt=0)
    packages_apart: int = Field(gt=0)
    happenings_apart: int = Field(gt=0)
    years_apart: int = Field(gt=0)
    told_together: int = Field(gt=0)
    rounding: float = Field(gt=0)
    about: float = Field(gt=0)
    tables: Mapping[Table, Mapping[str, float]]


def compared(table: Table, left: Facts, right: Facts) -> Mapping[str, float]:
    """The features that speak for or against one deal, each with its weight times its strength."""
    told = weights().tables[table].items()
    sides = left, right, likeness(left.nodes, right.nodes) if left.nodes and right.nodes else None
    found = {name: round(weight * FEATURES[name](sides), 3) for name, weight in told}
    return {name: weight for name, weight in found.items() if weight}


def _is(wanted: tree.Likeness | None) -> Callable[[Sides], float]:
    """The feature that the equipment of both sides is just so near; null: that one of them names none."""
    return lambda sides: float(sides[2] is wanted)


def likeness(left: Collection[tree.Node], right: Collection[tree.Node]) -> tree.Likeness:
    """How near the nearest two of the nodes are; of the designated ones if both sides have such."""
    named = [[node for node in side if node.designated] for side in (left, right)]
    pairs = product(*named) if all(named) else product(left, right)
    return max(tree.likeness(one, other) for one, other in pairs)


def _quantity_equal(sides: Sides) -> float:
    return float(bool({n for n in sides[0].numbers & sides[1].numbers if n > 1}))


def _quantity_differs(sides: Sides) -> float:
    left, right = sides[0].numbers, sides[1].numbers
    return float(bool(left and right) and not any(_near(a, b) for a, b in product(left, right)))


def _near(left: float, right: float) -> bool:
    return abs(left - right) <= weights().about * max(left, right)


def _value_equal(sides: Sides) -> float:
    return float(any(_equal(a, b) for (c, a), (d, b) in product(sides[0].values, sides[1].values) if c == d))


def _value_differs(sides: Sides) -> float:
    pairs = [(a, b) for (c, a), (d, b) in product(sides[0].values, sides[1].values) if c == d]
    return float(bool(pairs) and not any(_equal(a, b) for a, b in pairs))


def _equal(left: float, right: float) -> bool:
    return abs(left - right) <= weights().rounding * max(left, right)


def _order_day_near(sides: Sides) -> float:
    """The orders were made at the same time."""
    gap = _order_gap(sides, lambda kind: True)
    return float(gap is not None and gap <= 0)


def _order_years_apart(sides: Sides) -> float:
    """The orders were made so far apart that they are not steps of one."""
    gap = _order_gap(sides, lambda kind: kind not in GIVEN_OUT)
    return min((gap or 0) / weights().steps_apart, 1.0) if gap and gap > 0 else 0.0


def _packages_apart(sides: Sides) -> float:
    """Aid or approvals were given out on different days; one package is both approved and pledged."""
    left, right = ([when for kind, when in side.days if kind in GIVEN_OUT] for side in sides[:2])
    gap = _gap(left, right)
    return float(gap is not None and gap > weights().packages_apart)


def _order_gap(sides: Sides, counts: Callable[[Kind], bool]) -> int | None:
    """Days between the nearest two events of one kind."""
    kinds = {kind for kind, _ in sides[0].days} & {kind for kind, _ in sides[1].days}
    gaps = [
        gap
        for kind in kinds
        if counts(kind)
        for gap in [_gap(_of(sides[0].days, kind), _of(sides[1].days, kind))]
        if gap is not None
    ]
    return min(gaps) if gaps else None


def _of(days: Iterable[tuple[Kind, Days]], kind: Kind) -> list[Days]:
    return [when for one, when in days if one is kind]


def _gap(left: Iterable[Days], right: Iterable[Days]) -> int | None:
    """Days between the nearest two ranges, 0 if some two have a day in common; null if there are none."""
    nearest: dt.timedelta | None = None
    for a, b in product(left, right):
        if b[0] <= a[1] and a[0] <= b[1]:
            return 0
        apart = b[0] - a[1] if b[0] > a[1] else a[0] - b[1]
        if nearest is None or apart < nearest:
            nearest = apart
    return None if nearest is None else nearest.days


def _day_equal(sides: Sides) -> float:
    """Something is told for one and the same day."""
    near = _gap([d for d in sides[0].dated if _short(d)], [d for d in sides[1].dated if _short(d)])
    return float(near == 0)


def _days_apart(sides: Sides) -> float:
    near = _gap(sides[0].dated, sides[1].dated)
    return float(near is not None and near > weights().happenings_apart)


def _short(days: Days) -> bool:
    return days[1] - days[0] <= dt.timedelta(days=31)


def _told_together(sides: Sides) -> float:
    gap = _published_gap(sides)
    return 0.0 if gap is None else max(0.0, 1 - gap / weights().told_together)


def _told_years_apart(sides: Sides) -> float:
    gap = _published_gap(sides)
    return 0.0 if gap is None else min(gap / (365 * weights().years_apart), 1.0)


def _published_gap(sides: Sides) -> int | None:
    return _gap(sides[0].published, sides[1].published)


def _place_equal(sides: Sides) -> float:
    return float(any(places.nested(a, b) for a, b in product(sides[0].places, sides[1].places)))


def _place_differs(sides: Sides) -> float:
    told = bool(sides[0].places and sides[1].places)
    return float(told and not _place_equal(sides))


def _company_equal(sides: Sides) -> float:
    return float(bool(sides[0].companies & sides[1].companies))


def _company_differs(sides: Sides) -> float:
    left, right = sides[0].companies, sides[1].companies
    return float(bool(left and right) and not left & right)


def _another_order(sides: Sides) -> float:
    return float(sides[0].again != sides[1].again)


def _use_differs(sides: Sides) -> float:
    """It is for a ship here, and for the coast there."""
    return float(_disjoint(sides[0].uses, sides[1].uses))


def _user_differs(sides: Sides) -> float:
    """It is for the army here, and for the navy there."""
    return float(_disjoint(sides[0].users, sides[1].users))


def _disjoint(left: Collection[str], right: Collection[str]) -> bool:
    return bool(left and right) and set(left).isdisjoint(right)


def _same_words(sides: Sides) -> float:
    """Two texts say it in the same words; one text that does tells two orders in one sentence."""
    left, right, _ = sides
    return float(bool(left.quotes & right.quotes) and left.documents.isdisjoint(right.documents))


def _stage_shared(sides: Sides) -> float:
    return float(bool(sides[0].stages & sides[1].stages))


def _stage_apart(sides: Sides) -> float:
    """One is only sought, the other is no longer so."""
    left, right = sides[0].stages, sides[1].stages
    return float(
        (left == {Stage.SOUGHT} and Stage.SOUGHT not in right) or (right == {Stage.SOUGHT} and Stage.SOUGHT not in left)
    )


FEATURES: dict[str, Callable[[Sides], float]] = {
    "one text": lambda sides: 1.0,
    "same type": _is(tree.Likeness.TYPE),
    "same name": _is(tree.Likeness.NAME),
    "same category": _is(tree.Likeness.CATEGORY),
    "variant": _is(tree.Likeness.VARIANT),
    "wider term": _is(tree.Likeness.WIDER),
    "akin": _is(tree.Likeness.AKIN),
    "other type": _is(tree.Likeness.NONE),
    "no equipment": _is(None),
    "quantity equal": _quantity_equal,
    "quantity differs": _quantity_differs,
    "value equal": _value_equal,
    "value differs": _value_differs,
    "ordered at one time": _order_day_near,
    "ordered years apart": _order_years_apart,
    "given out apart": _packages_apart,
    "one day": _day_equal,
    "other days": _days_apart,
    "told together": _told_together,
    "told years apart": _told_years_apart,
    "place equal": _place_equal,
    "place differs": _place_differs,
    "company equal": _company_equal,
    "company differs": _company_differs,
    "stage shared": _stage_shared,
    "stage apart": _stage_apart,
    "another order": _another_order,
    "use differs": _use_differs,
    "user differs": _user_differs,
    "same words": _same_words,
}
"""Every feature by the name that weights and explanations use."""


@lru_cache(maxsize=1)
def weights() -> Weights:
    """The weights of data/linking/weights.yaml. Raises KnowledgeError if it names a feature that there is not."""
    found = read_table(DATA / "linking" / "weights.yaml", Weights)
    for table in Table:
        odd = set(found.tables.get(table, {"": 0})) - set(FEATURES)
        if odd:
            raise KnowledgeError(
                f"weights.yaml: {table}: no feature {', '.join(sorted(odd)) or 'at all'}; mend the file"
            )
    return found
