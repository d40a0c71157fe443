"""Asking an endpoint: what is sent and where, and that every way to fail is an error that names it and the remedy."""

from __future__ import annotations

import gzip
import json
import socket
import time
from collections.abc import Sequence

import pytest

from followthearms.errors import LanguageModelError, UsageError
from followthearms.extract.llm import Endpoint
from followthearms.extract.llm.endpoint import MOST_BYTES, Client, Reply
from tests.extract.llm.servers import Answer, Server, completion, serving

MESSAGES = [{"role": "user", "content": "Anything?"}]
SCHEMA = {"type": "object"}
SAYS = completion("yes")


def ask(url: str, *, timeout: float = 10.0, key: str | None = None, pauses: Sequence[float] = ()) -> Reply:
    client = Client(Endpoint(url, "tiny", key=key, timeout=timeout), pauses)
    try:
        return client.ask(MESSAGES, SCHEMA, 50)
    finally:
        client.close()


def formats(server: Server) -> list[str | None]:
    return [asked.get("response_format", {}).get("type") for asked in server.asked]


def test_what_is_sent_is_determined_and_held_to_the_schema() -> None:
    with serving(SAYS) as server:
        assert ask(server.url, key="secret") == Reply("yes", is_cut_off=False)
    (asked,) = server.asked
    assert server.paths == ["/v1/chat/completions"]
    assert server.headers[0]["Authorization"] == "Bearer secret"
    assert (asked["model"], asked["temperature"], asked["max_tokens"]) == ("tiny", 0, 50)
    assert isinstance(asked["seed"], int)
    assert asked["messages"] == MESSAGES
    assert asked["response_format"]["json_schema"]["schema"] == SCHEMA


def test_no_key_no_credentials() -> None:
    with serving(SAYS) as server:
        ask(server.url)
    assert "Authorization" not in server.headers[0]


def test_a_server_that_takes_no_schema_is_asked_for_less_and_stays_so() -> None:
    refusal = Answer([b'{"error": "response_format is not supported"}'], status=400)
    with serving(refusal, refusal, SAYS) as server:
        client = Client(Endpoint(server.url, "tiny"), ())
        assert [client.ask(MESSAGES, SCHEMA, 50).content for _ in range(2)] == ["yes", "yes"]
        client.close()
    assert formats(server) == ["json_schema", "json_object", None, None]


def test_an_answer_that_was_stopped_says_so() -> None:
    with serving(completion('{"claims": [', finish_reason="length")) as server:
        assert ask(server.url).is_cut_off


def test_a_busy_server_is_asked_again() -> None:
    busy = Answer([b"loading model"], status=503)
    with serving(busy, busy, SAYS) as server:
        assert ask(server.url, pauses=(0.01, 0.01)).content == "yes"
    with serving(busy) as server, pytest.raises(LanguageModelError, match="answered 503: loading model"):
        ask(server.url, pauses=(0.01,))
    assert len(server.asked) == 2


@pytest.mark.parametrize(
    ("status", "remedy"),
    [
        (401, "FTA_LLM_KEY"),
        (403, "FTA_LLM_KEY"),
        (404, "name of a model"),
        (400, "context window"),
        (500, "server's log"),
        (418, "server's log"),
    ],
)
def test_an_error_names_the_endpoint_and_the_remedy(status: int, remedy: str) -> None:
    answer = Answer([b"no \x1b[31mway"], status=status)
    with serving(answer) as server, pytest.raises(LanguageModelError, match=remedy) as raised:
        ask(server.url, key="secret")
    assert f"tiny at {server.url}/chat/completions: answered {status}: no  [31mway" in str(raised.value)
    assert "\x1b" not in str(raised.value)
    assert "secret" not in str(raised.value)


def test_a_redirect_is_not_followed() -> None:
    with serving(SAYS) as elsewhere:
        away = Answer([b""], status=307, headers={"Location": f"{elsewhere.url}/chat/completions"})
        with serving(away) as server, pytest.raises(LanguageModelError, match="not sent on"):
            ask(server.url)
    assert not elsewhere.asked


def test_a_proxy_of_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(SAYS) as proxy, serving(SAYS) as server:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.url)
        ask(server.url)
    assert server.asked
    assert not proxy.asked


def test_nobody_there() -> None:
    with socket.socket() as held:  # bound, not listening: the port is free of servers as long as the test lasts
        held.bind(("127.0.0.1", 0))
        with pytest.raises(LanguageModelError, match=r"cannot be reached .*start the server"):
            ask(f"http://127.0.0.1:{held.getsockname()[1]}/v1")


@pytest.mark.parametrize(
    "answer",
    [Answer([b"x"], pause=30.0), Answer([b" "] * 1000, pause=0.1)],
    ids=["hangs", "drips"],
)
def test_who_takes_too_long_is_not_waited_for(answer: Answer) -> None:
    started = time.monotonic()
    with serving(answer) as server, pytest.raises(LanguageModelError, match=r"within 0\.4 s; set FTA_LLM_TIMEOUT"):
        ask(server.url, timeout=0.4)
    assert time.monotonic() - started < 5


def test_who_says_too_much_is_not_heard_out() -> None:
    endless = Answer([b"x" * 100_000] * 200)
    with serving(endless) as server, pytest.raises(LanguageModelError, match=f"more than {MOST_BYTES:,} bytes"):
        ask(server.url)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>It works!</html>",
        b'{"choices": []}',
        b'{"choices": [{"message": {"content": 3}}]}',
        b"[" * 100_000,
        b"\xff\xfe\x00",
        gzip.compress(json.dumps({"choices": [{"message": {"content": "packed"}}]}).encode()),
    ],
    ids=["empty", "html", "no choice", "no words", "nested", "bytes", "packed"],
)
def test_who_does_not_speak_as_chat_completions_do(body: bytes) -> None:
    with serving(Answer([body])) as server, pytest.raises(LanguageModelError, match="base address, with /v1"):
        ask(server.url)


def test_a_connection_that_breaks() -> None:
    with serving(Answer([b'{"choices"'], length=1000)) as server, pytest.raises(LanguageModelError, match="reached"):
        ask(server.url)


@pytest.mark.parametrize("content", [None, ""])
def test_a_model_that_says_nothing(content: str | None) -> None:
    with serving(completion(content)) as server:
        assert ask(server.url).content == ""


@pytest.mark.parametrize(
    "url",
    [
        "",
        "localhost:8080",
        "ftp://host/v1",
        "http://",
        "http://[::1",
        "http://host:99999/v1",
        "http://host/\x1b",
        "/v1",
    ],
)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(UsageError, match="no such address"):
        Endpoint(url, "tiny")


@pytest.mark.parametrize("url", ["http://me:pw@host/v1", "http://host/v1?key=pw", "http://host/v1#pw"])
def test_a_secret_in_the_address_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(UsageError, match="FTA_LLM_KEY") as raised:
        Endpoint(url, "tiny")
    assert "pw" not in str(raised.value)


@pytest.mark.parametrize("model", ["", " ", "a\nb"])
def test_what_is_no_name_of_a_model_is_refused(model: str) -> None:
    with pytest.raises(UsageError, match="no such name"):
        Endpoint("http://host/v1", model)


def test_a_key_is_not_shown() -> None:
    assert "secret" not in repr(Endpoint("http://host/v1", "tiny", key="secret"))
