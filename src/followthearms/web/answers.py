"""One view, three answers: the page, its JSON and its CSV, by how the address ends.

Invariant: all three come from the same answer of the register, and a CSV has the rows that the page shows.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from pydantic import BaseModel

from followthearms.errors import NotInRegister
from followthearms.exchange.tables import Row, write_csv
from followthearms.web.links import unsegment
from followthearms.web.rendering import render

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""What no id in a database has."""

_Route = TypeVar("_Route", bound=Callable[..., Any])


@dataclass(frozen=True)
class Table:
    """Rows for a CSV. `name` is the file's, without its ending."""

    name: str
    columns: tuple[str, ...]
    rows: Iterable[Row]


@dataclass(frozen=True)
class Answer:
    """A template with its view; `data` is what the JSON holds, `table` what the CSV holds."""

    template: str
    view: object
    data: Any
    table: Table | None = None


def pages(router: APIRouter, path: str, *, csv: bool = False) -> Callable[[_Route], _Route]:
    """Declares a view at a path, and at the same path with ".json" and ".csv"."""

    def declare(route: _Route) -> _Route:
        name = route.__name__
        for ending in (".json", *([".csv"] if csv else [])):
            router.add_api_route(path + ending, route, name=name + ending, response_class=Response)
        router.add_api_route(path, route, name=name, response_class=HTMLResponse)
        return route

    return declare


def answer(request: Request, found: Answer) -> Response:
    """The answer in the format that the address asks for."""
    if request.url.path.endswith(".json"):
        return as_json(found.data)
    if request.url.path.endswith(".csv") and found.table:
        return _as_csv(found.table)
    return HTMLResponse(render(request, found.template, found.view))


def as_json(data: Any, status: int = 200) -> Response:
    """Data as JSON, all of it in ASCII, so that no character is lost."""
    return Response(json.dumps(plain(data), allow_nan=False), status, media_type="application/json")


def plain(data: Any) -> Any:
    """Data as JSON has it: models by their aliases, as in the claim format."""
    match data:
        case BaseModel():
            return data.model_dump(mode="json", by_alias=True)
        case dict():
            return {name: plain(part) for name, part in data.items()}
        case list() | tuple():
            return [plain(part) for part in data]
        case _:
            return data


def named(part: str, what: str) -> str:
    """The id in a segment of an address. Raises NotInRegister if it is none."""
    name = unsegment(part)
    if name is None or _UNSTORABLE.search(name):
        raise NotInRegister(f"{part!r} is the address of no {what}; the lists lead to all of them")
    return name


def _as_csv(table: Table) -> Response:
    out = io.StringIO(newline="")
    count = write_csv(table.rows, table.columns, out)
    headers = {"Content-Disposition": f'attachment; filename="{table.name}.csv"', "X-Row-Count": str(count)}
    return Response(out.getvalue().encode(), media_type="text/csv; charset=utf-8", headers=headers)
