"""Where news goes: real files; and how a watch goes on and is stopped."""

from __future__ import annotations

import datetime as dt
import threading
from pathlib import Path

import feedparser
import pytest

from followthearms.engine.watching import (
    AtomFile,
    LinesFile,
    Round,
    State,
    keep_watching,
)
from followthearms.errors import UsageError
from tests.engine.watching.desk import HOWITZERS, RAIN, RIFLES, Desk, feed, page
from tests.sources.servers import Answer, site


def test_a_feed_of_news_is_replaced_as_a_whole(desk: Desk, inbox: Path) -> None:
    with State.open(desk.folder / "state", desk.now) as state:
        news = AtomFile(desk.folder / "news.atom", f"urn:uuid:{state.name}", state.begun, state.latest)
        news.tell(())
        assert feedparser.parse(news.path.read_bytes()).entries == []
        watcher = desk.watcher(state, inbox, channels=[news])
        seen = []
        for name, text in (("a.txt", HOWITZERS), ("b.txt", RIFLES), ("c.txt", RAIN)):
            (inbox / name).write_text(text)
            watcher.round()
            seen.append([entry.id for entry in feedparser.parse(news.path.read_bytes()).entries])
    assert [len(ids) for ids in seen] == [1, 2, 2] and seen[1][1:] == seen[0] and seen[2] == seen[1]
    assert sorted(path.name for path in desk.folder.iterdir() if "atom" in path.name) == ["news.atom"]


def test_what_cannot_be_written_is_told_when_that_begins_and_made_up_for(desk: Desk, inbox: Path) -> None:
    lines = LinesFile(desk.folder / "later" / "news.jsonl")
    with State.open(desk.folder / "state", desk.now) as state:
        watcher = desk.watcher(state, inbox, channels=[lines])
        failures = []
        for name, text in (("a.txt", HOWITZERS), ("b.txt", RIFLES)):
            (inbox / name).write_text(text)
            failures.append([str(error) for error in watcher.round().undelivered])
        assert failures == [[f"{lines.path}: cannot be written (No such file or directory)"], []]
        lines.path.parent.mkdir()
        assert watcher.round().undelivered == ()
    assert len(lines.path.read_text().splitlines()) == 2 == len(desk.collected.told)


def test_one_watch_uses_a_state(desk: Desk, tmp_path: Path) -> None:
    with State.open(tmp_path / "state", desk.now) as state:
        state.join(["a"])
        with pytest.raises(UsageError, match="end the other `fta watch` that uses it"):
            State.open(tmp_path / "state", desk.now)
    State.open(tmp_path / "state", desk.now).close()
    (tmp_path / "text").write_text(RAIN * 20)
    with pytest.raises(UsageError, match="is not the state of a watch"):
        State.open(tmp_path / "text", desk.now)
    with pytest.raises(UsageError, match="cannot be used as the state of a watch"):
        State.open(tmp_path / "none" / "state", desk.now)


def test_it_goes_on_until_it_is_stopped(desk: Desk, inbox: Path) -> None:
    stopped, rounds = threading.Event(), []

    def on_round(done: Round) -> None:
        rounds.append(done)
        (inbox / "a.txt").write_text(HOWITZERS)
        if len(rounds) == 3:
            stopped.set()

    with State.open(desk.folder / "state", desk.now) as state:
        watcher = desk.watcher(state, inbox)
        watcher.every = dt.timedelta(seconds=0.01)
        keep_watching(watcher, stopped, on_round)
    assert [done.inputs for done in rounds] == [0, 1, 0]


def test_a_round_that_is_to_end_leaves_the_rest_to_the_next(desk: Desk) -> None:
    paths = [f"/{n}" for n in range(4)]
    pages: dict[str, Answer] = {path: page(RAIN, path) for path in paths}
    with site({"/feed": feed(*paths, ETag='"a"'), **pages}) as served:
        desk.is_over = lambda: "/1" in served.paths
        assert desk.round(served.url("/feed")).inputs == 2
        desk.is_over = lambda: False
        assert desk.round(served.url("/feed")).inputs == 2
        assert [served.paths.count(path) for path in paths] == [1, 1, 1, 1]
