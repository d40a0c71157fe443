"""The documents of the annotated corpus."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from followthearms.model import Document
from followthearms.sources import ReadOptions, read_source


@pytest.fixture(scope="session")
def annotated(corpus: Path) -> Callable[[str], list[Document]]:
    """The annotated documents of one part of the corpus."""

    def load(part: str) -> list[Document]:
        documents = list(read_source(corpus / f"{part}.jsonl", ReadOptions(keep_claims=True)))
        assert all(isinstance(document, Document) for document in documents)
        return [document for document in documents if isinstance(document, Document)]

    return load
