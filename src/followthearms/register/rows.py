"""Documents and claims as rows of the tables, and back.

Invariant: what `document` gives was checked against its text once more, by the model's own constructor.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from pydantic import ValidationError

from followthearms.errors import FormatError, RegisterError
from followthearms.model import Claim, Document
from followthearms.model.documents import OF_THE_COPY


def metadata(document: Document) -> str:
    """What is known of the document beside its text, as JSON; fields in alphabetical order."""
    return _json(document.model_dump(mode="json", exclude={"id", "text", "claims"}, exclude_defaults=True))


def body(claim: Claim) -> str:
    """The claim in the claim format, without what is not told."""
    return _json(claim.model_dump(mode="json", by_alias=True, exclude_defaults=True))


def content(document: Document) -> str:
    """A hash of all that was read: metadata and claims, in their order; not of when the copy was taken."""
    return content_of(metadata(document), map(body, document.claims))


def content_of(known: str, bodies: Iterable[str]) -> str:
    """The same of what the rows hold: a document's `metadata`, and the `body` of each claim."""
    fields = {name: value for name, value in json.loads(known).items() if name not in OF_THE_COPY}
    return hashlib.sha256(json.dumps([_json(fields), *bodies]).encode()).hexdigest()


def claim_rows(reading: int, document: Document) -> list[dict[str, Any]]:
    """The rows of `claims` for a reading of the document. Raises FormatError if two claims have one id."""
    [(twice, times)] = Counter(claim.id for claim in document.claims).most_common(1) or [("", 0)]
    if times > 1:
        raise FormatError(f"document {document.id}", f"two claims have the id {twice}", "give each its own")
    return [
        {
            "reading": reading,
            "position": position,
            "id": claim.id,
            "kind": claim.kind[0].value,
            "modality": claim.modality.value,
            "negated": claim.negated,
            "disputed": claim.disputed,
            "start": claim.evidence.start,
            "end": claim.evidence.end,
            "body": body(claim),
        }
        for position, claim in enumerate(document.claims)
    ]


def document(name: str, text: str, text_hash: str, known: str, bodies: Sequence[str]) -> Document:
    """The document that the rows hold. Raises RegisterError if they were tampered with."""
    return _document(name, text, text_hash, known, tuple(bodies))


@lru_cache(maxsize=256)
def _document(name: str, text: str, text_hash: str, known: str, bodies: tuple[str, ...]) -> Document:
    """By all that the rows hold: one page of the web application asks for the documents of a deal several times, and
    to make and check them costs more than to read their rows."""
    try:
        read = Document(id=name, text=text, claims=[json.loads(one) for one in bodies], **json.loads(known))
    except (ValidationError, ValueError, TypeError) as error:
        problem = error.errors()[0]["msg"] if isinstance(error, ValidationError) else str(error)
        raise RegisterError(f"document {name}: the register is damaged ({problem}); restore it from a copy") from error
    if read.text_hash != text_hash:
        raise RegisterError(f"document {name}: its text was changed after it was added; restore it from a copy")
    return read


def _json(fields: Any) -> str:
    return json.dumps(fields, sort_keys=True)
