"""`--llm-model`: off unless asked for; what it points at in the text is added, marked as its own, and told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.extract.llm.servers import Answer, Server, claim, claims, serving

SENTENCE = "Norway warmed up to Peru over 22 howitzers. Chile delivered 12 tanks to Kenya on Monday."
WARMED = claim("interest", "warmed up", supplier="Norway", recipient="Peru", equipment="howitzers")
INVENTED = claim("delivery", "handed over", supplier="Iran", recipient="Sudan")
SAID_AGAIN = claim("delivery", "delivered", 2, supplier="Kenya", recipient="Chile")


@pytest.fixture
def article(tmp_path: Path) -> Path:
    file = tmp_path / "article.txt"
    file.write_text(SENTENCE)
    return file


@pytest.fixture
def server() -> Iterator[Server]:
    with serving(claims(WARMED, INVENTED, SAID_AGAIN)) as found:
        yield found


def test_it_adds_what_the_text_bears_out_and_overrules_nobody(fta, article: Path, server: Server) -> None:
    alone = json.loads(fta("read", article, "-f", "jsonl").stdout)["claims"]
    result = fta("read", article, "-f", "jsonl", "--llm-model", "tiny", "--llm-url", server.url)
    assert result.exit_code == 0
    added, *others = json.loads(result.stdout)["claims"]
    assert others == alone
    assert (added["method"]["by"], added["kind"]) == ("llm", ["interest"])
    assert added["method"]["rule"].startswith("tiny/")
    assert [p["code"] for p in added["supplier"] + added["recipient"]] == ["NO", "PE"]
    assert added["equipment"][0]["quantity"]["number"] == 22
    assert "3 claims proposed, 2 borne out by the text; dropped: 1 claims whose trigger is not" in result.stderr


def test_it_can_be_heard_alone(fta, article: Path, server: Server) -> None:
    options = ("--voice", "llm", "--llm-model", "tiny", "--llm-url", server.url)
    found = json.loads(fta("read", article, "-f", "jsonl", *options).stdout)["claims"]
    assert {c["method"]["by"] for c in found} == {"llm"}
    assert [c["trigger"]["text"] for c in found] == ["warmed up", "delivered"]


def test_the_address_may_stand_in_the_environment_and_by_itself_asks_nobody(
    fta, article: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FTA_LLM_URL", server.url)
    monkeypatch.setenv("FTA_LLM_KEY", "secret")
    fta("read", article)
    assert not server.asked
    result = fta("read", article, "--llm-model", "tiny")
    assert len(server.asked) == 1
    assert server.headers[0]["Authorization"] == "Bearer secret"
    assert "secret" not in result.stdout + result.stderr


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (("--llm-model", "tiny"), "FTA_LLM_URL"),
        (("--llm-url", "http://127.0.0.1:9/v1"), "--llm-model"),
        (("--voice", "llm"), "--llm-model"),
        (("--voice", "frame", "--llm-model", "tiny", "--llm-url", "http://127.0.0.1:9/v1"), "--voice llm"),
        (("--llm-model", "tiny", "--llm-url", "nowhere"), "no such address"),
    ],
)
def test_options_that_need_each_other(fta, article: Path, options: tuple[str, ...], complaint: str) -> None:
    result = fta("read", article, *options)
    assert result.exit_code == 2
    assert complaint in result.stderr


def test_a_bad_timeout_names_its_variable(fta, article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FTA_LLM_TIMEOUT", "soon")
    result = fta("read", article, "--llm-model", "tiny", "--llm-url", "http://127.0.0.1:9/v1")
    assert result.exit_code == 2
    assert "FTA_LLM_TIMEOUT" in result.stderr


def test_a_server_that_fails_ends_the_run(fta, article: Path) -> None:
    with serving(Answer([b"no"], status=401)) as server:
        result = fta("read", article, "--llm-model", "tiny", "--llm-url", server.url)
    assert result.exit_code == 2
    assert "FTA_LLM_KEY" in result.stderr
    assert not result.stdout


def test_what_it_adds_can_be_stored(fta, article: Path, server: Server) -> None:
    assert fta("add", article, "--llm-model", "tiny", "--llm-url", server.url).exit_code == 0
    assert "Norway" in fta("claims").stdout
