from __future__ import annotations

from pathlib import Path

import pytest

from followthearms.model import Document
from followthearms.model.format import load_line


@pytest.fixture(scope="session")
def gold(root: Path) -> tuple[Document, ...]:
    """The sample articles with the claims that a person found in them."""
    lines = (root / "examples" / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(load_line(line, f"gold.jsonl, line {number}") for number, line in enumerate(lines, 1))
