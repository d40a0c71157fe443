"""Looking again and again at a register finds what two snapshots of those moments differ in, and nothing else."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from sqlalchemy import event

from followthearms.model.decisions import Reject
from followthearms.model.fates import Fate
from followthearms.model.snapshots import content_hash
from followthearms.register import Register
from followthearms.register.database import memory_engine, open_engine
from followthearms.register.intake import Entry, Journal, Manner
from followthearms.register.snapshots import Snapshots
from followthearms.register.watching import LAST, Look, Mark, Watching
from tests.register.histories import ALL, CAME, MORE, ORDER, RUN, SEIZURE, STEPS, Past, do, target


@dataclass
class Memory:
    """Somebody who looks, and remembers."""

    watching: Watching
    mark: Mark = field(default_factory=Mark)
    rows: dict[str, str] = field(default_factory=dict)
    lines: dict[str, str] = field(default_factory=dict)

    def look(self) -> Look:
        found = self.watching.since(self.mark, self.rows, self._known)
        self.mark = found.mark
        for deal, seen in found.seen.items():
            if seen is None:
                del self.rows[deal], self.lines[deal]
            else:
                self.rows[deal], self.lines[deal] = seen.row, seen.line
        return found

    def _known(self, deals: Collection[str]) -> dict[str, str]:
        return {deal: self.lines[deal] for deal in deals if deal in self.lines}


@settings(max_examples=12)
@given(STEPS)
def test_a_look_finds_what_lies_between_two_snapshots(steps: list[tuple[str, object]]) -> None:
    past = Past(memory_engine())
    memory, snapshots = Memory(Watching(past.session)), Snapshots(past.session)
    for number, (what, which) in enumerate(steps):
        snapshots.take(f"s{number}")
        do(past, what, which)
        found = memory.look()
        assert found.changes == snapshots.diff(f"s{number}").model_copy(update={"left": LAST})
        now = snapshots.take(f"after{number}")
        assert content_hash(line for _, line in sorted(memory.lines.items())) == now.content, "it knows them all"
        assert not memory.look().changes
    past.engine.dispose()


@pytest.fixture
def past(register_url: str):
    engine = open_engine(register_url, create=True)
    yield Past(engine)
    engine.dispose()


def test_what_arises_is_told_once_with_its_deal(past: Past) -> None:
    memory = Memory(Watching(past.session))
    past.read(ORDER)
    assert memory.look().conflicts == {}
    past.read(MORE)
    ((deal, (conflict,)),) = memory.look().conflicts.items()
    assert {conflict.left.value, conflict.right.value} == {"600,000", "670,000"} and conflict.deal == deal
    past.read(CAME)
    (changed,) = (found := memory.look()).changes.changed
    assert changed.deal.id == deal and found.conflicts == {}


def test_only_what_may_have_changed_is_made_anew(past: Past) -> None:
    memory = Memory(Watching(past.session))
    past.read(ORDER, SEIZURE)
    assert len(memory.look().seen) == 2
    past.read(CAME)
    assert len(memory.look().seen) == 1, "the deal of the new document"
    past.rule(Reject(claim=target(SEIZURE)))
    (gone,) = memory.look().changes.gone
    assert gone.deal.nature.value == "seizure"
    asked: list[str] = []
    event.listen(past.engine, "before_cursor_execute", lambda *about: asked.append(about[2]))
    assert memory.look().seen == {}
    assert len([sql for sql in asked if sql.startswith("SELECT")]) == 3, "a quiet register costs three questions"


def test_the_first_look_takes_all_for_known(past: Past) -> None:
    past.read(*ALL)
    first = Watching(past.session).first()
    memory = Memory(Watching(past.session), first.mark)
    memory.rows = {deal: seen.row for deal, seen in first.seen.items() if seen}
    memory.lines = {deal: seen.line for deal, seen in first.seen.items() if seen}
    assert len(first.seen) == 2 and not memory.look().changes


def test_which_inputs_were_had(register_url: str) -> None:
    with Register.open(register_url) as register:
        journal: Journal = register.intake
        entries = [
            Entry(address="https://a.example/1", raw_hash="aa", fate=Fate.DROPPED),
            Entry(address="https://a.example/2", raw_hash=None, fate=Fate.UNREADABLE, reason="is away"),
        ]
        intake = journal.begin(Manner(RUN, "{}"), ["test"])
        journal.take(intake, RUN, [(entry, None) for entry in entries])
        had = register.watching.met([f"https://a.example/{n}" for n in range(2_000)])
    assert had == {("https://a.example/1", "aa")}
