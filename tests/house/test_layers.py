"""The import contracts of pyproject.toml hold, and each would catch an import that breaks it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from pathlib import Path

import pytest

BREACHES = {
    "upwards": ("model/kinds.py", "from followthearms.register import Register", "A layer imports only from below"),
    "knowledge": ("rules/tree.py", "from followthearms import knowledge", "The rule engine knows no word about arms"),
    "engine": ("engine/stages.py", "from followthearms import knowledge", "The engine runs the pipeline"),
    "starting": (
        "cli/deciding/claims.py",
        "from followthearms.web import server",
        "One command starts the web application",
    ),
    "commands": (
        "cli/deciding/claims.py",
        "from followthearms.cli import past",
        "The commands of a subject know no other",
    ),
    "framework": ("engine/stages.py", "import fastapi", "The web application alone knows its framework"),
    "rooms": (
        "web/views/names/entities.py",
        "from followthearms.web.views import past",
        "In the web application routes ask",
    ),
    "request": ("web/views/paging.py", "import fastapi", "Views know nothing of the request"),
    "drawing": ("web/views/deals/deals.py", "import altair", "The pictures alone know what draws them"),
    "database": ("link/__init__.py", "import sqlalchemy", "The register is the only door to the database"),
    "parser": ("extract/__init__.py", "import spacy", "One module knows the parser"),
    "spark": ("engine/bulk.py", "import pyspark", "One package knows Spark"),
    "network": ("web/links.py", "import httpx", "Two modules know the network"),
    "driver": ("register/store.py", "import pg8000", "One module knows the driver of PostgreSQL"),
}
"""For each contract a line that breaks it, and the file to which it is added."""


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


def test_each_contract_has_a_breach_here(root: Path) -> None:
    told = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    begun = [[one["name"] for one in told if one["name"].startswith(name)] for _, _, name in BREACHES.values()]
    assert sorted(name for [name] in begun) == sorted(one["name"] for one in told)


@pytest.mark.parametrize("breach", BREACHES)
def test_a_breach_is_caught(copy: Path, breach: str) -> None:
    path, line, contract = BREACHES[breach]
    module = copy / "src/followthearms" / path
    module.write_text(module.read_text() + f"\n{line}\n")
    found = lint(copy)
    assert found.returncode == 1
    broken = [shown for shown in found.stdout.splitlines() if "BROKEN" in shown]
    assert any(shown.startswith(contract) for shown in broken), found.stdout
