"""A run over many inputs: each comes out once, in order, and what fails on one does not stop the next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from followthearms import pipeline
from followthearms.engine import Progress, read_paths, run
from followthearms.engine.inputs import CHUNK_INPUTS
from followthearms.engine.running import AHEAD_INPUTS, Hands, read_results
from followthearms.engine.stages import Plan, Screening
from followthearms.errors import InputError, KnowledgeError, UnreadableFile
from followthearms.model import Claim, Document, Extent, Kind, Span
from followthearms.model.fates import Fate
from followthearms.model.format import dump_line
from followthearms.rules.tree import Sentence
from followthearms.sources import ReadOptions

FILLING = "The hills were green. " * 50
SENTENCE = "Norway delivered 22 howitzers to Ukraine on Monday, officials said."


def test_bad_input_does_not_stop_the_rest(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SENTENCE)
    (tmp_path / "b.txt").write_bytes(b"\x00\x01\x02\x03")
    (tmp_path / "c.txt").write_text("")
    (tmp_path / "d.txt").write_text(SENTENCE.replace("Norway", "Sweden"))
    first, binary, empty, last = read_paths([tmp_path], ReadOptions(date=dt.date(2022, 6, 8)))
    assert isinstance(first, Document)
    assert isinstance(last, Document)
    assert first.claims
    assert last.claims
    assert isinstance(binary, UnreadableFile)
    assert "b.txt" in str(binary)
    assert isinstance(empty, UnreadableFile)
    assert "c.txt" in str(empty)


def test_a_text_on_which_the_program_fails_becomes_its_error(monkeypatch: pytest.MonkeyPatch) -> None:
    really = pipeline.read

    def fails_on_one(document: Document, *how: Any) -> Document:
        return really(document, *how) if document.id != "bad" else {}["no such key"]

    monkeypatch.setattr(pipeline, "read", fails_on_one)
    good, bad, after = run([Document(id=i, text=f"{SENTENCE} This was {i}.") for i in ("good", "bad", "after")])
    assert isinstance(good, Document)
    assert isinstance(after, Document)
    assert isinstance(bad, InputError)
    assert "document bad: the program failed on it (KeyError: 'no such key')" in str(bad)
    assert isinstance(bad.__cause__, KeyError)


def test_a_text_on_which_the_parser_fails_spoils_none_of_those_parsed_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    really = pipeline.reading.parse_all

    def fails_on_one(texts: Iterable[tuple[str, Iterable[Extent]]]) -> list[list[Sentence]]:
        texts = list(texts)
        if any("Sweden" in text for text, _ in texts):
            raise ValueError("too odd")
        return really(texts)

    monkeypatch.setattr(pipeline.reading, "parse_all", fails_on_one)
    good, bad = run([Document(text=SENTENCE), Document(id="bad", text=SENTENCE.replace("Norway", "Sweden"))])
    assert isinstance(good, Document)
    assert good.claims
    assert isinstance(bad, InputError)
    assert "too odd" in str(bad)


def test_broken_data_of_the_package_end_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(document: Document, *how: Any) -> Document:
        raise KnowledgeError("states.yaml: malformed")

    monkeypatch.setattr(pipeline, "read", broken)
    with pytest.raises(KnowledgeError, match=r"states\.yaml"):
        list(run([Document(text=SENTENCE)]))


def test_progress_counts_every_input() -> None:
    seen: list[Progress] = []
    inputs = [Document(id="one", text=SENTENCE), UnreadableFile("two.txt", "is empty"), Document(id="3", text=SENTENCE)]
    list(run(inputs, seen.append))
    assert [(told.done, told.total, told.documents) for told in seen] == [(3, 3, 2)]


def test_claims_that_came_in_are_kept_only_if_asked(tmp_path: Path) -> None:
    text = "Nothing is told here."
    claim = Claim(kind=(Kind.SUPPLY,), evidence=Extent(start=0, end=21), trigger=Span(start=0, end=7, text="Nothing"))
    file = tmp_path / "gold.jsonl"
    annotated = Document(id="x", text=text, claims=(claim,))
    annotated_as_empty = Document(id="y", text=SENTENCE, claims=())
    file.write_text("\n".join(map(dump_line, (annotated, annotated_as_empty))))
    kept = [d for d in read_paths([file], ReadOptions(keep_claims=True)) if isinstance(d, Document)]
    assert [len(d.claims) for d in kept] == [1, 0]
    anew = [d for d in read_paths([file]) if isinstance(d, Document)]
    assert [d.id for d in anew] == ["x", "y"]
    assert not anew[0].claims
    assert anew[1].claims


def test_the_stream_is_not_read_ahead_without_bound() -> None:
    taken = 0

    def endless() -> object:
        nonlocal taken
        while True:
            taken += 1
            yield UnreadableFile(str(taken), "is empty")

    stream = run(endless())  # type: ignore[arg-type]
    assert str(next(stream)) == "1: is empty"
    assert taken <= AHEAD_INPUTS + CHUNK_INPUTS


def test_how_much_there_is_of_a_large_file_is_guessed_from_its_bytes(tmp_path: Path) -> None:
    rows = 3 * AHEAD_INPUTS
    table = tmp_path / "table.csv"
    table.write_text("text\n" + "".join(f"It rained for {n} days. {FILLING}\n" for n in range(rows)))
    told: list[Progress] = []
    results = list(read_results([table], Plan(screens=Screening.ALL), Hands(), told.append))
    assert {result.fate for result in results} == {Fate.DROPPED}
    assert told[0].total == pytest.approx(rows, rel=0.1)
    assert (told[-1].done, told[-1].total) == (rows, rows)
    assert [one.done for one in told] == sorted(one.done for one in told)


def test_copies_of_a_text_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    really, read = pipeline.read, []

    def counted(document: Document, *how: Any) -> Document:
        read.append(document.id)
        return really(document, *how)

    monkeypatch.setattr(pipeline, "read", counted)
    day = dt.date(2022, 6, 8)
    texts = [Document(id=str(n), text=SENTENCE, date=day, outlet=f"Outlet {n}") for n in range(3 * CHUNK_INPUTS)]
    found = [one for one in run(texts) if isinstance(one, Document)]
    assert read == ["0"]
    assert [one.id for one in found] == [one.id for one in texts]
    assert [dump_line(one) for one in found] == [dump_line(really(one)) for one in texts]
    [other_day] = run([texts[0].model_copy(update={"date": dt.date(2023, 6, 8)})])
    assert isinstance(other_day, Document) and other_day.claims[0].date != found[0].claims[0].date
