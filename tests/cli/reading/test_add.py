"""`fta add` of what the register holds already."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import GOLD


def test_adding_twice_changes_nothing(filled) -> None:
    before = filled("export", "--format", "jsonl").stdout
    again = filled("add", GOLD, "--keep-claims")
    assert again.exit_code == 0
    assert " unchanged." in again.stdout
    assert " new" not in again.stdout
    assert filled("export", "--format", "jsonl").stdout == before


def test_a_text_that_changed_under_its_id_is_told_and_the_rest_is_added(filled, tmp_path: Path) -> None:
    first, second = (json.loads(line) for line in GOLD.read_text("utf-8").splitlines()[:2])
    changed = {"id": first["id"], "text": "Another text altogether.", "claims": []}
    new = {**second, "id": "new"}
    (tmp_path / "more.jsonl").write_text("\n".join(map(json.dumps, (changed, new))))
    result = filled("add", "more.jsonl", "--keep-claims")
    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    assert first["id"] in line
    assert "1 new, 1 not read" in result.stdout
