"""News by e-mail, to a real mail server."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import os
import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from followthearms.engine.watching import (
    State,
)
from followthearms.engine.watching.mail import mail_to
from followthearms.errors import DeliveryError, UsageError
from followthearms.model.notices import Matter, News, Notice, Unread
from tests.engine.watching.desk import HOWITZERS, RAIN, RIFLES, Desk

NOTICE = Notice(
    id="urn:uuid:1",
    at=dt.datetime(2026, 1, 2, 12, tzinfo=dt.UTC),
    news=News(matter=Matter.UNREAD, about=Unread(where=("a",), problem="is empty")),
)


@dataclass
class Office:
    """What a mail server was given."""

    letters: list[Envelope] = field(default_factory=list)
    users: list[str] = field(default_factory=list)
    refused: str = ""

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.refused in envelope.rcpt_tos:
            return "550 nobody here"
        self.letters.append(envelope)
        return "250 taken"

    def login(self, server: SMTP, session: Session, envelope: Envelope, how: str, data: LoginPassword) -> AuthResult:
        self.users.append(data.login.decode())
        return AuthResult(success=data == LoginPassword(b"fta", b"a long password"))


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for localhost, and its key. A build machine must have openssl."""
    openssl = shutil.which("openssl")
    if openssl is None:
        if os.environ.get("CI"):
            pytest.fail("openssl is missing")
        pytest.skip("openssl is missing")
    folder = tmp_path_factory.mktemp("certificate")
    pem, key = folder / "site.pem", folder / "site.key"
    made = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost"
    names = ["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-out", str(pem), "-keyout", str(key)]
    subprocess.run([openssl, *made.split(), *names], check=True, capture_output=True)
    return pem, key


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def port(office: Office, certificate: tuple[Path, Path]) -> Iterator[int]:
    """The port of a mail server that takes letters after STARTTLS and a login."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    how = {"require_starttls": True, "auth_required": True, "authenticator": office.login, "tls_context": context}
    yield from _served(Controller(office, "127.0.0.1", _free_port(), **how))


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def _served(controller: Controller) -> Iterator[int]:
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


def configure(monkeypatch: pytest.MonkeyPatch, port: int, **others: str) -> None:
    known = {"URL": f"smtp://fta@127.0.0.1:{port}", "FROM": "fta@desk.example", "PASSWORD": "a long password"}
    for name, value in {**known, **others}.items():
        monkeypatch.setenv(f"FTA_SMTP_{name}", value)


def test_a_letter_a_round_to_each_person(
    desk: Desk,
    inbox: Path,
    office: Office,
    port: int,
    certificate: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    configure(monkeypatch, port)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    people = mail_to(["ann@desk.example", "ben@desk.example"], "https://register.example")
    for name, text in (("a.txt", HOWITZERS), ("b.txt", RAIN), ("c.txt", RIFLES)):
        (inbox / name).write_text(text)
        assert desk.round(inbox, channels=people).undelivered == ()
    assert [one.rcpt_tos for one in office.letters] == [["ann@desk.example"], ["ben@desk.example"]] * 2
    assert set(office.users) == {"fta"}
    letter = email.message_from_bytes(office.letters[0].content or b"", policy=email.policy.default)
    assert letter["Subject"] == "Follow the Arms: 1 new"
    (deal, *_) = [one.news.about.deal.id for one in desk.collected.told if not isinstance(one.news.about, Unread)]
    assert f"https://register.example/deals/{deal}" in letter.get_content()


def test_a_server_that_is_encrypted_from_the_first_byte(
    office: Office, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    monkeypatch.delenv("FTA_SMTP_PASSWORD", raising=False)
    for port in _served(Controller(office, "127.0.0.1", _free_port(), ssl_context=context)):
        monkeypatch.setenv("FTA_SMTP_URL", f"smtps://localhost:{port}")
        monkeypatch.setenv("FTA_SMTP_FROM", "fta@desk.example")
        (person,) = mail_to(["ann@desk.example"])
        person.tell([NOTICE])
    assert [one.rcpt_tos for one in office.letters] == [["ann@desk.example"]]


def test_letters_wait_for_a_server_that_is_away_or_refuses(
    desk: Desk, inbox: Path, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = _free_port()
    monkeypatch.setenv("FTA_SMTP_URL", f"smtp://127.0.0.1:{port}")
    monkeypatch.setenv("FTA_SMTP_FROM", "fta@desk.example")
    people = mail_to(["ann@desk.example", "ben@desk.example"])
    with State.open(desk.folder / "state", desk.now) as state:
        watcher = desk.watcher(state, inbox, channels=people)
        (inbox / "a.txt").write_text(HOWITZERS)
        first, _ = watcher.round().undelivered
        assert "no letter to ann@desk.example could be sent by 127.0.0.1:" in str(first)
        (inbox / "b.txt").write_text(RIFLES)
        assert watcher.round().undelivered == (), "said once"
        office.refused = "ben@desk.example"
        for _ in _served(Controller(office, "127.0.0.1", port)):
            watcher.round()
            assert [one.rcpt_tos for one in office.letters] == [["ann@desk.example"]] * 2
            office.refused = ""
            watcher.round()
            watcher.round()
    assert [one.rcpt_tos for one in office.letters[2:]] == [["ben@desk.example"]] * 2


def test_no_password_and_no_letter_goes_in_the_clear(
    office: Office, certificate: tuple[Path, Path], port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(monkeypatch, port)
    (untrusted,) = mail_to(["ann@desk.example"])
    with pytest.raises(DeliveryError, match="certificate"):
        untrusted.tell([NOTICE])
    monkeypatch.setattr("followthearms.engine.watching.mail._HERE", frozenset())  # as if it were another machine
    for plain in _served(Controller(office, "127.0.0.1", _free_port())):
        configure(monkeypatch, plain)
        (person,) = mail_to(["ann@desk.example"])
        with pytest.raises(DeliveryError, match="STARTTLS"):
            person.tell([NOTICE])
    assert office.letters == [] and office.users == []


@pytest.mark.parametrize(
    ("person", "settings", "problem"),
    [
        ("ann@desk.example\nBcc: eve@evil.example", {}, "is no address of e-mail"),
        ("Ann <ann@desk.example>", {}, "is no address of e-mail"),
        ("ann", {}, "is no address of e-mail"),
        ("ann@desk.example", {"FROM": "fta@desk.example\r\nX: y"}, "FTA_SMTP_FROM: .* is no address"),
        ("ann@desk.example", {"FROM": ""}, "say in FTA_SMTP_URL"),
        ("ann@desk.example", {"URL": "smtp://fta:secret@127.0.0.1"}, "put it into FTA_SMTP_PASSWORD"),
        ("ann@desk.example", {"URL": "http://127.0.0.1"}, "is no address of a mail server"),
        ("ann@desk.example", {"URL": "smtp://fta@127.0.0.1:x"}, "is no address of a mail server"),
        ("ann@desk.example", {"URL": "smtp://127.0.0.1"}, "go together"),
    ],
)
def test_who_writes_to_whom_is_checked_first(
    person: str, settings: dict[str, str], problem: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(monkeypatch, 25, **settings)
    with pytest.raises(UsageError, match=problem) as caught:
        mail_to([person])
    assert str(caught.value).isprintable() and "secret" not in str(caught.value)
