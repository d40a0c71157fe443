"""An OpenAI-compatible chat-completions endpoint.

Invariant: nothing is sent anywhere but to the address that the user gave (no redirect, no proxy, no credentials of the
machine), and what comes back is bounded in size and time.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pydantic import BaseModel, Field, ValidationError

from followthearms.errors import LanguageModelError, UsageError
from followthearms.extract.llm.prompt import Message

if TYPE_CHECKING:
    import httpx

MOST_BYTES = 1_000_000
"""Largest answer that is read; ten times what the tokens that are asked for can take."""
_BUSY = frozenset({429, 502, 503, 504})
"""Answers of a server that is loading its model or has too much to do."""
_UNTAKEN = frozenset({400, 422, 500, 501})
"""Answers of servers that do not know the response format that they were asked for."""
_TOLD = 300
"""How much of a server's own words an error repeats."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a model is. `url` is the base address, such as http://127.0.0.1:8080/v1; `timeout` is in seconds.

    Raises `UsageError` for an address that is none.
    """

    url: str
    model: str
    key: str | None = field(default=None, repr=False)
    timeout: float = 120.0

    def __post_init__(self) -> None:
        try:
            parts = urlsplit(self.url)
            usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
        except ValueError:
            usable = False
        if not usable or not self.url.isprintable():
            raise UsageError(f"language model at {self.url!r}: no such address; give one like http://127.0.0.1:8080/v1")
        if parts.username or parts.password or parts.query or parts.fragment:
            raise UsageError("language model: an address with a user, a password or a query; give a key in FTA_LLM_KEY")
        if not self.model.strip() or not self.model.isprintable():
            raise UsageError(
                f"language model {self.model!r}: no such name; the server tells it under {self.url}/models"
            )

    @property
    def completions(self) -> str:
        """The address that is asked."""
        return f"{self.url.rstrip('/')}/chat/completions"


class ResponseFormat(StrEnum):
    """How the server is told to answer in JSON; the strictest that it takes is used."""

    SCHEMA = "json_schema"
    OBJECT = "json_object"
    TEXT = "text"


class _Words(BaseModel):
    content: str | None = None


class _Choice(BaseModel):
    message: _Words
    finish_reason: str | None = None


class _Completion(BaseModel):
    choices: list[_Choice] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Reply:
    """What the model said, and whether it was stopped before it had ended."""

    content: str
    is_cut_off: bool


class _Refused(LanguageModelError):
    """The server answered with a status that says no."""

    def __init__(self, message: str, status: int) -> None:
        self.status = status
        super().__init__(message)


class Client:
    """Asks an endpoint. `pauses` are the seconds to wait before asking again a server that is busy."""

    def __init__(self, endpoint: Endpoint, pauses: Sequence[float] = (1.0, 4.0)) -> None:
        import httpx  # it takes a tenth of a second to load, and most runs ask no language model

        self.endpoint, self.pauses = endpoint, pauses
        headers = {"Accept-Encoding": "identity"}  # what is packed could unpack to more than is taken
        if endpoint.key:
            headers["Authorization"] = f"Bearer {endpoint.key}"
        self._http = httpx.Client(timeout=endpoint.timeout, headers=headers, follow_redirects=False, trust_env=False)
        self._formats = list(ResponseFormat)

    def close(self) -> None:
        """Close its connections."""
        self._http.close()

    def ask(self, messages: Sequence[Message], schema: Mapping[str, Any], tokens: int) -> Reply:
        """The model's answer, at most `tokens` long. Raises `LanguageModelError`.

        The first answer settles which response format the server is asked for from then on.
        """
        for response_format in tuple(self._formats):
            try:
                reply = self._patiently(self._body(messages, schema, tokens, response_format))
            except _Refused as refused:
                if refused.status not in _UNTAKEN or response_format is self._formats[-1]:
                    raise
            else:
                self._formats = [response_format]
                return reply
        raise AssertionError("the last format answers or raises")

    def _body(self, messages: Sequence[Message], schema: Mapping[str, Any], tokens: int, how: ResponseFormat) -> bytes:
        body: dict[str, Any] = {
            "model": self.endpoint.model,
            "messages": messages,
            "temperature": 0,
            "seed": 1,
            "max_tokens": tokens,
            "stream": False,
        }
        match how:
            case ResponseFormat.SCHEMA:
                asked = {"name": "claims", "strict": True, "schema": schema}
                body["response_format"] = {"type": how.value, "json_schema": asked}
            case ResponseFormat.OBJECT:
                body["response_format"] = {"type": how.value}
            case ResponseFormat.TEXT:
                pass
        return json.dumps(body).encode()

    def _patiently(self, body: bytes) -> Reply:
        for pause in self.pauses:
            try:
                return self._once(body)
            except _Refused as refused:
                if refused.status not in _BUSY:
                    raise
            time.sleep(pause)
        return self._once(body)

    def _once(self, body: bytes) -> Reply:
        import httpx

        headers = {"Content-Type": "application/json"}
        try:
            with self._http.stream("POST", self.endpoint.completions, content=body, headers=headers) as response:
                content = b"".join(self._bounded(response))
                status = response.status_code
        except httpx.TimeoutException as error:
            raise self._late() from error
        except httpx.HTTPError as error:
            raise self._error(f"cannot be reached ({error}); start the server, or check the address") from error
        if status != 200:
            raise _Refused(self._says(f"answered {status}: {_printable(content)}; {_remedy(status)}"), status)
        try:
            choice = _Completion.model_validate_json(content).choices[0]
        except ValidationError as error:
            said = f"answered, but not as chat completions do: {_printable(content)}; give the base address, with /v1"
            raise self._error(said) from error
        return Reply(choice.message.content or "", is_cut_off=choice.finish_reason == "length")

    def _bounded(self, response: httpx.Response) -> Iterator[bytes]:
        """What a server sends, while it takes neither too long nor too much."""
        until, size = time.monotonic() + self.endpoint.timeout, 0
        for part in response.iter_raw():
            size += len(part)
            if size > MOST_BYTES:
                raise self._error(f"answered with more than {MOST_BYTES:,} bytes; use another model or server")
            if time.monotonic() > until:
                raise self._late()
            yield part

    def _late(self) -> LanguageModelError:
        return self._error(
            f"did not answer within {self.endpoint.timeout:g} s; set FTA_LLM_TIMEOUT, or use a faster one"
        )

    def _error(self, said: str) -> LanguageModelError:
        return LanguageModelError(self._says(said))

    def _says(self, said: str) -> str:
        return f"language model {self.endpoint.model} at {self.endpoint.completions}: {said}"


def _remedy(status: int) -> str:
    match status:
        case 401 | 403:
            return "give its key in FTA_LLM_KEY"
        case 404:
            return "give the base address, with /v1, and the name of a model that it has"
        case 400 | 413 | 422:
            return "it may need a larger context window, or not take what is asked of it"
        case _ if 300 <= status < 400:
            return "articles are not sent on; give the address that it points to"
        case _:
            return "see the server's log, or try again later"


def _printable(content: bytes) -> str:
    """The beginning of an answer, fit for a terminal."""
    text = content[: 4 * _TOLD].decode("utf-8", "replace")
    return "".join(c if c.isprintable() else " " for c in text)[:_TOLD].strip()
