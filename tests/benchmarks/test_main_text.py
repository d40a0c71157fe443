"""What others marked on pages is read out of their tests, and counted as it was meant."""

from pathlib import Path

import pytest

from benchmarks.scale import main_text
from followthearms.errors import UsageError

TESTS = """
MOCK_PAGES = {'https://a.example/1': 'a.html', 'https://a.example/2': 'gone.html'}
def test_extract(xmloutput):
    result = load_mock_page('https://a.example/1', xmloutput)
    assert 'The harbour stays closed.' in result and 'Read more' not in result
    if xmloutput is False:
        assert 'Ferries  wait.' in result
    result = load_mock_page('https://a.example/2', xmloutput)
    assert 'Lost' in result
def test_other():
    assert 'Elsewhere' in result
"""
PAGE = "<article><h1>Port</h1><p>The harbour stays closed. Ferries wait.</p></article><aside>Read more</aside>"


def test_stretches_are_counted_as_they_were_marked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tests" / "cache").mkdir(parents=True)
    (tmp_path / main_text.TESTS).write_text(TESTS)
    (tmp_path / main_text.PAGES / "a.html").write_text(PAGE)
    (page,) = main_text.marked(tmp_path)
    assert page.wanted == {"The harbour stays closed.", "Ferries  wait."}
    assert page.unwanted == {"Read more"}
    monkeypatch.setattr(main_text, "WAYS", {"all": lambda _: PAGE, "half": lambda _: "The harbour stays closed."})
    everything, half = main_text.table([page]).splitlines()[-2:]
    assert everything.startswith("| all | 0.667 | 1.000 | 0.800 |")
    assert half.startswith("| half | 1.000 | 0.500 | 0.667 |")


def test_a_folder_without_marked_pages_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"realworld_tests\.py"):
        main_text.marked(tmp_path)
