"""`fta explain`: what is named, which patterns were tried, where they failed."""

from __future__ import annotations

import json


def test_explain(fta) -> None:
    result = fta("explain", "Moscow turned down Pakistan's request for rifles.")
    assert result.exit_code == 0
    for words in ("turned down", "refusal", "Pakistan", "fits"):
        assert words in result.stdout
    explained = json.loads(fta("explain", "Moscow turned down Pakistan's request for rifles.", "--json").stdout)
    assert {"words", "mentions", "trials", "claims"} == set(explained)
    assert explained["claims"][0]["kind"] == ["refusal"]


def test_explain_says_where_a_pattern_failed(fta) -> None:
    result = fta("explain", "The army rejected 40 recruits.")
    assert result.exit_code == 0
    assert "nothing at" in result.stdout
    assert "No claim was read out of this." in result.stdout
