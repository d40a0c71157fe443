"""`fta explain`, `fta evaluate`, help and version."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path

import pytest
import typer

from followthearms.cli.commands import app
from followthearms.cli.reference import page, pages, write
from followthearms.extract.frames.library import matcher

ROOT = Path(__file__).resolve().parents[2]
GOLD = ROOT / "examples/gold.jsonl"


def commands(of: typer.Typer, before: str = "") -> list[str]:
    """All commands by their names, those of a group after the group's."""
    own = [f"{before}{one.name or one.callback.__name__}" for one in of.registered_commands if one.callback]
    groups = [(one.typer_instance, one.name) for one in of.registered_groups]
    return own + [name for group, word in groups if group for name in commands(group, f"{before}{word} ")]


COMMANDS = commands(app)


def test_explain(fta) -> None:
    result = fta("explain", "Moscow turned down Pakistan's request for rifles.")
    assert result.exit_code == 0
    for words in ("turned down", "refusal", "Pakistan", "fits"):
        assert words in result.stdout
    explained = json.loads(fta("explain", "Moscow turned down Pakistan's request for rifles.", "--json").stdout)
    assert {"words", "mentions", "trials", "claims"} == set(explained)
    assert explained["claims"][0]["kind"] == ["refusal"]


def test_explain_says_where_a_pattern_failed(fta) -> None:
    result = fta("explain", "The army rejected 40 recruits.")
    assert result.exit_code == 0
    assert "nothing at" in result.stdout
    assert "No claim was read out of this." in result.stdout


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


def test_version(fta) -> None:
    assert fta("--version").stdout == f"fta {version('followthearms')}\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_examples(fta, command: str) -> None:
    result = fta(*command.split(), "--help")
    assert result.exit_code == 0
    assert f"Examples:\n    fta {command}" in result.stdout


def test_the_made_pages_of_the_documentation_are_up_to_date() -> None:
    made, folder = pages(), ROOT / "docs/reference"
    lying = {f"frames/{file.name}" for file in (folder / "frames").iterdir()} | {"commands.md"}
    stale = [n for n in made if n in lying and (folder / n).read_text("utf-8") != made[n]]
    assert (lying ^ made.keys(), stale) == (set(), []), "run `python -m followthearms.cli.reference`"


def test_the_page_of_the_commands_lists_them_all() -> None:
    listed = [line.removeprefix("## fta ") for line in page().splitlines() if line.startswith("## fta ")]
    assert sorted(listed) == sorted(COMMANDS)


def test_every_frame_stands_on_a_page_with_all_its_examples() -> None:
    listed = "\n".join(text for name, text in pages().items() if name.startswith("frames/"))
    for frame in matcher().frames:
        assert f"\n## {frame.frame}\n" in listed
    assert listed.count("\n- ") >= sum(len(texts) for f in matcher().frames for texts in f.examples.values())
    assert "- *Russia* (supplier) **turned down** *Pakistan* (recipient)'s *request* (object) for rifles." in listed


def test_writing_the_pages_takes_stale_ones_away(tmp_path: Path) -> None:
    (tmp_path / "frames").mkdir()
    (tmp_path / "frames/gone.md").write_text("# Gone\n")
    write(tmp_path)
    assert {str(f.relative_to(tmp_path)) for f in tmp_path.rglob("*.md")} == set(pages())


def test_help_loads_nothing_heavy_and_is_quick() -> None:
    code = (
        "import sys\nfrom followthearms.cli.commands import app\n"
        "try: app(['--help'])\nexcept SystemExit: pass\n"
        "print([m for m in ('spacy', 'sqlalchemy', 'pydantic', 'jinja2') if m in sys.modules])"
    )
    began = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
    assert time.perf_counter() - began < 3  # 0.1 s where nothing else runs


def test_module_is_the_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "followthearms", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("fta ")


def test_a_reader_that_goes_away_ends_it_quietly() -> None:
    command = f"{sys.executable} -m followthearms evaluate {GOLD} --predicted {GOLD} --json | head -n 1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    assert done.stderr == ""
