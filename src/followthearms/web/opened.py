"""The register that a request asks: as it is, or as it was known on the day that the address names."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, Request

from followthearms.register import Register
from followthearms.web import links
from followthearms.web.past import Past


async def _register(request: Request) -> AsyncIterator[Register]:
    register: Register = request.app.state.register
    day = links.day()
    if day is None:
        yield register
        return
    past: Past = request.app.state.past
    async with past.on(day) as then:
        yield then


Opened = Annotated[Register, Depends(_register, scope="function")]
"""Held until the answer is made, not until it is sent: a slow reader keeps nobody waiting."""
