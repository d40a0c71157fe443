"""Notices by e-mail: one letter a round to each person.

Invariant: nothing is sent to another machine in the clear, neither a password nor a letter.
"""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from followthearms.config import settings
from followthearms.errors import DeliveryError, UsageError
from followthearms.exchange.notices import Letter, letter
from followthearms.model.notices import Notice

_PORTS = {"smtp": 587, "smtps": 465}
_HERE = frozenset({"localhost", "127.0.0.1", "::1"})
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
_SECONDS = 30


@dataclass(frozen=True)
class Server:
    """A server that takes letters. `secures` from the first byte (smtps), or after asking (STARTTLS)."""

    host: str
    port: int
    secures: bool
    user: str | None = None
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Mail:
    """Letters to one person."""

    server: Server
    letters: Letter
    site: str | None = None

    @property
    def name(self) -> str:
        """What it is known by."""
        return f"mail:{self.letters.to}"

    def tell(self, notices: Sequence[Notice]) -> None:
        """Send a letter."""
        message = letter(notices, self.letters, self.site)
        try:
            connection = _connected(self.server)
            try:
                connection.send_message(message)
            finally:
                connection.close()  # without QUIT, whose answer could no more change that the letter was taken
        except (smtplib.SMTPException, OSError, UnicodeError) as error:
            where = f"{self.server.host}:{self.server.port}"
            raise DeliveryError(f"no letter to {self.letters.to} could be sent by {where} ({error})") from error


def mail_to(people: Sequence[str], site: str | None = None) -> list[Mail]:
    """Letters to some people, as the settings have it. Raises UsageError if they do not say how, or have no address."""
    if not people:
        return []
    found = settings()
    if not found.smtp_url or not found.smtp_from:
        raise UsageError("--mail-to: say in FTA_SMTP_URL which server sends, and in FTA_SMTP_FROM in whose name")
    password = found.smtp_password.get_secret_value() if found.smtp_password else None
    server, sender = _server(found.smtp_url, password), _address(found.smtp_from, "FTA_SMTP_FROM")
    return [Mail(server, Letter(sender, _address(one, "--mail-to")), site) for one in dict.fromkeys(people)]


def _server(url: str, password: str | None) -> Server:
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError:
        port = 0
    if not port or not parts.hostname:
        raise UsageError(
            "FTA_SMTP_URL: is no address of a mail server; write smtp://user@host:587 or smtps://user@host"
        )
    if parts.password:
        raise UsageError("FTA_SMTP_URL: holds a password; put it into FTA_SMTP_PASSWORD")
    user = unquote(parts.username) if parts.username else None
    if (user is None) != (password is None):
        raise UsageError("FTA_SMTP_URL, FTA_SMTP_PASSWORD: a user and a password go together")
    return Server(parts.hostname, port, parts.scheme == "smtps", user, password)


def _address(written: str, where: str) -> str:
    """An address of e-mail. Raises UsageError; what is no address could be a second header."""
    if not _ADDRESS.fullmatch(written):
        raise UsageError(f"{where}: {written!a} is no address of e-mail; write ann@example.org")
    return written


def _connected(server: Server) -> smtplib.SMTP:
    context = ssl.create_default_context()
    connection: smtplib.SMTP
    if server.secures:
        connection = smtplib.SMTP_SSL(server.host, server.port, timeout=_SECONDS, context=context)
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=_SECONDS)
    try:
        connection.ehlo_or_helo_if_needed()
        if not server.secures and (connection.has_extn("starttls") or server.host not in _HERE):
            connection.starttls(context=context)  # SMTPNotSupportedError where it is not offered
        if server.user and server.password:
            connection.login(server.user, server.password)
    except BaseException:
        connection.close()
        raise
    return connection
