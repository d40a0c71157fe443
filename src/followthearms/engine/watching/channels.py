"""Where notices go: files that programs read. What goes to people by e-mail is in `mail`.

Invariant: a channel that is told the same notices a second time, since the process was killed in between, has each of
them once.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from followthearms.errors import DeliveryError
from followthearms.exchange.notices import atom, json_line
from followthearms.model.notices import Notice

ENTRIES = 100
"""Entries of an Atom feed, which is read whole each time: a week of a lively watch."""
_HEAD = 64
"""Bytes with which a line begins that no other line begins with: its id is in them."""


class Channel(Protocol):
    """Where notices go; `name` is its own from one start to the next."""

    @property
    def name(self) -> str:
        """What it is known by."""
        ...

    def tell(self, notices: Sequence[Notice]) -> None:
        """Tell the notices of one round. Raises DeliveryError."""
        ...


@dataclass(frozen=True)
class AtomFile:
    """An Atom feed in a file, which is replaced as a whole. `latest` gives so many of the newest notices."""

    path: Path
    feed: str
    begun: str
    latest: Callable[[int], Sequence[Notice]]
    site: str | None = None

    @property
    def name(self) -> str:
        """What it is known by."""
        return f"atom:{self.path.absolute()}"

    def tell(self, notices: Sequence[Notice]) -> None:
        """Write the newest notices, among which these are."""
        content = atom(self.latest(ENTRIES), self.feed, self.begun, self.site)
        part = self.path.with_name(f".{self.path.name}.part")
        try:
            with part.open("wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            part.replace(self.path)
        except OSError as error:
            raise DeliveryError(f"{self.path}: cannot be written ({error.strerror or error})") from error


@dataclass(frozen=True)
class LinesFile:
    """A file to which a line of JSON is added for each notice. It may be moved away at any time, and is then begun
    anew."""

    path: Path

    @property
    def name(self) -> str:
        """What it is known by."""
        return f"json:{self.path.absolute()}"

    def tell(self, notices: Sequence[Notice]) -> None:
        """Add what does not stand at the end of the file yet."""
        content = "".join(f"{json_line(notice)}\n" for notice in notices).encode()
        try:
            with self.path.open("a+b") as stream:
                end = stream.seek(0, os.SEEK_END)
                stream.seek(max(0, end - len(content)))
                stream.write(missing(stream.read(), content))
                stream.flush()
                os.fsync(stream.fileno())
        except OSError as error:
            raise DeliveryError(f"{self.path}: cannot be written ({error.strerror or error})") from error


def missing(end: bytes, content: bytes) -> bytes:
    """What of a content is to be added to a file that ends so: all of it, or what an earlier try left out."""
    at = end.rfind(content[:_HEAD])
    if at >= 0 and content.startswith(end[at:]):
        return content[len(end) - at :]
    begun = next((length for length in range(_HEAD, 0, -1) if end.endswith(content[:length])), 0)
    return content[begun:]
