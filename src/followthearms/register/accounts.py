"""Who may log in to a register that a team shares, and with what password.

Invariants: a password is kept as its Argon2 hash alone, and is in no message; to check one takes the same time whether
or not there is such an account; and whatever ends a person's sessions (a new password, a lower role, closing the
account, logging out) changes the account's epoch.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from functools import cached_property

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Connection, Row, insert, select, update

from followthearms.errors import NotInRegister, UsageError
from followthearms.model.accounts import Account, Role
from followthearms.register.session import Session
from followthearms.register.tables.people import accounts

SHORTEST_PASSWORD = 12
"""Characters. NIST SP 800-63B asks for 8 as the least and advises 15 where a password is all that is asked for."""
_LONGEST_PASSWORD = 1_000
"""Characters: more is no password but a way to keep the server busy."""

_NAME = re.compile(r"[^\W_][\w .'@-]{0,63}")


class Accounts:
    """The accounts of a register. Passwords are hashed by argon2-cffi's own choice of parameters (RFC 9106, the one for
    machines with little memory: 64 MiB, 3 passes); when that changes, a hash is renewed at the next login."""

    def __init__(self, session: Session, hasher: PasswordHasher | None = None) -> None:
        self._session, self._hasher = session, hasher or PasswordHasher()

    def all(self) -> tuple[Account, ...]:
        """The accounts, closed ones included, by name."""
        with self._session.reading() as connection:
            return tuple(_account(row) for row in connection.execute(select(accounts).order_by(accounts.c.name)))

    def get(self, name: str) -> Account:
        """The account of this name. Raises NotInRegister."""
        with self._session.reading() as connection:
            return _account(_row(connection, name))

    def find(self, name: str) -> Account | None:
        """The account of this name, if there is one."""
        with self._session.reading() as connection:
            row = _find(connection, _plain(name))
        return _account(row) if row else None

    def add(self, name: str, role: Role, password: str) -> Account:
        """Open an account. Raises UsageError for a name that is taken or can be none, or a password of no use."""
        called, hashed = _named(name), self._hash(password)
        with self._session.writing() as connection:
            taken = connection.execute(select(accounts.c.name)).scalars()
            if alike := [one for one in taken if one.casefold() == called.casefold()]:
                raise UsageError(f"there is an account {alike[0]} already; decisions stand under that name")
            made = self._session.now().isoformat(timespec="seconds")
            row = {"name": called, "role": role.value, "password": hashed, "is_active": True, "made": made}
            connection.execute(insert(accounts).values(**row, epoch=_epoch()))
            return _account(_row(connection, called))

    def set_role(self, name: str, role: Role) -> Account:
        """Change what an account may do; it has to log in again. Raises NotInRegister."""
        return self._change(name, role=role.value, epoch=_epoch())

    def set_password(self, name: str, password: str) -> Account:
        """Change a password and end the account's sessions. Raises NotInRegister, or UsageError if it is too short."""
        return self._change(name, password=self._hash(password), epoch=_epoch())

    def set_active(self, name: str, is_active: bool) -> Account:
        """Close an account, or open it again; either ends its sessions. Raises NotInRegister."""
        return self._change(name, is_active=is_active, epoch=_epoch())

    def end_sessions(self, name: str) -> Account:
        """Log an account out everywhere. Raises NotInRegister."""
        return self._change(name, epoch=_epoch())

    def check(self, name: str, password: str) -> Account | None:
        """The account, if it is open and the password is right; its hash is renewed if the parameters have changed."""
        with self._session.reading() as connection:
            row = _find(connection, _plain(name))
        hashed, given = row.password if row else self._decoy, _plain(password)[:_LONGEST_PASSWORD]
        try:
            self._hasher.verify(hashed, given)
        except (VerificationError, InvalidHashError):
            return None
        if row is None or not row.is_active:
            return None
        if self._hasher.check_needs_rehash(row.password):
            self._change(row.name, password=self._hasher.hash(given))
        return _account(row)

    @cached_property
    def _decoy(self) -> str:
        """The hash of a password that nobody has: what is checked where there is no account, to take as long."""
        return self._hasher.hash(secrets.token_hex())

    def _hash(self, password: str) -> str:
        plain = _plain(password)
        if not SHORTEST_PASSWORD <= len(plain) <= _LONGEST_PASSWORD:
            raise UsageError(
                f"a password has at least {SHORTEST_PASSWORD} characters, and at most {_LONGEST_PASSWORD:,}; "
                "four or five words that have nothing to do with each other are easy to keep in mind"
            )
        return self._hasher.hash(plain)

    def _change(self, name: str, **values: str | bool) -> Account:
        with self._session.writing() as connection:
            found = _row(connection, name).name
            connection.execute(update(accounts).where(accounts.c.name == found).values(**values))
            return _account(_row(connection, found))


def _epoch() -> str:
    return secrets.token_urlsafe(16)


def _plain(text: str) -> str:
    """A name or a password as it is compared: the same however a keyboard composes its characters."""
    return unicodedata.normalize("NFKC", text)


def _named(name: str) -> str:
    called = _plain(name).strip()
    if not _NAME.fullmatch(called):
        raise UsageError(
            f"{name!r} cannot be the name of an account: letters, digits, spaces and . ' @ - _, "
            "64 at most, of which the first is a letter or a digit"
        )
    return called


def _find(connection: Connection, name: str) -> Row[tuple[object, ...]] | None:
    return connection.execute(select(accounts).where(accounts.c.name == name.strip())).one_or_none()


def _row(connection: Connection, name: str) -> Row[tuple[object, ...]]:
    found = _find(connection, _plain(name))
    if found is None:
        raise NotInRegister(f"there is no account {name!r}; `fta users list` names them")
    return found


def _account(row: Row[tuple[object, ...]]) -> Account:
    return Account(row.name, Role(row.role), row.is_active, row.epoch, row.made)
