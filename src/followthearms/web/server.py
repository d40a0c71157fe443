"""Runs the application, for one person on this machine or for a team.

Invariant: without accounts it listens on a loopback address alone, as whoever reaches it may read the register and
decide in its owner's name; and it believes what a proxy says of a request only where the proxy was named.
"""

from __future__ import annotations

import gc
import ipaddress
import logging
import socket
import ssl
import threading
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from followthearms.errors import UsageError
from followthearms.web.accounts.doors import LOG
from followthearms.web.app import create_app
from followthearms.web.security import LOOPBACK


@dataclass(frozen=True)
class Team:
    """How a team reaches the application: by which host names, with which certificate (files in PEM), through which
    proxies (addresses or networks)."""

    names: tuple[str, ...] = ()
    certificate: str | None = None
    key: str | None = None
    proxies: tuple[str, ...] = ()


@dataclass(frozen=True)
class Place:
    """Where the application listens, and for which team; None for one person alone. Port 0 takes one that is free."""

    host: str = "127.0.0.1"
    port: int = 8000
    team: Team | None = None


def serve(register: Path | str, place: Place, *, on_start: Callable[[str], None], browse: bool = False) -> None:
    """Answer requests until the process is told to end; `on_start` is given the address.

    Raises UsageError for a place that others could reach without logging in or that cannot be used, RegisterError for a
    register that cannot be opened.
    """
    team = place.team or Team()
    is_own = _is_own(place.host)
    if not is_own:
        _check(place)
    _check_certificate(team)
    if place.team:
        _log_logins()
    names = {name.lower() for name in team.names}
    app = create_app(register, hosts=LOOPBACK | {_written(place.host)} | names, is_team=place.team is not None)
    with _listen(place.host, place.port) as listening:
        shown = team.names[0] if team.names else _written(place.host)
        address = f"{'https' if team.certificate else 'http'}://{shown}:{listening.getsockname()[1]}/"
        on_start(address)
        if not (is_own or team.certificate or team.proxies):
            LOG.warning(
                "passwords cross the network unencrypted: give --certificate and --key, or put it behind a proxy"
            )
        if browse:
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
        config = uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            server_header=False,
            ssl_certfile=team.certificate,
            ssl_keyfile=team.key,
            proxy_headers=bool(team.proxies),
            forwarded_allow_ips=list(team.proxies),
        )
        _collect_seldom()
        uvicorn.Server(config).run(sockets=[listening])


def _collect_seldom() -> None:
    """Look for garbage in cycles less often than Python does by itself, and never among what is there at the start:
    a page makes and drops some ten thousand objects, hardly any in cycles, and what is kept to make pages of is much,
    so that looking through it made one page in a hundred wait a quarter of a second."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def _is_own(host: str) -> bool:
    """Whether only this machine reaches an address."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _check(place: Place) -> None:
    if place.team is None:
        raise UsageError(
            f"--host {place.host}: whoever reaches that address could read the register and decide in your name; "
            "use --team, where people log in, or 127.0.0.1 and a tunnel (ssh -L) to it from another machine"
        )
    if not place.team.names:
        raise UsageError(
            f"--host {place.host}: say with --name by which host name people reach it, such as register.example.org; "
            "to other names it gives no answer"
        )


def _check_certificate(team: Team) -> None:
    if team.certificate is None and team.key is None:
        return
    if team.certificate is None:
        raise UsageError("--key: is the key of no certificate; give --certificate too")
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(team.certificate, team.key, password="")
    except OSError as error:  # of which ssl.SSLError is one
        raise UsageError(
            f"--certificate {team.certificate}: cannot be used ({error.strerror or error}); it and its key are files "
            "in PEM, of which the key has no password"
        ) from error


def _log_logins() -> None:
    """Logins and refusals go to the standard error, as uvicorn's own messages do."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    LOG.addHandler(handler)
    LOG.setLevel(logging.INFO)


def _written(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen()  # who is told the address may call at once, and waits until uvicorn has begun
    except (OSError, OverflowError) as error:
        listening.close()
        raise UsageError(f"--port {port}: cannot be used ({error}); name another, or 0 for any that is free") from error
    return listening
