"""How records are cited, in words and as schema.org has it.

Invariant: the data block of a page holds no "<", so that no text can end it.
"""

from __future__ import annotations

import datetime as dt
import json
from importlib.metadata import version
from typing import Any

from markupsafe import Markup

from followthearms.exchange import words
from followthearms.model import Deal, Document
from followthearms.web import links
from followthearms.web.views.quotes import Library


def cite_deal(deal: Deal, today: dt.date) -> str:
    """A deal, as a footnote."""
    told = f"{words.counted(deal.sources, 'independent source')}, {words.counted(len(deal.events), 'claim')}"
    return (
        f"{words.heading(deal)} ({deal.nature.value}, {deal.status.value}). Deal {deal.id}; {told}. "
        f"Register kept with Follow the Arms {version('followthearms')}, as of {words.day(today)}. "
        "Reported, not proven."
    )


def cite_document(document: Document) -> str:
    """A document, as a footnote."""
    parts = [f"“{words.title(document)}”", words.one_line(document.outlet or ""), _day(document)]
    address = links.outside(document.url)
    told = ", ".join(part for part in parts if part)
    return f"{told}.{f' {address}' if address else ''} Document {document.id}, SHA-256 {document.text_hash}."


def deal_data(deal: Deal, library: Library) -> dict[str, Any]:
    """A deal as https://schema.org/Dataset, based on the documents that tell of it."""
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "identifier": deal.id,
        "name": words.heading(deal),
        "description": f"What {words.counted(deal.sources, 'independent source')} reported. Reported, not proven.",
        "creditText": "Follow the Arms",
        "isBasedOn": [
            {name: value for name, value in document_data(library.documents[one]).items() if name != "@context"}
            for one in deal.documents
            if one in library.documents
        ],
    }


def document_data(document: Document) -> dict[str, Any]:
    """A document as https://schema.org/NewsArticle, as far as it is known."""
    told = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "identifier": document.id,
        "headline": words.title(document),
        "datePublished": document.date.isoformat() if document.date else None,
        "inLanguage": document.language,
        "license": document.licence,
        "url": links.outside(document.url),
        "publisher": {"@type": "Organization", "name": words.one_line(document.outlet)} if document.outlet else None,
    }
    return {name: value for name, value in told.items() if value is not None}


def data_block(data: dict[str, Any]) -> Markup:
    """Data as the content of a data block: JSON in ASCII in which no markup can begin."""
    text = json.dumps(data, allow_nan=False)
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))


def _day(document: Document) -> str:
    return words.day(document.date) if document.date else ""
