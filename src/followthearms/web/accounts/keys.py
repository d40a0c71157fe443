"""The secret key that cookies and tokens are signed with.

Invariant: a key file is made once, for its owner's eyes alone, and lies beside the register, never in a package or a
repository; who can read it can read the register as well.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path
from typing import Any

from followthearms.config import settings
from followthearms.errors import UsageError

SUFFIX = ".key"
SIGNING: dict[str, Any] = {"key_derivation": "hmac", "digest_method": hashlib.sha256}
"""How all is signed. The purpose of a signature is its salt: what is signed for one is worth nothing for another."""

_SHORTEST = 32  # characters: 128 bits in hexadecimal


def secret_key(register: Path | None) -> str:
    """The key of the settings, else the one in the file beside the register, which is made if it is not there.

    A register on a database server has no such place: a new key then, which goes with the process. Raises UsageError
    for a key that is too short, and for a key file that cannot be used or that others could read.
    """
    if given := settings().secret_key:
        return _checked(given.get_secret_value(), "FTA_SECRET_KEY")
    if register is None:
        return secrets.token_hex()
    file = register.with_name(register.name + SUFFIX)
    try:
        return _made(file)
    except FileExistsError:
        return _read(file)
    except OSError as error:
        raise UsageError(f"{file}: cannot be made ({error.strerror}); set FTA_SECRET_KEY instead") from error


def _made(file: Path) -> str:
    """A new key in a new file. Raises FileExistsError if there is one."""
    key = secrets.token_hex()
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as stream:
        stream.write(key)
    return key


def _read(file: Path) -> str:
    try:
        if os.name == "posix" and file.stat().st_mode & 0o077:
            raise UsageError(f"{file}: other users can read this key; delete the file, and a new key is made")
        return _checked(file.read_text(encoding="ascii").strip(), str(file))
    except (OSError, UnicodeError) as error:
        raise UsageError(f"{file}: holds no key that can be read; delete it, and a new one is made") from error


def _checked(key: str, where: str) -> str:
    if len(key) < _SHORTEST:
        raise UsageError(
            f"{where}: a secret key has at least {_SHORTEST} characters; "
            "make one with: python -c 'import secrets; print(secrets.token_hex())'"
        )
    return key
