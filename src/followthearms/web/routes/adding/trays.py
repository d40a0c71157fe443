"""Giving texts to be read, looking at what is read out of them, and adding them to the register."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request, Response, UploadFile
from fastapi.responses import RedirectResponse

from followthearms.engine.adding import keep
from followthearms.errors import UsageError
from followthearms.sources.options import DateBasis
from followthearms.web import links
from followthearms.web.accounts.visitors import Analyst, Visitor
from followthearms.web.adding import given
from followthearms.web.adding.desk import PLAN, Desk
from followthearms.web.adding.trays import State
from followthearms.web.answers import Answer, answer, pages
from followthearms.web.opened import Opened
from followthearms.web.views.adding.trays import tray_data, tray_view

router = APIRouter(tags=["adding"])

MOST_UPLOADED = 64_000_000
"""Bytes of the files that are sent at once; what comes around them is within `security.MOST_SENT`."""
_AGAIN = "1"
"""Seconds after which a browser asks again how far the reading is."""

_Line = Annotated[str, Form(max_length=500)]
_Shown = Annotated[int, Query(ge=1, description="Which of the documents is shown in full, from 1.")]


def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


@pages(router, "/add")
def add(request: Request, visitor: Analyst) -> Response:
    """Where texts are given to be read; and those that were, and are not forgotten."""
    trays = _desk(request).trays.of(visitor.name)
    view = {"trays": [(links.tray(tray.id), tray) for tray in trays], "megabytes": MOST_UPLOADED // 1_000_000}
    return answer(request, Answer("adding/add.html", view, [{"id": tray.id, "state": tray.state} for tray in trays]))


@router.post("/add/text", response_class=RedirectResponse, status_code=303)
def add_text(
    request: Request,
    visitor: Analyst,
    text: Annotated[str, Form()],
    title: _Line = "",
    outlet: _Line = "",
    url: _Line = "",
    date: Annotated[dt.date | None, Form()] = None,
) -> Response:
    """Read a text that was pasted."""
    if not text.strip():
        raise UsageError("there is no text; paste an article into the field")
    stated: dict[str, Any] = {"title": _one_line(title), "outlet": _one_line(outlet), "url": _one_line(url)}
    if date:
        stated |= {"date": date, "date_basis": DateBasis.OPTION}
    return _begin(request, visitor, stated["title"] or given.PASTED, given.pasted(text, stated))


@router.post("/add/files", response_class=RedirectResponse, status_code=303)
def add_files(request: Request, visitor: Analyst, files: list[UploadFile]) -> Response:
    """Read files that were sent."""
    named = [file for file in files if file.filename]
    if not named:
        raise UsageError("there is no file; choose one or more")
    if sum(file.size or 0 for file in named) > MOST_UPLOADED:
        raise UsageError(f"that is more than {MOST_UPLOADED // 1_000_000} MB; read it with `fta add` instead")
    sent = [given.File(file.filename or "", file.file.read()) for file in named]
    about = given.safe_name(sent[0].name) if len(sent) == 1 else f"{len(sent)} files"
    return _begin(request, visitor, about, given.uploaded(sent, PLAN))


@router.post("/add/address", response_class=RedirectResponse, status_code=303)
def add_address(request: Request, visitor: Analyst, address: Annotated[str, Form(max_length=4000)]) -> Response:
    """Read what is at an address."""
    return _begin(request, visitor, address.strip(), given.at(address.strip(), PLAN))


@pages(router, "/add/{name}")
def tray(request: Request, visitor: Analyst, register: Opened, name: str, n: _Shown = 1) -> Response:
    """What was read, or how far it is."""
    found = _desk(request).trays.find(name, visitor.name)
    made = answer(request, Answer("adding/tray.html", tray_view(found, n), tray_data(found)))
    if found.state is State.READING:
        made.headers["Refresh"] = _AGAIN
    return made


@router.post("/add/{name}/keep", response_class=RedirectResponse, status_code=303)
def keep_tray(request: Request, visitor: Analyst, register: Opened, name: str) -> Response:
    """Add what was read to the register."""
    found = _desk(request).trays.find(name, visitor.name)
    if found.state is State.READING:
        raise UsageError("it is still being read; wait until it is done")
    if found.state is State.READ:
        stored = keep(register, PLAN, found.given, [(one.address, one.raw_hash, one.result) for one in found.met])
        found.added, found.state = tuple(one.added for one in stored), State.ADDED
    return RedirectResponse(links.tray(name), 303)


@router.post("/add/{name}/forget", response_class=RedirectResponse, status_code=303)
def forget_tray(request: Request, visitor: Analyst, name: str) -> Response:
    """Forget what was read."""
    _desk(request).trays.forget(name, visitor.name)
    return RedirectResponse("/add", 303)


def _begin(request: Request, visitor: Visitor, about: str, inputs: given.Inputs) -> Response:
    return RedirectResponse(links.tray(_desk(request).read(visitor.name, about, inputs).id), 303)


def _one_line(words: str) -> str | None:
    return " ".join(words.split()) or None
