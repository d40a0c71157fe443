"""A document of a text and of what is known about it, the same for every form that does not come as a page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from followthearms.model import Document
from followthearms.sources.options import DateBasis, ReadOptions, document_id, publication
from followthearms.sources.text.language import language_of
from followthearms.sources.text.mending import mend


def article(
    text: str,
    name: str,
    options: ReadOptions,
    *,
    title: str | None = None,
    authors: Sequence[str] = (),
    published: tuple[dt.date | None, DateBasis] = (None, DateBasis.METADATA),
    outlet: str | None = None,
    url: str | None = None,
    language: str | None = None,
    **more: Any,
) -> Document:
    """The document of `text`, mended. Empty strings are nothing; what is in no language by its word is looked at.

    `name` is the bare name of the file, by which the document is known if it has neither address nor outlet;
    `published` the day of publication that is stated, and where. `more` are further fields of a document.
    """
    whole, mended = mend(text.strip())
    url, outlet = _line(url), _line(outlet)
    date, basis = publication(options, *published, url)
    return Document.model_validate(
        {
            "id": document_id(whole, url or outlet or name),
            "title": _line(title),
            "authors": tuple(filter(None, map(_line, authors))),
            "date": date,
            "date_basis": basis,
            "outlet": outlet,
            "url": url,
            "language": _line(language) or language_of(whole),
            "text": whole,
            "mended": mended,
            **more,
        }
    )


def _line(words: str | None) -> str | None:
    """Words on one line, or null where there are none."""
    return " ".join(mend(words)[0].split()) or None if words else None
