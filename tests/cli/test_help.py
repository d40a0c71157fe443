"""Help, version, and `fta` as a module and in a pipe."""

from __future__ import annotations

import subprocess
import sys
import time
from importlib.metadata import version

import pytest
import typer

from followthearms.cli.commands import app
from followthearms.cli.reference.commands import commands_page
from tests.cli.conftest import GOLD


def commands(of: typer.Typer, before: str = "") -> list[str]:
    """All commands by their names, those of a group after the group's."""
    own = [f"{before}{one.name or one.callback.__name__}" for one in of.registered_commands if one.callback]
    groups = [(one.typer_instance, one.name) for one in of.registered_groups]
    return own + [name for group, word in groups if group for name in commands(group, f"{before}{word} ")]


COMMANDS = commands(app)


def test_version(fta) -> None:
    assert fta("--version").stdout == f"fta {version('followthearms')}\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_examples(fta, command: str) -> None:
    result = fta(*command.split(), "--help")
    assert result.exit_code == 0
    assert f"Examples:\n    fta {command}" in result.stdout


def test_the_page_of_the_commands_lists_them_all() -> None:
    listed = [line.removeprefix("## fta ") for line in commands_page().splitlines() if line.startswith("## fta ")]
    assert sorted(listed) == sorted(COMMANDS)


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


def test_a_wrong_word_for_an_option_is_told_in_the_words_of_the_command_alone(fta) -> None:
    wrong = fta("export", "--format", "xlsx")
    assert wrong.exit_code == 2
    assert "Invalid value for '--format' / '-f': 'xlsx' is not one of 'csv', 'jsonl', 'html', 'log'." in wrong.stderr
