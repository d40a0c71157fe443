"""Programs that write and read at once do not hinder each other: no error, no lost write, no state but whole ones.

FTA_CROWD says for how many seconds; `python -m benchmarks.register.crowd` takes two minutes for each database.
"""

from __future__ import annotations

import os

from benchmarks.register.crowd import crowd

SECONDS = float(os.environ.get("FTA_CROWD", "3"))


def test_four_writers_and_eight_readers(register_url: str) -> None:
    outcome = crowd(register_url, SECONDS)
    assert (outcome.errors, outcome.lost, outcome.halves, outcome.stale) == ([], [], [], [])
    assert outcome.writes and outcome.looks
