"""A run into a folder: what it holds, and how a register takes it in."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from pyarrow import parquet

from followthearms.engine.adding import add
from followthearms.engine.bulk import DEALS, Job, run_here
from followthearms.engine.importing import Imported, import_file
from followthearms.engine.results import Written
from followthearms.engine.running import Hands
from followthearms.engine.stages import Plan, Screening
from followthearms.errors import Refused, UsageError
from followthearms.model import Voice
from followthearms.model.fates import Fate
from followthearms.model.format import dump_line
from followthearms.register import Added, Register
from followthearms.sources import ReadOptions
from followthearms.sources.runs import DOCUMENTS, DONE

PLAN = Plan(ReadOptions(), frozenset({Voice.FRAME}), screens=Screening.ALL)
SENTENCE = "Norway delivered {} howitzers to Ukraine on Monday, officials said."


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """A folder with texts of all fates but the last."""
    folder = tmp_path / "news"
    folder.mkdir()
    for n in range(3):
        (folder / f"{n}.txt").write_text(SENTENCE.format(20 + n))
    (folder / "ferries.txt").write_text("The ferries to the islands ran on time again, in spite of the fog.")
    (folder / "sevilla.txt").write_text("El gobierno anunció que comprará nuevos autobuses para la ciudad de Sevilla.")
    (folder / "empty.txt").write_text("")
    return folder


@pytest.fixture
def out(news: Path, tmp_path: Path) -> Path:
    """The folder of a run over it."""
    run_here(Job([news], PLAN, tmp_path / "out"), Hands())
    return tmp_path / "out"


def rows(folder: Path) -> list[dict[str, object]]:
    return [row for file in sorted(folder.glob("part-*")) for row in parquet.read_table(file).to_pylist()]


def test_each_input_has_its_row_in_their_order(news: Path, tmp_path: Path) -> None:
    told = run_here(Job([news], PLAN, tmp_path / "out"), Hands())
    found = rows(tmp_path / "out" / DOCUMENTS)
    assert [Path(str(row["address"])).stem for row in found] == ["0", "1", "2", "empty", "ferries", "sevilla"]
    assert [row["fate"] for row in found] == ["read"] * 3 + ["unreadable", "dropped", "other language"]
    assert [row["row"] for row in found] == list(range(6))
    empty, ferries, sevilla = found[3:]
    assert (empty["reason"], empty["remedy"]) == ("is empty", "save it again, or leave it out")
    assert (ferries["line"], ferries["claims"], sevilla["reason"]) == (None, None, "es")
    assert (told.documents, told.claims) == (4, 3)
    assert {fate: count for (fate, _), count in told.reasons.items()} == {
        Fate.READ: 3,
        Fate.UNREADABLE: 1,
        Fate.DROPPED: 1,
        Fate.FOREIGN: 1,
    }
    assert Written.load(told.dump()) == told


def test_a_register_that_takes_it_in_is_the_one_that_the_texts_are_added_to(
    news: Path, out: Path, tmp_path: Path
) -> None:
    with Register.open(tmp_path / "added.db") as added, Register.open(tmp_path / "imported.db") as imported:
        list(add(added, [news], PLAN))
        assert import_file(imported, out) == Imported({Added.NEW: 4}, 0)
        documents = [[dump_line(one) for one in register.documents()] for register in (added, imported)]
        assert documents[0] == documents[1]
        deals = [[deal.model_dump_json() for deal in register.deals()] for register in (added, imported)]
    assert deals[0] == deals[1] == [row["deal"] for row in rows(out / DEALS)]


def test_of_readings_under_one_id_the_last_stands(tmp_path: Path) -> None:
    page = "---\ndate: {}\nurl: https://courier.example/howitzers\n---\n" + SENTENCE.format(22)
    (tmp_path / "a.txt").write_text(page.format("2023-05-02"))
    (tmp_path / "b.txt").write_text(page.format("2023-05-03"))
    run_here(Job([tmp_path / "a.txt", tmp_path / "b.txt"], PLAN, tmp_path / "out"), Hands())
    with Register.open(tmp_path / "register.db") as register:
        import_file(register, tmp_path / "out")
        [document] = register.documents()
    assert document.date == dt.date(2023, 5, 3)


def test_a_folder_that_is_there_is_not_written_into(out: Path, news: Path) -> None:
    with pytest.raises(UsageError, match="--out"):
        run_here(Job([news], PLAN, out), Hands())


def test_a_run_that_has_not_ended_and_a_damaged_file_are_refused(out: Path, tmp_path: Path) -> None:
    with Register.open(tmp_path / "register.db") as register:
        [file] = (out / DOCUMENTS).glob("part-*")
        file.write_bytes(file.read_bytes()[:-9])
        with pytest.raises(Refused, match=r"part-000000\.parquet.*is damaged"):
            import_file(register, out)
        (out / DOCUMENTS / DONE).unlink()
        with pytest.raises(Refused, match="no finished run"):
            import_file(register, out)
        assert register.counts().documents == 0


def test_an_archive_without_anything_to_read_makes_an_empty_run(tmp_path: Path) -> None:
    assert run_here(Job([], PLAN, tmp_path / "out"), Hands()) == Written()
    with Register.open(tmp_path / "register.db") as register:
        assert import_file(register, tmp_path / "out") == Imported({}, 0)
