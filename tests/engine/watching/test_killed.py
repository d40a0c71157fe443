"""A watch that is killed tells all of it afterwards, once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from followthearms.engine.watching import (
    LinesFile,
    State,
)
from followthearms.engine.watching.channels import missing
from followthearms.model.notices import Unread
from tests.engine.watching.desk import HOWITZERS, RAIN, RIFLES, Desk


class Killed(BaseException):
    """What ends a process without asking it."""


@pytest.mark.parametrize("inputs", [1, 4, 18])
def test_killed_while_it_reads_it_tells_all_of_it_afterwards_once(desk: Desk, inbox: Path, inputs: int) -> None:
    for n in range(20):
        (inbox / f"{n:02}.txt").write_text(HOWITZERS.replace("22", str(n + 20)) if n % 5 else RAIN)
    (inbox / "99.txt").write_text("")
    left = iter(range(inputs))

    def is_over() -> bool:
        if next(left, None) is None:
            raise Killed
        return False

    with State.open(desk.folder / "state", desk.now) as state:
        state.begin(desk.register.watching.first())
    desk.is_over = is_over
    with pytest.raises(Killed):
        desk.round(inbox)
    assert desk.collected.take() == []
    desk.is_over = lambda: False
    desk.round(inbox)
    told = {notice.id: notice for notice in desk.collected.told}
    deals = [one.news.about.deal.id for one in told.values() if not isinstance(one.news.about, Unread)]
    assert sorted(deals) == sorted(deal.id for deal in desk.register.deals())
    assert len(told) == len(desk.collected.told) == len(deals) + 1
    desk.collected.told.clear()
    assert desk.round(inbox).news == 0


def test_killed_before_it_tells_it_tells_it_at_the_next_start(desk: Desk, inbox: Path, tmp_path: Path) -> None:
    (inbox / "a.txt").write_text(HOWITZERS)
    lines = LinesFile(tmp_path / "news.jsonl")
    desk.round(channels=[lines])
    desk.collected.stops = Killed()
    with pytest.raises(Killed):
        desk.round(inbox, channels=[lines])
    assert not lines.path.exists()
    desk.collected.stops = None
    assert desk.round(inbox, channels=[lines]).news == 0
    (told,) = map(json.loads, lines.path.read_text().splitlines())
    (collected,) = desk.collected.told
    assert told["id"] == collected.id


@pytest.mark.parametrize("length", [0, 1, 30, 64, 65, 200, 10_000])
def test_a_file_of_lines_is_completed_where_a_killed_process_stopped(desk: Desk, inbox: Path, length: int) -> None:
    for name, text in (("a.txt", HOWITZERS), ("b.txt", RIFLES)):
        (inbox / name).write_text(text)
    desk.round(inbox)
    lines, notices = LinesFile(desk.folder / "news.jsonl"), desk.collected.told
    lines.tell(notices)
    whole = lines.path.read_bytes()
    assert len(whole.splitlines()) == 2
    before = b'{"id": "urn:uuid:an earlier one"}\n'
    lines.path.write_bytes(before + whole[:length])
    lines.tell(notices)
    assert lines.path.read_bytes() == before + whole


def test_what_is_missing_at_the_end_of_a_file() -> None:
    content = bytes(range(200))
    for end in range(201):
        assert missing(b"\xff\n" + content[:end], content) == content[end:]
