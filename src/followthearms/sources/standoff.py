"""Annotations apart from the texts they are about: offsets, codes and our own words for things, none of the text's.

Texts of others may be learnt from and not be handed on; what was annotated in them may. Who has the texts, joins them.
Invariant: `join` gives back, for the same texts, the documents that `strip` was given, and for any other text an error.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from followthearms.errors import FormatError
from followthearms.model import Document

SUFFIX = ".standoff.jsonl"
"""How the name of a file of annotations ends."""
KEPT = ("source_repo",)
"""Fields of a document that go with its annotations. Its id may spell its title, so the digest names it."""


def strip(document: Document) -> dict[str, Any]:
    """A document's annotations without its text; `sha256` is the digest of the text in UTF-8."""
    whole = json.loads(document.model_dump_json(by_alias=True, exclude_defaults=True))
    claims = [_without_words(claim) for claim in whole.get("claims", ())]
    return {**{k: whole[k] for k in KEPT if k in whole}, "sha256": _digest(document.text), "claims": claims}


def join(standoff: Path, texts: Mapping[str, Document]) -> Iterator[Document]:
    """The annotated documents of a file of annotations, in its order. `texts`: the documents by the digest of the text.

    Raises `FormatError` if a line is no annotation, or if the text that it is about is not there.
    """
    for number, line in enumerate(standoff.read_text(encoding="utf-8").splitlines(), 1):
        where = f"{standoff}, line {number}"
        try:
            stripped = json.loads(line)
            digest, claims = stripped["sha256"], stripped["claims"]
        except (ValueError, KeyError, TypeError) as error:
            raise FormatError(where, f"is no annotation ({error})", "each line needs sha256 and claims") from error
        if digest not in texts:
            raise FormatError(where, f"the text {digest[:12]} is not there", "give the files that hold it, unchanged")
        document = texts[digest]
        fields = json.loads(document.model_dump_json(by_alias=True, exclude={"claims"}))
        yield Document.model_validate(
            {**fields, "claims": [_with_words(claim, document.text) for claim in claims]}, by_alias=True, by_name=False
        )


def by_digest(documents: Iterable[Document]) -> dict[str, Document]:
    """The documents by the digests of their texts."""
    return {_digest(document.text): document for document in documents}


def _without_words(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _without_words(v) for k, v in value.items() if not (k == "text" and "start" in value)}
    return [_without_words(v) for v in value] if isinstance(value, list) else value


def _with_words(value: Any, text: str, top: bool = True) -> Any:
    """The same with the words of every span; an extent alone (a claim's evidence) has none."""
    if isinstance(value, dict):
        found = {k: v if k == "evidence" and top else _with_words(v, text, False) for k, v in value.items()}
        return found | {"text": text[value["start"] : value["end"]]} if "start" in value else found
    return [_with_words(v, text, False) for v in value] if isinstance(value, list) else value


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
