"""A team that shares a register: an account of each role, and browsers in which it has logged in."""

from __future__ import annotations

from collections.abc import Callable

import httpx
from argon2 import PasswordHasher
from fastapi.testclient import TestClient

from followthearms.model.accounts import Role
from tests.web.pages import token

PASSWORD = "seven grey herons"
NAMES = {Role.READER: "Rita", Role.ANALYST: "Anna", Role.EDITOR: "Edith"}
QUICK = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)

Enter = Callable[[str | None], TestClient]
"""Opens a browser in which the account of this name, or nobody, has logged in."""


def login(client: httpx.Client, name: str, password: str = PASSWORD, **more: str) -> httpx.Response:
    data = {"token": token(client, "/login"), "name": name, "password": password, **more}
    return client.post("/login", data=data)
