"""Templates: texts enter pages through autoescape alone, and each is made visible first.

Invariant: a name that a template misspells is an error; no text moves a line round or hides a character.
"""

from __future__ import annotations

import functools
import hashlib
from importlib.metadata import version
from pathlib import Path
from typing import Any

import jinja2
from fastapi import Request

from followthearms.exchange.html import equip, shown
from followthearms.exchange.words import counted
from followthearms.web import links
from followthearms.web.accounts.visitors import visitor_of

STATIC = Path(__file__).parent / "static"
THEMES = ("light", "dark")
THEME_COOKIE = "fta-theme"


def render(request: Request, template: str, view: object, **more: Any) -> str:
    """A page as HTML that can be encoded in UTF-8."""
    theme = request.cookies.get(THEME_COOKIE)
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return (
        _templates()
        .get_template(template)
        .render(
            view=view,
            here=here,
            path=request.url.path,
            theme=theme if theme in THEMES else "",
            visitor=visitor_of(request),
            token=request.state.token,
            done=getattr(request.state, "done", None),
            **more,
        )
    )


@functools.cache
def asset(name: str) -> str:
    """The address of a file of ours, which changes with its content."""
    return f"/static/{name}?v={hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]}"


@functools.cache
def _templates() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("followthearms.web"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=shown,
        auto_reload=False,  # else each template that another one takes in is looked for on the disk again
    )
    equip(environment)
    environment.globals.update(links=links, asset=asset, version=version("followthearms"), count=counted)
    return environment
