"""The import contract of pyproject.toml holds, and would catch an import that breaks it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

BREACHES = {
    "upwards": ("model/kinds.py", "from followthearms.register import Register", "A layer imports only from below"),
    "knowledge": ("rules/tree.py", "from followthearms import knowledge", "The rule engine knows no word about arms"),
    "database": ("link/__init__.py", "import sqlalchemy", "The register is the only door to the database"),
    "parser": ("extract/__init__.py", "import spacy", "One module knows the parser"),
}


def lint(project: Path) -> subprocess.CompletedProcess[str]:
    command = Path(sysconfig.get_path("scripts")) / "lint-imports"
    environment = {**os.environ, "PYTHONPATH": str(project / "src"), "COLUMNS": "200", "NO_COLOR": "1"}
    return subprocess.run(
        [sys.executable, command, "--no-logo", "--config", project / "pyproject.toml", "--no-cache"],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copy(root: Path, tmp_path: Path) -> Path:
    """A copy of the package that a test may break."""
    shutil.copytree(root / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__", "data"))
    shutil.copy(root / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_package_keeps_its_contract(root: Path) -> None:
    found = lint(root)
    assert found.returncode == 0, found.stdout + found.stderr


@pytest.mark.parametrize("breach", BREACHES)
def test_a_breach_is_caught(copy: Path, breach: str) -> None:
    path, line, contract = BREACHES[breach]
    module = copy / "src/followthearms" / path
    module.write_text(module.read_text() + f"\n{line}\n")
    found = lint(copy)
    assert found.returncode == 1
    broken = [shown for shown in found.stdout.splitlines() if "BROKEN" in shown]
    assert any(contract in shown for shown in broken), found.stdout
