"""Inputs cut into parts: together they hold what the whole holds, under the same names."""

from __future__ import annotations

import io
import random
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from followthearms.engine.inputs import Input
from followthearms.engine.parts import PART_FILES, Piece, inputs_of_part, parts
from followthearms.errors import InputError, PassedOver, UsageError
from followthearms.sources import ReadOptions
from followthearms.sources.files import raw_source, read_stretch, stretches
from followthearms.sources.raw import Raw
from followthearms.sources.stretches import WHOLE
from tests.sources.made import TEXT, archive, page, record

OPTIONS = ReadOptions()
PAGES = [
    record(f"https://courier.example/{n}", page(f"Howitzers {n}", random.Random(n).randbytes(400).hex()))
    for n in range(40)
]


def told(found: object) -> tuple[str, object]:
    assert isinstance(found, Raw | InputError)
    return (found.where, found.data) if isinstance(found, Raw) else (found.where, found.problem)


def in_stretches(path: Path, most: int) -> tuple[int, list[tuple[str, object]]]:
    cut = stretches(path, most, OPTIONS)
    return len(cut), [told(one) for stretch in cut for one in read_stretch(path, stretch, OPTIONS)]


@pytest.mark.parametrize("compression", ["", "gz", "zst"])
def test_the_stretches_of_an_archive_hold_its_records_with_their_numbers(tmp_path: Path, compression: str) -> None:
    path = tmp_path / f"day.warc.{compression}".rstrip(".")
    path.write_bytes(archive(PAGES, compression))
    whole = [told(one) for one in raw_source(path, OPTIONS)]
    count, found = in_stretches(path, path.stat().st_size // 5)
    assert 4 <= count <= 6
    assert found == whole
    assert len(found) == len(PAGES)


def test_nor_does_damage_on_the_way_change_that(tmp_path: Path) -> None:
    parts_of_it = [archive([one], "gz") for one in PAGES]
    parts_of_it[7] = parts_of_it[7][:-300]
    parts_of_it[21] = b"no record at all" * 50
    (path := tmp_path / "day.warc.gz").write_bytes(b"".join(parts_of_it))
    whole = [told(one) for one in raw_source(path, OPTIONS)]
    assert len(whole) > len(PAGES) - 4
    assert any("damaged" in str(problem) for _, problem in whole)
    count, found = in_stretches(path, 3_000)
    assert count > 4
    assert found == whole


def test_the_stretches_of_a_table_hold_its_rows(tmp_path: Path) -> None:
    path = tmp_path / "articles.parquet"
    rows = pa.table({"text": [f"{TEXT} It was the {n}th time." for n in range(50)]})
    parquet.write_table(rows, path, row_group_size=5)
    cut = stretches(path, 1, OPTIONS)
    assert [one.before for one in cut] == list(range(0, 50, 5))
    found = [one for stretch in cut for one in read_stretch(path, stretch, OPTIONS)]
    assert found == list(raw_source(path, OPTIONS))


def test_what_is_small_or_cannot_be_cut_is_one_stretch(tmp_path: Path) -> None:
    (small := tmp_path / "day.warc").write_bytes(archive(PAGES[:1]))
    (lines := tmp_path / "day.jsonl").write_text('{"text": "Words."}\n' * 99)
    (broken := tmp_path / "day.parquet").write_bytes(b"PAR1 and no more")
    assert stretches(small, 1_000_000, OPTIONS) == [WHOLE]
    assert stretches(lines, 1, OPTIONS) == stretches(broken, 1, OPTIONS) == [WHOLE]


def test_small_files_go_together_and_large_ones_alone(tmp_path: Path) -> None:
    for n in range(PART_FILES + 2):
        (tmp_path / f"{n:04}.txt").write_text(TEXT)
    (tmp_path / "2000.warc").write_bytes(archive(PAGES))
    (tmp_path / "3000.txt").write_text(TEXT)
    (tmp_path / "a.png").write_bytes(b"\x89PNG")
    most = 0.045  # MB: what 500 of the texts have
    found = list(parts([tmp_path, tmp_path / "absent.txt", "https://courier.example/feed"], OPTIONS, most))
    assert [len(part) for part in found][:2] == [PART_FILES, 3]
    assert isinstance(found[0][0], PassedOver) or isinstance(found[1][-1], PassedOver)
    assert [part for part in found if len(part) == 1] == found[2:-1]
    *_, last, absent, address = (piece.path for piece in found[-1] if isinstance(piece, Piece))
    assert [Path(last).name, Path(absent).name, address] == ["3000.txt", "absent.txt", "https://courier.example/feed"]


def test_a_part_tells_of_what_is_not_there(tmp_path: Path) -> None:
    [part] = parts([tmp_path / "absent.txt"], OPTIONS)
    [found] = inputs_of_part(part, OPTIONS)
    assert isinstance(found, Input)
    assert "does not exist" in str(found.content)


def test_the_standard_input_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    with pytest.raises(UsageError, match="standard input"):
        list(parts(["-"], OPTIONS))
