"""Claims that an import brings, but whose words their text does not have, are kept apart where that is asked for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from followthearms.cli.commands import app
from followthearms.engine.importing import Imported, import_file
from followthearms.errors import FormatError, Refused
from followthearms.model.format import dump_line, load_line
from followthearms.register import Added, Register
from tests.register.histories import ORDER, RUN, SEIZURE

FIELDS = json.loads(dump_line(ORDER))
RIGHT = FIELDS["claims"][0]
WRONG = {**RIGHT, "id": "wrong", "trigger": {**RIGHT["trigger"], "text": "lending"}}
BEYOND = {**RIGHT, "id": "beyond", "evidence": {"start": 0, "end": 9999}}
LINE = json.dumps({**FIELDS, "claims": [WRONG, RIGHT, BEYOND]})


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "claims.jsonl"
    path.write_text(f"{LINE}\n{dump_line(SEIZURE)}\n", "utf-8")
    return path


def test_they_are_an_error_unless_they_are_set_aside() -> None:
    with pytest.raises(FormatError, match="lending"):
        load_line(LINE, "x")
    found = load_line(LINE, "x", set_aside=True)
    assert found.claims == ORDER.claims
    assert [one.claim for one in found.unlocated] == [WRONG, BEYOND]
    assert found.unlocated[0].problem.startswith("trigger: the text has 'ordered' at 6..13, not 'lending'")
    assert found.unlocated[1].problem.startswith("evidence: ")
    assert load_line(dump_line(found), "x") == found


@pytest.mark.parametrize("claim", [{**WRONG, "kind": ["lend"]}, {**WRONG, "colour": "red"}, 7])
def test_what_is_wrong_in_another_way_stays_an_error(claim: object) -> None:
    line = json.dumps({**FIELDS, "claims": [claim, RIGHT]})
    with pytest.raises(FormatError):
        load_line(line, "x", set_aside=True)
    with pytest.raises(FormatError):
        load_line(json.dumps({**FIELDS, "claims": [WRONG], "unlocated": 7}), "x", set_aside=True)


def test_the_register_keeps_them_with_the_document(register_url: str, file: Path) -> None:
    with Register.open(register_url) as register:
        with pytest.raises(Refused, match="lending"):
            import_file(register, file)
        assert register.documents() == () and register.sources.unlocated() == {}
        came = import_file(register, file, set_aside=True)
        assert isinstance(came, Imported) and came.documents == {Added.NEW: 2} and came.unlocated == 2
        assert [one.claim for one in register.document("order").unlocated] == [WRONG, BEYOND]
        assert register.sources.unlocated() == {"order": 2}
        assert [one.claim.id for one in register.claims()] == [ORDER.claims[0].id, SEIZURE.claims[0].id]
        again = import_file(register, file, set_aside=True)
        assert isinstance(again, Imported) and again.documents == {Added.UNCHANGED: 2}
        register.add(ORDER, RUN)  # what is read anew was not imported
        assert register.sources.unlocated() == {}


def test_the_command_says_how_many(tmp_path: Path, file: Path) -> None:
    place = ["--register", str(tmp_path / "register.db")]
    assert CliRunner().invoke(app, ["import", str(file), *place]).exit_code == 2
    done = CliRunner().invoke(app, ["import", str(file), "--set-aside", *place])
    assert done.exit_code == 0 and "2 new; 2 claims are set aside" in done.output
