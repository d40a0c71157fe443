"""The application: one register, opened when it is made and closed when it ends, and the pages on it.

Invariant: nothing is fetched from elsewhere, by the server or by its pages.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from importlib.metadata import version
from pathlib import Path

from fastapi import Depends, FastAPI
from starlette.staticfiles import StaticFiles

from followthearms.config import analyst
from followthearms.errors import UsageError
from followthearms.register import Register
from followthearms.web.accounts.doors import Alone, Door, Team
from followthearms.web.accounts.gate import Gate
from followthearms.web.accounts.keys import secret_key
from followthearms.web.accounts.tokens import check_token
from followthearms.web.adding.desk import Desk
from followthearms.web.done import keep
from followthearms.web.failures import handle_errors
from followthearms.web.kept import Kept
from followthearms.web.past import AsOf, Past
from followthearms.web.rendering import STATIC
from followthearms.web.routes import ROUTERS
from followthearms.web.security import LOOPBACK, Guard


def create_app(register: Path | str, *, hosts: Collection[str] = LOOPBACK, is_team: bool = False) -> FastAPI:
    """The application on the register at a path or a database URL, answering to these host names; for a team, to those
    who have logged in.

    Raises RegisterError if there is none, or if it cannot be opened; UsageError if it is not known who decides (in
    a team: if nobody has an account), or if the secret key cannot be used.
    """
    opened = Register.open(register, create=False)
    past, desk = Past(opened), Desk()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        yield
        desk.close()
        past.close()
        opened.close()

    app = FastAPI(
        title="Follow the Arms",
        summary="An evidence-first register of arms transfers. Reported, not proven.",
        version=version("followthearms"),
        lifespan=lifespan,
        dependencies=[Depends(check_token), Depends(keep)],
        docs_url=None,  # both of FastAPI's own pages fetch scripts from elsewhere
        redoc_url=None,
        root_path_in_servers=False,  # else the first look at a past day would put it into the OpenAPI for all
    )
    key = secret_key(opened.file)
    app.state.register, app.state.past, app.state.desk, app.state.kept = opened, past, desk, Kept()
    app.state.door = _team(opened, key) if is_team else Alone(analyst())
    app.add_middleware(AsOf)
    app.add_middleware(Gate, door=app.state.door, key=key)
    app.add_middleware(Guard, hosts=frozenset(hosts))
    handle_errors(app)
    for router in ROUTERS:
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    return app


def _team(register: Register, key: str) -> Door:
    if not any(account.is_active for account in register.accounts.all()):
        raise UsageError("nobody has an account in this register; make one with `fta users add NAME --role editor`")
    return Team(register.accounts, key)
