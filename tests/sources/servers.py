"""Servers on this machine that answer as a test wants them to, byte by byte if need be."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

Answer = bytes | Callable[[socket.socket, "Request"], None]
"""What is sent, or what sends it."""


@dataclass
class Request:
    path: str
    headers: dict[str, str]


@dataclass
class Site:
    """A server; `pages` are its answers by path, and `requests` what it was asked for."""

    pages: dict[str, Answer]
    port: int = 0
    requests: list[Request] = field(default_factory=list)

    @property
    def paths(self) -> list[str]:
        return [request.path for request in self.requests]

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"


def answer(body: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    told = {"Content-Length": str(len(body)), "Connection": "close"} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode("latin-1") + body


def redirect(to: str, status: str = "302 Found") -> bytes:
    return answer(b"", status, Location=to)


NOT_FOUND = answer(b"no", "404 Not Found")


@contextmanager
def site(pages: dict[str, Answer]) -> Iterator[Site]:
    """A running server. A path that it has no page for is not found; robots.txt is such a one by itself."""
    served = Site(pages)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        served.port = listening.getsockname()[1]
        listening.settimeout(0.05)
        done = threading.Event()
        thread = threading.Thread(target=_serve, args=(listening, served, done))
        thread.start()
        try:
            yield served
        finally:
            done.set()
            thread.join()


def drip(pieces: Iterator[bytes], seconds: float) -> Callable[[socket.socket, Request], None]:
    """Send one piece after the other, slowly, until nobody listens any more."""

    def send(connection: socket.socket, request: Request) -> None:
        for piece in pieces:
            connection.sendall(piece)
            time.sleep(seconds)

    return send


def _serve(listening: socket.socket, served: Site, done: threading.Event) -> None:
    running = []
    while not done.is_set():
        try:
            connection, _ = listening.accept()
        except TimeoutError:
            continue
        one = threading.Thread(target=_talk, args=(connection, served), daemon=True)
        one.start()
        running.append(one)


def _talk(connection: socket.socket, served: Site) -> None:
    with connection:
        connection.settimeout(10)
        try:
            data = b""
            while b"\r\n\r\n" not in data:
                data += (piece := connection.recv(65536))
                if not piece:
                    return
            request = _read(data)
            served.requests.append(request)
            page = served.pages.get(request.path, NOT_FOUND)
            if isinstance(page, bytes):
                connection.sendall(page)
            else:
                page(connection, request)
        except OSError:  # the other side went away, as it should from some of these pages
            return


def _read(data: bytes) -> Request:
    first, *lines = data.decode("latin-1").split("\r\n\r\n")[0].split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return Request(first.split(" ")[1], headers)
