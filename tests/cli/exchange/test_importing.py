"""`fta import`: a file is taken in whole, or refused with line and reason; a log fills an empty register."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from followthearms.model.format import dump_line, load_line
from tests.cli.conftest import GOLD
from tests.link.drafts import draft, said

TEXT = "India ordered 600 AK-203 rifles from Russia."
CLAIM = said(
    "agreement",
    "ordered",
    supplier="Russia/RU",
    recipient="India/IN",
    equipment="AK-203 rifles/AK-203/assault rifle/600",
)
GOOD = json.loads(dump_line(draft("good", TEXT, {**CLAIM, "id": "c1"}, date="2019-03-04", outlet="Quillon")))


def line(**fields: Any) -> dict[str, Any]:
    """A good line with other fields, or with `claim` changed in its claim."""
    claim = fields.pop("claim", {})
    return {**GOOD, "claims": [{**GOOD["claims"][0], **claim}], **fields}


def write(folder: Path, *lines: dict[str, Any]) -> Path:
    path = folder / "file.jsonl"
    path.write_text("".join(f"{json.dumps(one)}\n" for one in lines), "utf-8")
    return path


def test_a_whole_log_makes_the_same_register(filled, tmp_path: Path) -> None:
    (tmp_path / "news.txt").write_text(TEXT, "utf-8")
    assert filled("add", "news.txt").exit_code == 0  # of a file more is known than of what was imported
    filled("snapshot", "first")
    assert filled("export", "--format", "log", "-o", "all.log").exit_code == 0
    came = filled("import", "all.log", "-r", "copy.db")
    assert came.exit_code == 0 and "all.log: a whole log of " in came.stdout
    for export in (["-f", "jsonl"], ["-f", "csv"], ["-f", "csv", "--table", "deals"], ["-f", "log"]):
        assert filled("export", *export, "-r", "copy.db").stdout == filled("export", *export).stdout
    assert filled("deals", "--json", "-r", "copy.db").stdout == filled("deals", "--json").stdout
    again = filled("import", "all.log", "-r", "copy.db")
    assert again.exit_code == 2 and "only be taken in by an empty register" in again.stderr
    text = (tmp_path / "all.log").read_text("utf-8")
    (tmp_path / "all.log").write_text(text.replace("Libya", "Syria", 1), "utf-8")
    altered = filled("import", "all.log", "-r", "other.db")
    assert altered.exit_code == 2 and "was altered" in altered.stderr
    assert "all.log: refused, and nothing of it was stored" in altered.stderr
    assert json.loads(filled("deals", "--json", "-r", "other.db").stdout) == []
    over = filled("export", "--format", "log", "-o", tmp_path / "register.db")
    assert over.exit_code == 2 and "is the register itself" in over.stderr


def test_claims_are_taken_in_as_they_are(fta, tmp_path: Path) -> None:
    came = fta("import", GOLD)
    assert came.exit_code == 0, came.output
    count = len(GOLD.read_text("utf-8").splitlines())
    assert f"gold.jsonl: {count} new\n" in came.stdout
    assert f"gold.jsonl: {count} unchanged\n" in fta("import", GOLD).stdout
    exported = {d.id: d.claims for d in (load_line(x, "out") for x in fta("export", "-f", "jsonl").stdout.splitlines())}
    assert exported == {d.id: d.claims for d in (load_line(x, "in") for x in GOLD.read_text("utf-8").splitlines())}
    first = GOLD.read_text("utf-8").splitlines(keepends=True)[0]
    assert "standard input: 1 unchanged" in fta("import", "-", stdin=first).stdout.replace("-: ", "standard input: ")


def test_other_claims_of_a_known_document_replace_what_was_read(fta, tmp_path: Path) -> None:
    assert "1 new" in fta("import", write(tmp_path, line())).stdout
    corrected = line(claim={"id": "c2", "negated": True})
    assert "1 reread" in fta("import", write(tmp_path, corrected)).stdout
    assert [c["id"] for c in json.loads(fta("claims", "--json").stdout)] == ["c2"]


WRONG = {
    "a wrong span": (
        line(claim={"trigger": {"start": 6, "end": 13, "text": "offered"}}),
        "claims[0].trigger: the text has",
    ),
    "a span beyond the text": (line(claim={"evidence": {"start": 0, "end": 999}}), "claims[0].evidence: the text has"),
    "an unknown kind": (line(claim={"kind": ["gift"]}), "claims[0].kind[0]: is 'gift', but must be one of"),
    "an unknown field": (line(claim={"suplier": []}), "claims[0].suplier: is not a field"),
    "a newer schema": (line(schema="claims/2"), "is in claims/2, which is newer than claims/1"),
    "a document with other content": (line(text=TEXT + " So."), "document good stands at file.jsonl, line 1 with"),
    "a document with other claims": (line(claims=[]), "document good stands at file.jsonl, line 1 with another"),
    "two claims with one id": (line(id="x", claims=GOOD["claims"] * 2), "two claims have the id c1"),
    "no claims": ({"id": "x", "text": TEXT}, "brings no claims; let `fta add` read it"),
    "an empty text": ({"id": "x", "text": " ", "claims": []}, "the text is empty"),
    "a text that no database can hold": ({"id": "x", "text": "A\0B", "claims": []}, "holds a NUL character"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_file_with_something_wrong_is_refused_whole(fta, tmp_path: Path, case: str) -> None:
    wrong, said = WRONG[case]
    other = line(id="other", claims=[])
    write(tmp_path, line(), other, wrong, line(id="last", claims=[]))
    result = fta("import", "file.jsonl")
    assert result.exit_code == 2
    first, last = result.stderr.splitlines()
    assert first.startswith(f"fta: file.jsonl, line 3: {said}")
    assert last == "fta: file.jsonl: refused, and nothing of it was stored"
    assert fta("export", "-f", "jsonl").stdout == ""


def test_the_schema_is_named_by_where_it_lies(fta, tmp_path: Path) -> None:
    told = fta("import", write(tmp_path, line(claim={"kind": ["gift"]}))).stderr.splitlines()[0]
    assert Path(told.partition("; see ")[2]).is_file()


AGAINST = {
    "another text": (line(text="Russia sold rifles.", claims=[]), "the register has another text"),
    "another outlet": (line(outlet="Ravelin"), "its outlet is Ravelin, but Quillon in the register"),
    "another claim": (line(claim={"negated": True}), "the register has another claim c1 in document good"),
}


@pytest.mark.parametrize("case", AGAINST)
def test_an_id_that_the_register_has_for_something_else_is_refused(fta, tmp_path: Path, case: str) -> None:
    wrong, said = AGAINST[case]
    assert fta("import", write(tmp_path, line())).exit_code == 0
    before = fta("export", "-f", "log").stdout
    write(tmp_path, line(id="new", claims=[]), wrong)
    result = fta("import", "file.jsonl")
    assert result.exit_code == 2
    assert result.stderr.startswith("fta: file.jsonl, line 2: ") and said in result.stderr
    assert fta("export", "-f", "log").stdout == before


def test_an_id_keeps_its_meaning_though_it_was_replaced(fta, tmp_path: Path) -> None:
    for brought in (line(), line(claim={"id": "c2", "negated": True})):
        assert fta("import", write(tmp_path, brought)).exit_code == 0
    result = fta("import", write(tmp_path, line(claim={"disputed": True})))
    assert result.exit_code == 2 and "another claim c1" in result.stderr


def test_all_that_is_wrong_is_told_and_other_files_are_taken_in(fta, tmp_path: Path) -> None:
    bad = [line(id=f"x{n}", claim={"kind": ["gift"]}) for n in range(25)]
    (tmp_path / "bad.jsonl").write_text("\n".join(map(json.dumps, bad)), "utf-8")
    result = fta("import", "bad.jsonl", write(tmp_path, line()))
    assert result.exit_code == 2
    assert [n for n in range(1, 26) if f"bad.jsonl, line {n}: claims[0].kind[0]" in result.stderr] == list(range(1, 21))
    assert "bad.jsonl: refused, and nothing of it was stored; 5 more faults are not shown" in result.stderr
    assert "file.jsonl: 1 new" in result.stdout and "holds 1 documents" in result.stdout


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"\xff\xfe{\0", "is not in UTF-8"),
        (b"{\0", "is a binary file"),
        (b"not json\n", "line 1: no JSON"),
        (b'{"entry": "log", "schema": "log/2"}\n', "is in log/2, which is newer than log/1"),
        (b'{"entry": "log"}\n\xff\n', "line 1: was altered"),
    ],
)
def test_a_file_that_is_none(fta, tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "file.jsonl").write_bytes(content)
    result = fta("import", "file.jsonl")
    assert result.exit_code == 2
    assert said in result.stderr
