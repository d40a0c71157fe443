"""The annotated corpus, which is not part of the project: tests that need it are skipped where it is absent."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from followthearms.model import Document
from followthearms.sources import ReadOptions, read_source


@pytest.fixture(scope="session")
def corpus(root: Path) -> Path:
    """The folder of the annotated corpus."""
    folder = Path(os.environ.get("FTA_CORPUS") or root.parent / "shared" / "corpus")
    if not folder.is_dir():
        pytest.skip(f"the annotated corpus is not at {folder}; FTA_CORPUS says where it is")
    return folder


@pytest.fixture(scope="session")
def annotated(corpus: Path) -> Callable[[str], list[Document]]:
    """The annotated documents of one part of the corpus."""

    def load(part: str) -> list[Document]:
        documents = list(read_source(corpus / f"{part}.jsonl", ReadOptions(keep_claims=True)))
        assert all(isinstance(document, Document) for document in documents)
        return [document for document in documents if isinstance(document, Document)]

    return load
