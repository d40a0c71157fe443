"""Errors as pages and as JSON, in the same words as on the command line.

Invariant: what the package raises on purpose reaches the reader in one line that says what to do; anything else is a
fault of ours, of which the answer tells nothing and the log everything.
"""

from __future__ import annotations

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException

from followthearms.errors import FollowTheArmsError, NotInRegister, UsageError
from followthearms.exchange.words import one_line
from followthearms.web import links
from followthearms.web.again import again
from followthearms.web.answers import as_json
from followthearms.web.rendering import render
from followthearms.web.security import protect

_TITLES = {
    401: "Not logged in",
    403: "Not allowed",
    404: "Not found",
    405: "Not possible here",
    422: "That cannot be understood",
    500: "Something went wrong",
    503: "The register cannot be read",
}


_MENDED = frozenset({404, 422, 503})
"""Where a form that was refused can be mended, or sent once more as it is."""


def handle_errors(app: FastAPI) -> None:
    """Let an application answer errors with our pages."""

    app.exception_handler(FollowTheArmsError)(on_purpose)

    @app.exception_handler(HTTPException)
    def of_http(request: Request, error: HTTPException) -> Response:
        said = "There is no such page." if error.status_code == 404 else f"{error.detail}."
        return failure(request, error.status_code, said)

    @app.exception_handler(RequestValidationError)
    def of_parameters(request: Request, error: RequestValidationError) -> Response:
        told = "; ".join(f"{'.'.join(map(str, one['loc'][1:]))}: {one['msg']}" for one in error.errors())
        return failure(request, 422, one_line(told))

    @app.exception_handler(Exception)
    def of_ours(request: Request, error: Exception) -> Response:
        said = "The fault is ours, not yours. Nothing was changed; what happened stands in the log of the server."
        response = failure(request, 500, said)
        protect(response.headers, request.url.path)
        return response


def on_purpose(request: Request, error: FollowTheArmsError) -> Response:
    """An error that the package raises on purpose."""
    return failure(request, _status(error), one_line(str(error)))


def failure(request: Request, status: int, message: str) -> Response:
    """An error as a page, with the search to mend if that is at fault; or as JSON where that was asked for."""
    title = _TITLES.get(status, "Error")
    if not links.is_page(request.url.path):
        return as_json({"error": title, "message": message}, status)
    asked = request.query_params.get("q", "") if status == 422 else ""
    sent = again(request.url.path, getattr(request.state, "sent", None)) if status in _MENDED else None
    view = {"status": status, "title": title, "message": message, "asked": asked, "again": sent}
    return HTMLResponse(render(request, "error.html", view), status)


def _status(error: FollowTheArmsError) -> int:
    match error:
        case NotInRegister():
            return 404
        case UsageError():
            return 422
        case _:
            return 503
