"""The matrix: suppliers by recipients, as a table that is its own picture.

Invariant: each number is one of deals and leads to them; those of all others together lead to the rows of the map,
which has each pair.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from followthearms.model.query import Query
from followthearms.register.answers.flows import Matrix, Share
from followthearms.web.views.explore.page import (
    Drawn,
    Page,
    at,
    counted,
    deals,
    name_of,
    narrowed,
    page,
    transfers,
)

COLUMNS = ("supplier", "supplier_name", "recipient", "recipient_name", "deals")
MOST = 30
"""Suppliers and recipients that have a row and a column."""
OTHERS = "All others"
_HEATS = 5
"""Steps of shade; the number stands in each cell."""


@dataclass(frozen=True)
class Cell:
    """A cell: its deals and their list, and the step of its shade from 1 to 5; none if no deal is between the two."""

    row: Drawn
    heat: int


@dataclass(frozen=True)
class Head:
    """A row or a column: who, all deals that name it so, and their list where one query finds it."""

    name: str
    deals: int
    href: str | None


@dataclass(frozen=True)
class MatrixView:
    """The page of the matrix."""

    page: Page
    most: int
    columns: tuple[Head, ...]
    lines: tuple[tuple[Head, tuple[Cell | None, ...]], ...]
    rows: tuple[Drawn, ...]


def matrix_view(query: Query, found: Matrix) -> MatrixView:
    """The page of the matrix of `transfers(query)`."""
    asked = transfers(query)
    most = max((cell.deals for cell in found.cells if cell.supplier and cell.recipient), default=1)
    cells: dict[tuple[str, str], Cell] = {}
    for one in found.cells:
        row = _row(query, asked, one.supplier, one.recipient, one.deals)
        heat = min(math.ceil(math.sqrt(one.deals / most) * _HEATS), _HEATS)
        cells[one.supplier, one.recipient] = Cell(row, heat)
    return MatrixView(
        page=page("matrix", query, asked, _notes(found)),
        most=MOST,
        columns=tuple(_head(asked, "recipient", share) for share in found.recipients),
        lines=tuple(
            (
                _head(asked, "supplier", share),
                tuple(cells.get((share.entity, other.entity)) for other in found.recipients),
            )
            for share in found.suppliers
        ),
        rows=tuple(cell.row for cell in cells.values()),
    )


def _row(query: Query, asked: Query, supplier: str, recipient: str, number: int) -> Drawn:
    names = tuple(name_of(one) if one else OTHERS for one in (supplier, recipient))
    is_one_pair = bool(supplier and recipient)
    return Drawn(
        held={
            **{"supplier": supplier, "supplier_name": names[0], "recipient": recipient, "recipient_name": names[1]},
            "deals": str(number),
        },
        shown=names,
        deals=number,
        href=narrowed(asked, supplier=supplier, recipient=recipient)
        if is_one_pair
        else at("map", query, everything=1) + "#rows",
    )


def _head(asked: Query, role: str, share: Share) -> Head:
    if not share.entity:
        return Head(OTHERS, share.deals, None)
    return Head(name_of(share.entity), share.deals, narrowed(asked, **{role: share.entity}))


def _notes(found: Matrix) -> Iterator[str]:
    yield f"{deals(found.both)} name both a supplier and a recipient; one with several counts with each, once in a sum."
    if found.counted > found.both:
        yield f"{deals(found.counted - found.both)} name one side only, and are in no picture of flows."
    yield counted(found.counted, found.all_counted)
