"""The annotated texts that are measured on, by the name of their set; and the texts alone, as a reader gets them.

Invariant: a set is read whole or an error says what is missing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from followthearms.errors import InputError, UsageError
from followthearms.model import Document
from followthearms.sources import ReadOptions, read_source
from followthearms.sources.standoff import by_digest, join

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples/gold.jsonl"
UNSEEN = ROOT / "corpus/unseen.standoff.jsonl"
FILES = {"train-loso": "train.jsonl", "dev": "dev.jsonl", "seeds": "seeds.jsonl"}
"""Set → its file in the corpus."""
SETS = (*FILES, "unseen", "examples")
LARGE = 20
"""Texts from which a source of the training texts is held out and measured by itself."""

Sets = Mapping[str, list[Document]]
"""Set → its documents with the annotated claims."""


def load(corpus: Path, unseen: Path = UNSEEN) -> Sets:
    """All sets; `unseen` annotates some texts of the corpus's `unlabelled.jsonl`.

    Raises `UsageError` if the corpus is absent, `InputError` if a line of a file cannot be read, `FormatError` if a
    text is missing that `unseen` annotates.
    """
    if not corpus.is_dir():
        raise UsageError(f"the annotated corpus is not at {corpus}; name its folder with --corpus or in FTA_CORPUS")
    sets = {name: read_all(corpus / file) for name, file in FILES.items()}
    later = list(join(unseen, by_digest(read_all(corpus / "unlabelled.jsonl"))))
    return sets | {"unseen": later, "examples": read_all(EXAMPLES)}


def read_all(path: Path) -> list[Document]:
    """The documents of a file in the claim format with their claims. Raises the `InputError` of the first bad line."""
    documents = []
    for document in read_source(path, ReadOptions(keep_claims=True)):
        if isinstance(document, InputError):
            raise document
        documents.append(document)
    return documents


def source(document: Document) -> str:
    """The source that a text of the corpus is from; empty where the corpus names none."""
    return str(getattr(document, "source_repo", None) or "")


def sources(documents: Iterable[Document]) -> list[tuple[str, int]]:
    """The sources with their number of texts, most texts first."""
    return sorted(Counter(map(source, documents)).items(), key=lambda pair: (-pair[1], pair[0]))


def large_sources(documents: Iterable[Document]) -> list[str]:
    """The sources with `LARGE` texts or more."""
    return [name for name, n in sources(documents) if n >= LARGE]
