"""What a reader prefers, kept in the browser: the colour scheme."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse

from followthearms.web import links
from followthearms.web.rendering import THEME_COOKIE

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
