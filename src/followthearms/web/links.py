"""Addresses of the pages, and of what lies outside.

Invariants: an id, whatever characters it has, stands in one segment of an address, from which it is read back; such a
segment is never "." or "..", and never ends like a format (".json"). A page that shows a past day leads to pages of
that day alone, but for the link that leads to today. A link leads outside by http or https alone.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from urllib.parse import quote, urlencode, urlsplit

from followthearms.exchange.marks import EVIDENCE, anchor
from followthearms.model import Claim, Document

FORMATS = (".html", ".json", ".csv")
AS_OF = "/as-of"
"""What the address of a page on a past day begins with; the day follows."""

_PLAIN = re.compile(r"[^\W_][\w.:,()'& +-]*")
_ENCODED = "~"
_NO_ADDRESS = re.compile(r"[\x00-\x20\x7f-\x9f\ud800-\udfff]")
_PAST = re.compile(rf"{AS_OF}/(\d{{4}}-\d\d-\d\d)(?=[/?#]|$)", re.ASCII)
_day: ContextVar[dt.date | None] = ContextVar("day", default=None)
"""The day on which the register is looked at in this request; none for now."""


@contextmanager
def on(day: dt.date | None) -> Iterator[None]:
    """Within it, pages lead to pages of that day."""
    token = _day.set(day)
    try:
        yield
    finally:
        _day.reset(token)


def day() -> dt.date | None:
    """The past day that is looked at; none for now."""
    return _day.get()


def page(path: str) -> str:
    """A page of this application, on the day that is looked at."""
    return as_of(_day.get(), path)


def is_page(path: str) -> bool:
    """Whether a path is that of a page for people, not of its JSON or CSV."""
    return not path.endswith((".json", ".csv"))


def as_of(day: dt.date | None, path: str) -> str:
    """A page on a past day, or now."""
    return f"{AS_OF}/{day.isoformat()}{path}" if day else path


def parted(address: str) -> tuple[dt.date | None, str]:
    """The day in the address of a page, and the address of the page now. Of what names no day, the day is none."""
    found = _PAST.match(address)
    try:
        day = dt.date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None, address
    if found is None:
        return None, address
    rest = address[found.end() :]
    return day, rest if rest.startswith("/") else f"/{rest}"


@lru_cache(maxsize=4096)  # each cell of a row leads to the same deal
def segment(name: str) -> str:
    """An id as a segment of an address: as it is where that can be read, else in base64 behind "~"."""
    if _PLAIN.fullmatch(name) and not name.lower().endswith(FORMATS):
        return quote(name, safe=":,()'+")
    return _ENCODED + base64.urlsafe_b64encode(name.encode("utf-8", "surrogatepass")).decode().rstrip("=")


def unsegment(part: str) -> str | None:
    """The id that a decoded segment stands for; None if it stands for none."""
    if not part.startswith(_ENCODED):
        return part
    try:
        packed = part[1:].encode("ascii")
        return base64.b64decode(packed + b"=" * (-len(packed) % 4), b"-_", validate=True).decode(
            "utf-8", "surrogatepass"
        )
    except (binascii.Error, UnicodeError):
        return None


def deal(name: str, part: str = "") -> str:
    """The page of a deal, or a part of it."""
    return page(f"/deals/{segment(name)}") + (f"#{part}" if part else "")


def document(name: str, part: str = "") -> str:
    """The page of a document, or a part of it."""
    return page(f"/documents/{segment(name)}") + (f"#{part}" if part else "")


def words(document_id: str, slot: str, start: int, end: int) -> str:
    """The words of a document that fill a slot."""
    return document(document_id, anchor(slot, start, end))


def evidence(of: Document, claim: Claim) -> str:
    """The words that carry a claim."""
    return words(of.id, EVIDENCE, claim.evidence.start, claim.evidence.end)


def claim(document_id: str, name: str) -> str:
    """The page of a claim: its permanent address."""
    return f"{document(document_id)}/claims/{segment(name)}"


def edit(document_id: str, name: str, **state: str | None) -> str:
    """The page on which a claim is corrected."""
    return with_state(f"{claim(document_id, name)}/edit", state)


def add_claim(document_id: str) -> str:
    """The page on which a claim is added to a document."""
    return f"{document(document_id)}/add"


def review(query: str, at: tuple[str, str] | None = None) -> str:
    """The claims that meet a query one by one, from the first on or at the one of a document and an id."""
    where = {"document": at[0], "claim": at[1]} if at else {}
    return f"/review?{urlencode({'q': query, **where})}"


def tray(name: str, n: int = 1) -> str:
    """What somebody gave to be read, with its n-th document in full."""
    return f"/add/{segment(name)}" + (f"?n={n}" if n > 1 else "")


def entity(name: str) -> str:
    """The page of an entity."""
    return page(f"/entities/{segment(name)}")


def snapshot(name: str, **state: int) -> str:
    """The page of a snapshot."""
    return listing(f"/snapshots/{segment(name)}", **state)


def diff(left: str, right: str, form: str = "", **state: int) -> str:
    """What lies between two snapshots, as a page or in a format."""
    path = f"/snapshots/{segment(left)}/diff/{segment(right)}"
    return listing(f"{path}.{form}" if form else path, **state)


def source(name: str) -> str:
    """The page of a source."""
    return page(f"/sources/{segment(name)}")


def deals(query: object, **state: str | int | Sequence[str] | None) -> str:
    """The list of deals that meet a query, in a state of the page; what is None is left out."""
    return listing("/deals", q=str(query) or None, **state)


def listing(path: str, **state: str | int | Sequence[str] | None) -> str:
    """The page at a path, with the state that it is in; what is None or empty is left out."""
    return with_state(page(path), state)


def with_state(address: str, state: Mapping[str, str | int | Sequence[str] | None]) -> str:
    """The address of a page, with the state that it is in; what is None or empty is left out."""
    told: Mapping[str, str | int | Sequence[str]] = {name: value for name, value in state.items() if value}
    return f"{address}?{urlencode(told, doseq=True)}" if told else address


def outside(address: str | None) -> str | None:
    """The address if a link may lead there, else None: http or https, with a host, without control characters."""
    if not address or _NO_ADDRESS.search(address):
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme in ("http", "https") and parts.netloc else None


def local(address: str) -> str:
    """The address if it is a page of this application, else the first page."""
    is_path = address.startswith("/") and not address.startswith("//")
    return address if is_path and "\\" not in address and not _NO_ADDRESS.search(address) else "/"
