"""What stands in the cells of a deal: names, equipment, figures and sums, each with the claims that tell of it."""

from __future__ import annotations

from followthearms.model.kinds import Bound
from followthearms.model.spans import Frozen


class Ref(Frozen):
    """Where a statement stands: a document and the claim in it."""

    document: str
    claim: str


class Named(Frozen):
    """A party, company or place of a deal. `code` is a party's; `name` the words of the first text that has it.

    A party without a code in the text has its name in capitals as its code.
    """

    name: str
    code: str | None = None
    refs: tuple[Ref, ...] = ()


class Item(Frozen):
    """Equipment of a deal: the label to show, and the designation and category that the texts give."""

    label: str
    designation: str | None = None
    category: str | None = None
    refs: tuple[Ref, ...] = ()


class Figure(Frozen):
    """A number of items as reported; `sources` counts the independent sources that report just this number."""

    number: int | float
    bound: Bound = Bound.EXACT
    unit: str | None = None
    sources: int = 1
    refs: tuple[Ref, ...] = ()


class Amount(Frozen):
    """An amount of money as reported, in units of `currency` (ISO 4217); `per` is the period of a rate.

    `beside` names what the sum is of besides this deal: other equipment, other recipients. Empty if it is of this deal
    alone. Only such sums may be added up over deals.
    """

    amount: int | float
    currency: str | None = None
    bound: Bound = Bound.EXACT
    per: str | None = None
    beside: tuple[str, ...] = ()
    sources: int = 1
    refs: tuple[Ref, ...] = ()
