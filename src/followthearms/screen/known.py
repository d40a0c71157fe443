"""Texts that were read already, so that a text that a hundred outlets print word for word is read once.

Copies with another headline or a cut end are read, each with its own offsets; which documents are one story decides
`link.stories` alone. Invariant: what a document is given is what reading it would give.
"""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict

from followthearms.model import Document

MOST = 1_000
"""Texts that are remembered at a time, those met last: an hour of the world's news, in some 50 MB."""

_Asked = tuple[str, str | None, dt.date | None]


class Known:
    """What was read in the texts that were met last."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._read: OrderedDict[_Asked, Document] = OrderedDict()

    def shared(self, document: Document) -> Document | None:
        """The document as reading would give it, by what was read in an equal one; None if none was kept."""
        read = self._read.get(_asked(document))
        if read is None:
            return None
        self._read.move_to_end(_asked(document))
        dated = document.model_copy(update={"date": read.date, "date_basis": document.date_basis or read.date_basis})
        return dated.with_claims(tuple(claim.model_copy(update={"id": ""}) for claim in read.claims))

    def keep(self, document: Document, read: Document) -> None:
        """Remember what became of a document by reading it."""
        self._read[_asked(document)] = read
        if len(self._read) > self._most:
            self._read.popitem(last=False)


def _asked(document: Document) -> _Asked:
    """All that reading looks at: the day counts for relative dates, the title for who is spoken of."""
    return document.text_hash, document.title, document.date
