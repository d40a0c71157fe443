"""The Python API: one call for a text, a file or a folder."""

from __future__ import annotations

import datetime as dt
import doctest
import subprocess
import sys
from pathlib import Path

import pytest

import followthearms
from followthearms.errors import UsageError
from followthearms.model import DateRange, Kind

SENTENCE = "Norway delivered 22 howitzers to Ukraine last month, officials said."


def test_a_text() -> None:
    reading = followthearms.read(SENTENCE, date="2022-06-08")
    (document,) = reading
    (claim,) = reading.claims
    assert document.text == SENTENCE
    assert document.date == dt.date(2022, 6, 8)
    assert claim.kind[0] is Kind.DELIVERY
    assert [p.code for p in claim.recipient] == ["UA"]
    assert isinstance(claim.date, DateRange)
    assert claim.date.first == dt.date(2022, 5, 1)


def test_a_folder_and_its_problems(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SENTENCE)
    (tmp_path / "b.txt").write_text("")
    reading = followthearms.read(tmp_path)
    assert len(reading) == 1
    assert reading[0].claims == reading.claims
    assert ["b.txt" in problem.where for problem in reading.problems] == [True]
    assert repr(reading) == "<Reading: 1 claims in 1 documents, 1 not read>"


def test_a_file_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(followthearms.InputError, match=r"absent\.txt: does not exist"):
        followthearms.read(tmp_path / "absent.txt")


def test_the_name_of_a_file_is_not_read_as_a_text(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(SENTENCE)
    with pytest.raises(UsageError, match=r"pathlib\.Path"):
        followthearms.read(str(file))


def test_a_date_that_is_none() -> None:
    with pytest.raises(UsageError, match="2019-03-04"):
        followthearms.read(SENTENCE, date="4 March")


def test_it_shows_itself_in_a_notebook() -> None:
    reading = followthearms.read(SENTENCE + "<script>")
    shown, page = reading._repr_html_(), reading.to_html()
    assert "howitzers" in shown and "howitzers" in page
    assert "<script>" not in shown and "<script>" not in page
    assert "<html" not in shown and "<html" in page


def test_all_names_are_there() -> None:
    assert all(getattr(followthearms, name) is not None for name in followthearms.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = followthearms.nothing


def test_the_example_of_the_package_is_right() -> None:
    assert doctest.testmod(followthearms).failed == 0


def test_importing_it_loads_nothing_heavy() -> None:
    heavy = "pydantic spacy sqlalchemy rich jinja2 typer".split()
    code = f"import sys, followthearms; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
