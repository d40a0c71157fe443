"""Registers that hold a few documents made by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from followthearms.model import Document
from followthearms.register import Register, Run
from tests.link.drafts import draft, said

RUN = Run(version="1.0", ruleset="abc", parser="sm", started=dt.datetime(2026, 1, 2, tzinfo=dt.UTC))

FACTORY = draft(
    "factory",
    "At Korwa, HAL will build 700 AK-203 rifles for India under a licence from Russia. Ada Quill met Russians.",
    said(
        "production",
        "build",
        supplier="Russia/RU",
        recipient="India/IN",
        company=["HAL"],
        equipment="AK-203 rifles/AK-203/rifle/700",
        place="Korwa",
        date=("will", "2019-01-01", "2019-12-31"),
    ),
    date="2019-03-04",
    outlet="TASS",
)
CONTACT = draft(
    "contact",
    "Ada Quill of India met the Russian minister; their trade reached $9 billion, Tass said.",
    said("contact", "met", parties=["India/IN", "Russian/RU"], date=("met", "2020-05-06", "2020-05-06")),
    said(
        "trade",
        "reached",
        parties=["India/IN", "Russian/RU"],
        value=("$9 billion", 9_000_000_000, "USD"),
        medium="Tass",
    ),
    date="2020-05-07",
    outlet="Valley Courier",
)
REFUSAL = draft(
    "refusal",
    "Russia turned down the request of Pakistan for rifles. India got 12 Northwind-7 howitzers from Russia.",
    said("refusal", "turned down", supplier="Russia/RU", recipient="Pakistan/PK", equipment="rifles//rifle"),
    said(
        "delivery",
        "got",
        supplier="Russia/RU",
        recipient="India/IN",
        equipment="Northwind-7 howitzers/Northwind-7/howitzer/12",
    ),
    date="2020-05-09",
    outlet="the Valley Courier",
)
COPY = REFUSAL.model_copy(update={"id": "copy", "outlet": None})
DOCUMENTS = (FACTORY, CONTACT, REFUSAL, COPY)


@contextmanager
def filled(url: str, *documents: Document) -> Iterator[Register]:
    """A register that holds these documents."""
    with Register.open(url) as register:
        register.add_many(documents, RUN)
        yield register


def told(url: str) -> None:
    """Tell a register of all of the above."""
    with filled(url, *DOCUMENTS):
        pass
