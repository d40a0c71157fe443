"""A program that is killed while it writes or migrates loses nothing that it acknowledged, and leaves no halves
and nothing derived that the log does not come to.

FTA_KILLS says how often, for each test; `python -m benchmarks.register.kills` does it two hundred times.
"""

from __future__ import annotations

import os
from collections.abc import Callable

from benchmarks.register.kills import kill_migrations, kill_writers

KILLS = int(os.environ.get("FTA_KILLS", "6"))


def test_killed_writers(register_url: str) -> None:
    toll = kill_writers(register_url, KILLS)
    assert (toll.kills, toll.lost, toll.halves, toll.stale) == (KILLS, [], [], [])
    assert toll.acknowledged and toll.folded


def test_killed_migrations(new_url: Callable[[], str]) -> None:
    toll = kill_migrations(new_url, KILLS)
    assert (toll.kills, toll.lost, toll.halves) == (KILLS, [], [])
