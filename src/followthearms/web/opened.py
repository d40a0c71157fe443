"""The register that a request asks, and the segment of its address that names a record."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from followthearms.register import Register


def _register(request: Request) -> Register:
    register: Register = request.app.state.register
    return register


Opened = Annotated[Register, Depends(_register)]
