"""What a reader prefers, kept in the browser: the colour scheme, and filters under names."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse

from followthearms.model.query import LONGEST, Query
from followthearms.web import links
from followthearms.web.accounts.visitors import Reader
from followthearms.web.rendering import THEME_COOKIE
from followthearms.web.views.deals import saved

router = APIRouter(tags=["preferences"])

_YEAR = 365 * 24 * 3600


class Theme(StrEnum):
    """A colour scheme; `AUTO` is that of the system."""

    AUTO = "auto"
    LIGHT = "light"
    DARK = "dark"


@router.post("/theme", response_class=RedirectResponse, status_code=303)
def theme(theme: Annotated[Theme, Form()], back: Annotated[str, Form(max_length=4000)] = "/") -> RedirectResponse:
    """Choose a colour scheme, and go back to the page."""
    response = RedirectResponse(links.local(back), 303)
    if theme is Theme.AUTO:
        response.delete_cookie(THEME_COOKIE)
    else:
        response.set_cookie(THEME_COOKIE, theme.value, max_age=_YEAR, httponly=True, samesite="strict")
    return response


@router.post("/filters", response_class=RedirectResponse, status_code=303)
def save(
    request: Request,
    visitor: Reader,
    name: Annotated[str, Form(max_length=200, description="The name to find it by.")],
    q: Annotated[str, Form(max_length=LONGEST)] = "",
    columns: Annotated[list[str] | None, Form(max_length=40)] = None,
) -> RedirectResponse:
    """Keep a filter of the list of deals under a name."""
    new = saved.Saved(name, str(Query.parse(q)), tuple(columns or ()))
    return _kept(saved.kept(saved.load(request.cookies.get(saved.COOKIE)), new), new.href)


@router.post("/filters/forget", response_class=RedirectResponse, status_code=303)
def forget(
    request: Request,
    visitor: Reader,
    name: Annotated[str, Form(max_length=200)],
    back: Annotated[str, Form(max_length=4000)] = "/deals",
) -> RedirectResponse:
    """Forget a filter."""
    return _kept(saved.forgotten(saved.load(request.cookies.get(saved.COOKIE)), name), links.local(back))


def _kept(filters: tuple[saved.Saved, ...], back: str) -> RedirectResponse:
    response = RedirectResponse(back, 303)
    response.set_cookie(saved.COOKIE, saved.dump(filters), max_age=_YEAR, httponly=True, samesite="lax")
    return response
