"""The same text gives the same bytes: alone or among others, in any order, in one process or in two."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followthearms import pipeline
from followthearms.engine import run
from followthearms.model import Document
from followthearms.model.format import dump_line
from followthearms.sources import ReadOptions, read_sources

ARTICLES = Path(__file__).resolve().parents[2] / "examples/articles"
PROCESSES = 2


def lines_of(documents: list[Document]) -> list[str]:
    read = list(run(documents))
    assert all(isinstance(d, Document) for d in read)
    return [dump_line(d) for d in read if isinstance(d, Document)]


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    found = [d for d in read_sources([ARTICLES], ReadOptions()) if isinstance(d, Document)]
    assert len(found) >= 16
    return found


@pytest.fixture(scope="module")
def alone(documents: list[Document]) -> list[str]:
    """Each document read by itself."""
    lines = [dump_line(pipeline.read(d)) for d in documents]
    assert sum('"trigger"' in line for line in lines) > len(lines) // 2
    return lines


def test_read_among_others(documents: list[Document], alone: list[str]) -> None:
    assert lines_of(documents) == alone


@settings(max_examples=5)
@given(data=st.data())
def test_in_any_order_and_with_any_batch_size(documents: list[Document], alone: list[str], data: st.DataObject) -> None:
    places = data.draw(st.lists(st.sampled_from(range(len(documents))), min_size=1, max_size=20))
    size = data.draw(st.integers(1, len(places)))
    batches = [places[n : n + size] for n in range(0, len(places), size)]
    sentences = [s for batch in batches for s in pipeline.parsed([documents[n] for n in batch])]
    read = [dump_line(pipeline.read(documents[n], s)) for n, s in zip(places, sentences, strict=True)]
    assert read == [alone[n] for n in places]


def test_in_two_processes(documents: list[Document], alone: list[str], tmp_path: Path) -> None:
    """Each reads half, with its own order of sets."""
    running = []
    for n in range(PROCESSES):
        own = tmp_path / f"{n}.jsonl"
        own.write_text("".join(dump_line(d) + "\n" for d in documents[n::PROCESSES]), encoding="utf-8")
        command = [sys.executable, "-m", "followthearms", "read", str(own), "--no-screen", "--format", "jsonl"]
        environment = {**os.environ, "PYTHONHASHSEED": str(n), "PYTHONIOENCODING": "utf-8"}
        running.append(subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True, encoding="utf-8"))
    printed = [process.communicate(timeout=300)[0].splitlines() for process in running]
    assert [process.returncode for process in running] == [0] * PROCESSES
    for n, lines in enumerate(printed):
        assert lines == alone[n::PROCESSES]
