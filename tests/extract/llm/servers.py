"""Real servers for the tests of the language-model voice, on free ports of this machine."""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Answer:
    """What the server sends: parts with a pause before each; a `length` that they do not reach cuts it off."""

    parts: Sequence[bytes]
    status: int = 200
    pause: float = 0.0
    headers: Mapping[str, str] = field(default_factory=dict)
    length: int | None = None


def completion(content: str | None, finish_reason: str = "stop") -> Answer:
    """A well-formed answer in which the model says `content`."""
    choice = {"index": 0, "message": {"role": "assistant", "content": content}, "finish_reason": finish_reason}
    return Answer([json.dumps({"object": "chat.completion", "choices": [choice]}).encode()])


def claims(*found: Any) -> Answer:
    """A well-formed answer in which the model makes claims."""
    return completion(json.dumps({"claims": found}))


def claim(kind: str, trigger: str, sentence: int = 1, **slots: str | Sequence[str]) -> dict[str, Any]:
    """A claim in the asked form."""
    quotes = [(slot, quote) for slot, said in slots.items() for quote in ([said] if isinstance(said, str) else said)]
    return {
        "sentence": sentence,
        "kind": kind,
        "trigger": trigger,
        "slots": [{"slot": slot, "quote": quote} for slot, quote in quotes],
    }


@dataclass
class Server:
    """A server that plays its answers one after the other, the last one for ever, and keeps what it was asked."""

    url: str
    answers: list[Answer]
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[Mapping[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)


@contextlib.contextmanager
def serving(*answers: Answer) -> Iterator[Server]:
    """A server on a free port for as long as the block lasts."""
    stopped = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            server.paths.append(self.path)
            server.headers.append(dict(self.headers))
            server.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            answer = server.answers.pop(0) if len(server.answers) > 1 else server.answers[0]
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(answer.length or sum(map(len, answer.parts))))
            self.end_headers()
            with contextlib.suppress(ConnectionError):  # the client may have had enough
                for part in answer.parts:
                    if stopped.wait(answer.pause):
                        return
                    self.wfile.write(part)
                    self.wfile.flush()

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server = Server(f"http://127.0.0.1:{http.server_port}/v1", list(answers))
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        stopped.set()
        http.shutdown()
        http.server_close()
        thread.join()
