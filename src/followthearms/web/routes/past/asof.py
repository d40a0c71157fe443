"""The way to a past day."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import RedirectResponse

from followthearms.web import links

router = APIRouter(tags=["past days"])


@router.get("/as-of", response_class=RedirectResponse, status_code=303)
def as_of(
    day: Annotated[dt.date, Query(description="A day in UTC.")],
    back: Annotated[str, Query(max_length=4000, description="The page to look at.")] = "/deals",
) -> str:
    """A page as it was known at the end of a day."""
    return links.as_of(day, links.parted(links.local(back))[1])
