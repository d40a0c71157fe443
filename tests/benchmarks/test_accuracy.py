"""The page of figures, on a tiny corpus of our own: the right figures, and what to do where a file is missing."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from benchmarks.accuracy.__main__ import PAGE, main
from benchmarks.accuracy.mistakes import classes, compared
from benchmarks.accuracy.peers import floor
from benchmarks.accuracy.predicting import predict
from benchmarks.accuracy.texts import EXAMPLES, SETS, read_all
from followthearms.errors import KnowledgeError, UnreadableFile, UsageError
from followthearms.evaluate import Cause
from followthearms.model import Document
from followthearms.model.format import dump_line, load_line
from followthearms.sources.standoff import strip

TEXT = "Norway sold Latvia twelve howitzers. Sweden refused Estonia a licence."
SYSTEMS = ("frames", "floor")


def span(words: str, **values: Any) -> dict[str, Any]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "text": words, **values}


def claim(kind: str, trigger: str, supplier: tuple[str, str], score: float) -> dict[str, Any]:
    return {
        "kind": [kind],
        "evidence": {"start": 0, "end": 36} if TEXT.index(trigger) < 36 else {"start": 37, "end": len(TEXT)},
        "trigger": span(trigger),
        "supplier": [span(supplier[0], code=supplier[1])],
        "method": {"by": "frame", "ruleset": "abc", "score": score},
    }


SALE = claim("supply", "sold", ("Norway", "NO"), 0.8)
WRONG_SALE = claim("supply", "sold", ("Latvia", "LV"), 0.6)
REFUSAL = claim("refusal", "refused", ("Sweden", "SE"), 0.8)
ALARM = claim("delivery", "Latvia", ("Norway", "NO"), 0.3)


def line(name: str, source: str | None, *claims: dict[str, Any]) -> str:
    named = {"source_repo": source} if source else {}
    return dump_line(Document.model_validate({"id": name, "text": TEXT, "claims": claims, **named})) + "\n"


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """Two sources to train on, one of them large; a text of each and one of a third to develop on; a founding text;
    one that nobody had looked at."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    train = [line(f"w{n}", "wire", SALE, REFUSAL) for n in range(20)] + [line("s0", "small", SALE)]
    (folder / "train.jsonl").write_text("".join(train))
    dev = [line("d0", "wire", SALE, REFUSAL), line("d1", "small", SALE), line("d2", "new", REFUSAL)]
    (folder / "dev.jsonl").write_text("".join(dev))
    (folder / "seeds.jsonl").write_text(line("f0", None, SALE))
    (folder / "unlabelled.jsonl").write_text(line("u0", "wire"))
    (folder / "unseen.jsonl").write_text(line("u0", "wire", SALE))
    seen_by_nobody = strip(load_line(line("u0", "wire", SALE), "u0"))
    (folder / "unseen.standoff.jsonl").write_text(json.dumps(seen_by_nobody) + "\n")
    return folder


@pytest.fixture
def predictions(tmp_path: Path, tiny: Path) -> Path:
    """The frames swap the seller of each training text and find all else; the floor finds what is annotated."""
    folder = tmp_path / "predictions"
    gold = {name: tiny / f"{name.removesuffix('-loso')}.jsonl" for name in ("train-loso", "dev", "seeds", "unseen")}
    for name, file in (gold | {"examples": EXAMPLES}).items():
        (folder / name).mkdir(parents=True)
        for system in SYSTEMS:
            shutil.copy(file, folder / name / f"{system}.jsonl")
    train = [line(f"w{n}", "wire", WRONG_SALE, REFUSAL, ALARM) for n in range(20)]  # nothing of the small source
    (folder / "train-loso/frames.jsonl").write_text("".join(train))
    return folder


def make(tiny: Path, predictions: Path, out: Path, capsys: pytest.CaptureFixture[str]) -> str:
    given = ["page", "--corpus", str(tiny), "--predictions", str(predictions), "--out", str(out)]
    given += ["--unseen", str(tiny / "unseen.standoff.jsonl")]
    status = main(given)
    error = capsys.readouterr().err
    assert status == (2 if error else 0)
    return error


def section(page: str, title: str) -> str:
    return page.split(f"\n## {title}", 1)[1].split("\n## ", 1)[0]


def rows(text: str, first: str) -> list[list[str]]:
    """The cells after the first of each table row that begins with it."""
    found = re.findall(rf"^\| {re.escape(first)} \| (.*) \|$", text, re.MULTILINE)
    return [row.split(" | ") for row in found]


def test_the_page_tells_the_figures(
    tiny: Path, predictions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "new/page.md"
    assert make(tiny, predictions, out, capsys) == ""
    page = out.read_text()

    train = section(page, "Train")
    ((_, *levels),) = rows(train, "frames alone")
    assert levels == [
        ".800 (.800–.800)",  # 40 right, 20 false alarms, none missed
        ".400 (.400–.400)",  # of the right ones, 20 with the wrong supplier
        ".400 (.400–.400)",
        ".667 / 1.000",
        ".333 / .500",
    ]
    assert rows(train, "floor")[0][1] == "1.000 (1.000–1.000)"
    assert rows(train, "wire") == [["in train", "20", ".800 / .400 / .400 (.400–.400)"]]
    assert not rows(train, "small"), "a source with few texts is not held out"

    dev = section(page, "Dev")
    assert [row[0] for row in rows(dev, "frames alone")] == ["1.000 (1.000–1.000)"] * 3
    assert "The 2 texts of sources that are in `train`" in dev
    assert "The 1 texts of sources that are not" in dev
    assert rows(dev, "new")[0][0] == "not in train"

    gains = rows(section(page, "What each part brings"), "train")
    assert gains[0][:2] == ["frames alone over floor", "-0.200 (-0.200 to -0.200)"]
    assert rows(section(page, "By kind"), "supply") == [["1.000 (20)", "1.000 (20)", "1.000 (2)", "1.000 (2)"]]
    assert rows(section(page, "By slot"), "supplier")[0][0] == ".500 (40)"
    score = section(page, "Does the score")
    assert "frames alone (expected calibration error: L1 .300, L2 .367)" in score
    assert rows(score, "0.6–0.7") == [["20", ".600", "1.000", "20", ".000"]]
    mistakes = section(page, "What it gets wrong")
    assert [rows(mistakes, cause)[0][1:] for cause in (Cause.WRONG_CODE, Cause.SECOND_CLAIM, Cause.MISSED)] == [
        ["20", "0"],
        ["20", "0"],
        ["0", "0"],
    ]
    assert "frames alone: ruleset abc" in page
    assert "tagger alone, frames and tagger, PETRARCH2." in page
    assert TEXT not in page


def test_a_system_gets_its_rows_when_its_files_are_there(
    tiny: Path, predictions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for folder in predictions.iterdir():
        shutil.copy(folder / "floor.jsonl", folder / "both.jsonl")
    assert make(tiny, predictions, tmp_path / "page.md", capsys) == ""
    page = (tmp_path / "page.md").read_text()
    assert rows(section(page, "Train"), "frames and tagger")[0][1] == "1.000 (1.000–1.000)"
    gains = rows(section(page, "What each part brings"), "train")
    assert gains[0][:2] == ["frames and tagger over frames alone", "+0.200 (+0.200 to +0.200)"]
    assert "want of predictions: tagger alone, PETRARCH2." in page


def test_a_missing_file_says_what_to_do(
    tiny: Path, predictions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "page.md"
    assert "FTA_CORPUS" in make(tmp_path / "none", predictions, out, capsys)
    (predictions / "dev/floor.jsonl").rename(predictions / "dev/tagger.jsonl")
    error = make(tiny, predictions, out, capsys)
    assert re.search(r"train-loso/tagger\.jsonl: no predictions of tagger alone; make them with", error)
    (predictions / "dev/tagger.jsonl").unlink()
    error = make(tiny, predictions, out, capsys)
    assert re.search(r"dev/floor\.jsonl: no predictions of floor; make them with .* predict floor", error)
    assert not out.exists()


def test_predictions_that_lack_a_text_are_refused(
    tiny: Path, predictions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (predictions / "dev/frames.jsonl").write_text(line("d0", "wire", SALE))
    error = make(tiny, predictions, tmp_path / "page.md", capsys)
    assert "lacks 2 texts of its set, the first of them d1" in error


def small(*lines: str) -> dict[str, list[Document]]:
    """Sets of one text, or, to train on, of these lines."""
    one = load_line(line("w0", "wire", SALE), "one")
    return {name: [one] for name in SETS} | {"train-loso": [load_line(text, "train") for text in lines] or [one]}


@pytest.mark.parametrize("system", SYSTEMS)
def test_systems_at_hand_write_what_they_read(system: str, tmp_path: Path) -> None:
    written = dict(predict(system, small(), tmp_path, tmp_path))
    assert written == {tmp_path / name / f"{system}.jsonl": 2 for name in SETS}
    (read,) = read_all(tmp_path / f"dev/{system}.jsonl")
    assert [(c.kind[0], c.supplier[0].code) for c in read.claims] == [("supply", "NO"), ("refusal", "SE")]


@pytest.mark.parametrize("system", ["petrarch2", "petrarch3"])
def test_a_system_that_is_not_at_hand_says_where_its_files_go(system: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=rf"{system} cannot be run from here; put .*SET/{system}\.jsonl"):
        list(predict(system, small(), tmp_path, tmp_path))


@pytest.mark.parametrize("system", ["tagger", "both"])
def test_a_training_text_is_read_by_a_tagger_that_has_not_seen_its_source(system: str, tmp_path: Path) -> None:
    sets = small(*(line(f"w{n}", "a/wire") for n in range(20)), line("s0", "small"))
    with pytest.raises(UnreadableFile, match=r"no tagger that has not seen a/wire; train it with .* held-out"):
        list(predict(system, sets, tmp_path, tmp_path))
    (tmp_path / "a/wire").mkdir(parents=True)
    with pytest.raises(KnowledgeError, match=r"a/wire: the tagger's model lacks"):
        list(predict(system, sets, tmp_path, tmp_path))


FLOOR = {
    "The jets were delivered to Chad from Spain.": ("delivery", ["ES"], ["TD"], [], False),
    "Ghana ordered rifles from Italy.": ("agreement", ["IT"], ["GH"], [], False),
    "Jordan did not deliver the drones to Yemen.": ("delivery", ["JO"], ["YE"], [], True),
    "Kenya and Uganda discussed military cooperation.": ("cooperation", [], [], ["KE", "UG"], False),
}


@pytest.mark.parametrize("text", FLOOR)
def test_the_floor_reads_words_and_prepositions(text: str) -> None:
    (read,) = floor.read([Document(text=text)])
    (made,) = read.claims
    parties = [[p.code for p in side] for side in (made.supplier, made.recipient, made.parties)]
    assert (made.kind[0], *parties, made.negated) == FLOOR[text]


def test_the_floor_says_nothing_where_nobody_is_named() -> None:
    (read,) = floor.read([Document(text="The letter was delivered on Monday.")])
    assert not read.claims


@pytest.mark.parametrize("cause", Cause)
def test_the_sentences_of_a_class_are_annotated_and_read(cause: Cause) -> None:
    for sentence in classes()[cause].sentences:
        wanted, made = compared(sentence)
        assert len(wanted.claims) == len(sentence.reader)
        assert made.text == wanted.text == sentence.text


def test_no_words_of_the_corpus_stand_on_the_page(corpus: Path) -> None:
    files = sorted(corpus.glob("*.jsonl"))
    runs = {
        run for file in files for text in file.open(encoding="utf-8") for run in ten_words(json.loads(text)["text"])
    }
    assert len(runs) > 10_000
    assert not runs.intersection(ten_words(PAGE.read_text("utf-8")))


def ten_words(text: str) -> set[str]:
    words = re.findall(r"\w+", text.lower())
    return {" ".join(words[n : n + 10]) for n in range(len(words) - 9)}
