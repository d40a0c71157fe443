"""The wheel holds all that the program needs away from its repository, and nothing else."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def names(root: Path, tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """What the wheel holds."""
    target = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(target)]
    subprocess.run(build, cwd=root, check=True, capture_output=True)
    (wheel,) = target.glob("followthearms-*.whl")
    return set(zipfile.ZipFile(wheel).namelist())


def test_every_file_of_the_package_is_in_it(root: Path, names: set[str]) -> None:
    package = root / "src/followthearms"
    files = {p for p in package.rglob("*") if p.is_file() and "__pycache__" not in p.parts}
    assert {str(p.relative_to(root / "src").as_posix()) for p in files} <= names


def test_the_sample_articles_are_in_it(root: Path, names: set[str]) -> None:
    articles = {p.name for p in (root / "examples/articles").iterdir()}
    assert articles
    assert {f"followthearms/data/articles/{name}" for name in articles} <= names


def test_nothing_else_is(names: set[str]) -> None:
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"followthearms"}
