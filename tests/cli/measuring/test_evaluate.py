"""`fta evaluate`: texts and predictions against annotation, and what is wrong with a gold file."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import GOLD


def test_evaluate_a_file_against_itself_is_perfect(fta) -> None:
    result = fta("evaluate", GOLD, "--predicted", GOLD, "--json")
    assert result.exit_code == 0
    figures = json.loads(result.stdout)
    assert {name: figure["f1"] for name, figure in figures["levels"].items()} == {"L1": 1, "L2": 1, "L3": 1}


def test_evaluate_what_is_read(fta) -> None:
    result = fta("evaluate", GOLD, "--mistakes")
    assert result.exit_code == 0
    levels = [line.split() for line in result.stdout.splitlines() if line.startswith("L")]
    assert [line[0] for line in levels] == ["L1", "L2", "L3"]
    assert float(levels[0][3]) > 0.3


def test_evaluate_names_what_is_wrong_with_a_gold_file(fta, tmp_path: Path) -> None:
    first = GOLD.read_text("utf-8").splitlines()[0]
    broken = json.loads(first)
    broken["claims"][0]["trigger"]["start"] += 1
    broken["claims"][0]["trigger"]["end"] += 1
    (tmp_path / "gold.jsonl").write_text(f"{first}\n{json.dumps(broken)}\n")
    result = fta("evaluate", "gold.jsonl", "--predicted", "gold.jsonl")
    assert result.exit_code == 1
    assert "gold.jsonl, line 2: claims[0].trigger" in result.stderr
    assert fta("evaluate", "absent.jsonl").exit_code == 1
    assert fta("evaluate", "gold.txt").exit_code == 2
