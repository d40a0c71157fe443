from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from followthearms.cli.commands import app
from followthearms.model.format import dump_line
from tests.cli.conftest import EXAMPLES, Fta
from tests.link.drafts import draft


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register of the annotated sample articles, made once."""
    file = tmp_path_factory.mktemp("register") / "register.db"
    added = CliRunner().invoke(app, ["add", str(EXAMPLES / "gold.jsonl"), "--keep-claims", "--register", str(file)])
    assert added.exit_code == 0, added.output
    return file


@pytest.fixture
def asked(fta: Fta, built: Path) -> Fta:
    """`fta` in a folder with that register."""
    shutil.copy(built, "register.db")
    return fta


def test_relations_in_sections(asked: Fta) -> None:
    shown = asked("relations", "RU", "India")
    assert shown.exit_code == 0, shown.output
    lines = shown.output.splitlines()
    titles = [line for line in lines if line and not line.startswith(" ")]
    assert titles[0] == "Russia and India"
    assert {"Transfers from Russia to India", "Licensed production", "Contacts", "Trade", "People"} <= set(titles)
    assert "AK-203" in shown.output and "Korwa" in shown.output


def test_relations_show_so_many_rows(asked: Fta) -> None:
    shown = asked("relations", "RU", "IN", "--rows", "1")
    assert "1 of 2; --rows shows more" in shown.output


def test_relations_as_json_point_at_claims(asked: Fta) -> None:
    found = json.loads(asked("relations", "RU", "IN", "--json").stdout)
    assert (found["left"]["id"], found["right"]["id"]) == ("RU", "IN")
    [rifles] = [one for one in found["produced"] if any(item["label"] == "AK-203" for item in one["deal"]["equipment"])]
    claims = {one["id"] for one in json.loads(asked("claims", "--json").stdout)}
    assert rifles["refs"] and {ref["claim"] for ref in rifles["refs"]} <= claims
    assert all(one["refs"] for one in found["facilities"])


def test_an_unknown_state_is_named_with_a_remedy(asked: Fta) -> None:
    refused = asked("relations", "RU", "Ruritania")
    assert refused.exit_code != 0
    assert "Ruritania" in refused.stderr and "ISO 3166" in refused.stderr


def test_nothing_between_two_states(asked: Fta) -> None:
    assert "No text tells of anything." in asked("relations", "FJ", "PE").output


def test_entities_are_listed_and_shown(asked: Fta) -> None:
    listed = json.loads(asked("entities", "--json").stdout)
    flags = [one["entity"].get("provisional", False) for one in listed]
    assert flags == sorted(flags, reverse=True), "provisional ones come first"
    companies = json.loads(asked("entities", "--kind", "company", "--json").stdout)
    assert {one["entity"]["kind"] for one in companies} == {"company"}
    provisional = json.loads(asked("entities", "--provisional", "--json").stdout)
    assert provisional and all(one["entity"]["provisional"] for one in provisional)
    assert asked("entities", "--kind", "planet").exit_code != 0


def test_one_entity_with_the_claims_that_name_it(asked: Fta) -> None:
    shown = asked("entities", "AK-203")
    assert shown.exit_code == 0, shown.output
    assert "equipment:AK-203" in shown.output and "ML1" in shown.output
    found = json.loads(asked("entities", "equipment:AK-203", "--json").stdout)
    assert found["entity"]["id"] == "equipment:AK-203"
    assert found["claims"] and all(claim["reason"] for claim in found["claims"])
    assert asked("entities", "company:NOBODY").exit_code != 0


def test_sources_are_listed(asked: Fta) -> None:
    found = json.loads(asked("sources", "--json").stdout)
    counts = [one["documents"] for one in found]
    assert counts == sorted(counts, reverse=True) and counts[0] > 0
    shown = asked("sources")
    assert all(one["name"] in shown.output for one in found)


def test_documents_without_an_outlet_are_counted_and_told_how_to_have_one(fta: Fta) -> None:
    line = dump_line(draft("alone", "Nothing was sold."))
    assert fta("import", "-", stdin=line).exit_code == 0
    shown = fta("sources").output
    assert "1 document without an outlet; a text names it by `outlet: NAME`" in shown and "Grade" not in shown


def test_as_of_a_day_before_anything_was_known(asked: Fta) -> None:
    assert json.loads(asked("sources", "--as-of", "1990-01-01", "--json").stdout) == []
    today = dt.datetime.now(dt.UTC).date().isoformat()
    now = json.loads(asked("sources", "--json").stdout)
    assert json.loads(asked("sources", "--as-of", today, "--json").stdout) == now
