"""Where the annotated corpus lies, which is not part of the project."""

from __future__ import annotations

import os
from pathlib import Path

BESIDE = Path(__file__).resolve().parents[2] / "shared" / "corpus"
"""Its place if the environment does not name one: beside the project's folder."""


def folder() -> Path:
    """The folder that FTA_CORPUS names, or `BESIDE`; it may be absent."""
    return Path(os.environ.get("FTA_CORPUS") or BESIDE)
