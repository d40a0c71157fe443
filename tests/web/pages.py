"""What a test does with the pages of a server as a browser would: keep their cookies, and send their forms."""

from __future__ import annotations

import re
from typing import Any

import httpx

TOKEN = re.compile(r'name="token" value="([\w-]+)"')


def token(client: httpx.Client, path: str = "/deals") -> str:
    """The token in the forms of a page."""
    found = TOKEN.search(client.get(path).text)
    assert found
    return found.group(1)


def post(client: httpx.Client, path: str, data: dict[str, Any], **more: Any) -> httpx.Response:
    """Send a form of ours."""
    return client.post(path, data={"token": token(client), **data}, **more)
