"""What a test does with the pages of a server as a browser would: keep their cookies, and send their forms."""

from __future__ import annotations

import re
from html import unescape
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


class Form:
    """The first form of a page that is sent to an address."""

    def __init__(self, page: httpx.Response, action: str, holding: str = "") -> None:
        forms = re.findall(r"<form method=\"post\" action=\"([^\"]*)\".*?</form>", page.text, re.DOTALL)
        assert action in map(unescape, forms), forms
        whole = next(
            one[0]
            for one in re.finditer(r"<form method=\"post\".*?</form>", page.text, re.DOTALL)
            if f'action="{action}"' in unescape(one[0]) and holding in unescape(one[0])
        )
        self.page, self.action, self.fields = page, action, []
        for tag in re.findall(r"<input[^>]*>", whole):
            known = {name: unescape(value) for name, value in re.findall(r'([\w-]+)="([^"]*)"', tag)}
            if known.get("type") != "checkbox" or "checked" in tag:
                self.fields.append((known["name"], known.get("value", "")))

    def send(self, client: httpx.Client, **values: str) -> httpx.Response:
        given = [*((n, v) for n, v in self.fields if n not in values), *values.items()]
        data: dict[str, Any] = {}
        for name, value in given:
            data.setdefault(name, []).append(value)
        return client.post(self.action, data=data)
