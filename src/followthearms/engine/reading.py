"""Reading for people who work in Python: one call, one value that shows itself.

Invariant: a `Reading` holds every document that could be read and an error for each that could not.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import overload

from followthearms.engine.running import Outcome, read_paths, run
from followthearms.errors import InputError, UsageError
from followthearms.model import Claim, Document
from followthearms.sources import DateBasis, ReadOptions

_LONGEST_NAME = 255


@dataclass(frozen=True, slots=True, repr=False)
class Reading(Sequence[Document]):
    """The documents that were read, with their claims, and the errors of those that could not be.

    A sequence of documents. In a notebook it shows each text with its words marked, and the claims beside it.
    """

    documents: tuple[Document, ...]
    problems: tuple[InputError, ...] = ()

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims of all documents, in their order."""
        return tuple(claim for document in self.documents for claim in document.claims)

    def to_html(self) -> str:
        """A self-contained page of the documents and their claims."""
        from followthearms.exchange.html import report

        return report(self.documents)

    def _repr_html_(self) -> str:
        from followthearms.exchange.html import fragment

        return fragment(self.documents)

    def __repr__(self) -> str:
        problems = f", {len(self.problems)} not read" if self.problems else ""
        return f"<Reading: {len(self.claims)} claims in {len(self.documents)} documents{problems}>"

    def __len__(self) -> int:
        return len(self.documents)

    def __iter__(self) -> Iterator[Document]:
        return iter(self.documents)

    @overload
    def __getitem__(self, index: int) -> Document: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Document, ...]: ...
    def __getitem__(self, index: int | slice) -> Document | tuple[Document, ...]:
        return self.documents[index]


def read(text_or_path: str | Path, *, date: dt.date | str | None = None) -> Reading:
    """Read the claims out of a text (`str`) or out of a file or folder (`pathlib.Path`).

    `date` is the day of publication, from which "last October" is counted; as text, ISO: "2019-03-04".
    Raises the `InputError` if nothing could be read at all; where only some could not, they are in `problems`.
    Raises `UsageError` for a date that is none, and for the name of a file that was given as text.
    """
    day = _day(date)
    if isinstance(text_or_path, Path):
        return _reading(read_paths([text_or_path], ReadOptions(date=day)))
    _check_is_no_name(text_or_path)
    document = Document(text=text_or_path, date=day, date_basis=DateBasis.OPTION if day else None)
    return _reading(run([document]))


def _reading(outcomes: Iterator[Outcome]) -> Reading:
    documents, problems = [], []
    for outcome in outcomes:
        match outcome:
            case Document():
                documents.append(outcome)
            case InputError():
                problems.append(outcome)
    if problems and not documents:
        raise problems[0]
    return Reading(tuple(documents), tuple(problems))


def _day(date: dt.date | str | None) -> dt.date | None:
    if not isinstance(date, str):
        return date
    try:
        return dt.date.fromisoformat(date)
    except ValueError as error:
        raise UsageError(f"date {date!r} is no day; write it as 2019-03-04") from error


def _check_is_no_name(text: str) -> None:
    is_short = len(text.encode("utf-8", "surrogatepass")) < _LONGEST_NAME
    if is_short and text.strip() and "\n" not in text and Path(text).exists():
        raise UsageError(f"{text!r} is the name of a file; give it as pathlib.Path to read what is in it")
