from __future__ import annotations

import json

from tests.cli.conftest import Fta


def test_deals_are_found_by_filters_and_words(filled: Fta) -> None:
    found = json.loads(filled("search", "supplier:RU equipment:AK-203", "--json").output)
    assert found["query"] == "supplier:RU equipment:AK-203"
    assert found["rows"] and found["total"] == {"count": len(found["rows"]), "exact": True}
    for row in found["rows"]:
        assert "RU" in [party["code"] for party in row["row"]["supplier"]]
    shown = filled("search", "supplier:RU", "equipment:AK-203").output
    assert "Russia → India" in shown and found["rows"][0]["row"]["id"] in shown


def test_claims_and_documents_show_the_words(filled: Fta) -> None:
    claims = filled("search", "--claims", "rifles").output
    assert "rifles" in claims and claims.rstrip().endswith("claims.")
    documents = json.loads(filled("search", "--documents", "rifles", "--limit", "1", "--json").output)
    [row] = documents["rows"]
    start = row["snippet"]["start"]
    said = [row["snippet"]["text"][mark["start"] - start : mark["end"] - start] for mark in row["snippet"]["marks"]]
    assert said and {word.lower() for word in said} == {"rifles"}


def test_pages_go_on_where_the_last_one_ended(filled: Fta) -> None:
    whole = json.loads(filled("search", "--claims", "--json", "--limit", "4").output)["rows"]
    first = json.loads(filled("search", "--claims", "--json", "--limit", "2").output)
    second = filled("search", "--claims", "--json", "--limit", "2", "--after", first["next"]).output
    assert first["rows"] + json.loads(second)["rows"] == whole
    assert f"--after {first['next']}" in filled("search", "--claims", "--limit", "2").output


def test_a_query_may_begin_with_a_minus(filled: Fta) -> None:
    found = json.loads(filled("search", "--json", "--", "-supplier:RU").output)
    assert found["query"] == "-supplier:RU" and found["rows"]


WRONG = {
    "filter": (("suplier:RU",), "'suplier:RU', at character 1 of the search: is no filter; there are party, supplier"),
    "value": (("rifles", "kind:denial"), "'denial', at character 13"),
    "two orders": (("sort:told", "--sort", "date"), "is a second order"),
    "order": (("--documents", "--sort", "value"), "documents cannot be sorted by value; there are published"),
    "two targets": (("--claims", "--documents"), "ask for one of --claims, --documents"),
    "page": (("--after", "x"), "beginning of no page"),
    "limit": (("--limit", "0"), "1 to 1000"),
}


def test_what_is_wrong_is_told_in_a_line(filled: Fta) -> None:
    for arguments, told in WRONG.values():
        result = filled("search", *arguments)
        assert result.exit_code == 2
        assert told in result.output and result.output.count("\n") == 1
