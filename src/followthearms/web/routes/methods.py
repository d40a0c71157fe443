"""What the register is made of and how well: methods, codebook, measured accuracy, versions."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from followthearms.errors import NotInRegister
from followthearms.web.answers import Answer, answer, pages
from followthearms.web.opened import Opened
from followthearms.web.views.methods import PAGES, article

router = APIRouter(tags=["methods"])


@pages(router, "/methods")
def methods(request: Request, register: Opened) -> Response:
    """What the register holds, what read it, and which snapshots there are of it."""
    counts, runs, snapshots = register.counts(), register.runs(), register.snapshots.all()
    data = {"counts": vars(counts), "runs": runs, "snapshots": snapshots}
    view = {
        "counts": tuple(vars(counts).items()),
        "runs": tuple(reversed(runs)),
        "snapshots": snapshots,
        "pages": PAGES,
    }
    return answer(request, Answer("methods/methods.html", view, data))


@pages(router, "/methods/{name}")
def method(request: Request, name: str) -> Response:
    """One chapter of the documentation."""
    if name not in PAGES:
        raise NotInRegister(f"no chapter {name!r}; there are {', '.join(PAGES)}")
    found = article(name)
    return answer(request, Answer("methods/method.html", found, {"title": found.title, "markdown": found.source}))
