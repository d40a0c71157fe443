"""Runs the application for one person on this machine.

Invariant: it listens on a loopback address alone, as it knows no users yet and would show the register to the network.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
import webbrowser
from collections.abc import Callable
from pathlib import Path

import uvicorn

from followthearms.errors import UsageError
from followthearms.web.app import create_app
from followthearms.web.security import LOOPBACK


def serve(register: Path | str, host: str, port: int, *, on_start: Callable[[str], None], browse: bool = False) -> None:
    """Answer requests until the process is told to end; `on_start` is given the address.

    Port 0 takes one that is free. Raises UsageError for an address that is not this machine's own or cannot be used,
    RegisterError for a register that cannot be opened.
    """
    _check(host)
    app = create_app(register, hosts=LOOPBACK | {_written(host)})
    with _listen(host, port) as listening:
        address = f"http://{_written(host)}:{listening.getsockname()[1]}/"
        on_start(address)
        if browse:
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
        config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False)
        uvicorn.Server(config).run(sockets=[listening])


def _check(host: str) -> None:
    try:
        is_own = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        is_own = False
    if not is_own:
        raise UsageError(
            f"--host {host}: anybody who reaches that address could read the register, as there are no accounts yet; "
            "use 127.0.0.1, and a tunnel (ssh -L) to read it from another machine"
        )


def _written(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except (OSError, OverflowError) as error:
        listening.close()
        raise UsageError(f"--port {port}: cannot be used ({error}); name another, or 0 for any that is free") from error
    return listening
