"""Floors only move up, and the reader stays above them."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followthearms.errors import FormatError, UnreadableFile
from followthearms.evaluate import evaluate, measure, raised, read_floors, shortfalls, write_floors
from followthearms.evaluate.ratchet import FIGURES
from followthearms.model import Document

SHARES = st.floats(0, 1)
PARTS = st.fixed_dictionaries(dict.fromkeys(FIGURES, SHARES))
FLOORS = Path("benchmarks/ratchet/floors.json")


@given(PARTS, PARTS)
def test_floors_only_move_up_and_what_raised_them_stays_above(
    floors: dict[str, float], measured: dict[str, float]
) -> None:
    higher = raised({"dev": floors}, {"dev": measured})
    assert all(higher["dev"][figure] >= floors[figure] for figure in FIGURES)
    fallen = {figure for figure in FIGURES if measured[figure] < floors[figure]}
    lines = shortfalls(higher, {"dev": measured})
    assert {line.split()[1].rstrip(":") for line in lines} == fallen
    assert raised(higher, {"dev": measured}) == higher


def test_a_part_that_was_not_measured_keeps_its_floors() -> None:
    floors = {"dev": dict.fromkeys(FIGURES, 0.5)}
    assert raised(floors, {}) == floors
    assert shortfalls(floors, {}) == []


def test_floors_are_read_as_they_are_written(tmp_path: Path) -> None:
    floors = {"seeds": dict.fromkeys(FIGURES, 0.25), "dev": dict.fromkeys(FIGURES, 1.0)}
    write_floors(tmp_path / "floors.json", floors)
    assert read_floors(tmp_path / "floors.json") == floors


@pytest.mark.parametrize("content", ["", "[]", '{"dev": 1}', '{"dev": {"L1": 0.5}}'])
def test_a_malformed_file_of_floors_is_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "floors.json"
    path.write_text(content)
    with pytest.raises(FormatError, match=r"floors\.json: "):
        read_floors(path)


def test_floors_beyond_one_are_refused(tmp_path: Path) -> None:
    write_floors(tmp_path / "floors.json", {"dev": dict.fromkeys(FIGURES, 1.5)})
    with pytest.raises(FormatError, match="from 0 to 1"):
        read_floors(tmp_path / "floors.json")
    with pytest.raises(UnreadableFile):
        read_floors(tmp_path / "none.json")


@pytest.mark.parametrize("part", ["dev", "seeds"])
def test_the_reader_stays_above_its_floors(part: str, root: Path, annotated: Callable[[str], list[Document]]) -> None:
    from followthearms.pipeline import read

    gold = annotated(part)
    floors = {part: read_floors(root / FLOORS)[part]}
    measured = {part: measure(evaluate(gold, [read(document.with_claims(())) for document in gold]))}
    assert shortfalls(floors, measured) == []
    if raised(floors, measured) != floors:
        warnings.warn(
            f"{part}: {measured[part]} surpass the floors; python -m benchmarks.ratchet raises them", stacklevel=1
        )
