"""`fta watch`: reading again and again what is new, and telling what is news in it."""

from __future__ import annotations

import datetime as dt
import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import typer

from followthearms.cli import console
from followthearms.cli.reading.reader import Reader
from followthearms.cli.stored import opened_register
from followthearms.engine.watching import AtomFile, Channel, LinesFile, Round, State, Watcher, keep_watching, places
from followthearms.engine.watching.mail import mail_to
from followthearms.errors import UsageError
from followthearms.exchange.notices import title
from followthearms.model.notices import Notice
from followthearms.register import Register

SUFFIX = ".watch"
"""What the name of the state has beyond that of the register's file that it lies beside."""
_CHANGED = "fta: the register is another than last time, or linked by another version; what that changed is not told"


@dataclass(frozen=True)
class Told:
    """Where notices go beside the terminal: files, people, and the address at which the register is served."""

    atom: str | None = None
    lines: str | None = None
    people: tuple[str, ...] = ()
    site: str | None = None


class Terminal:
    """A line for each notice."""

    name = "terminal"

    def tell(self, notices: Sequence[Notice]) -> None:
        """Print notices."""
        for notice in notices:
            typer.echo(f"{notice.at.isoformat(timespec='minutes')}  {title(notice)}")


def watch(
    given: Sequence[str], place: str | None, state: str | None, by: Reader, told: Told, every: dt.timedelta, once: bool
) -> bool:
    """Watch some places until the process is told to end, or once; true if the last round met nothing that could not be
    read or told and could be before."""
    watched, letters = places(given), mail_to(told.people, told.site)
    _check_folders(told)
    with (
        opened_register(place, create=True) as register,
        State.open(_state_file(state, register), dt.datetime.now(dt.UTC)) as known,
        _until_terminated() as stopped,
    ):
        channels: list[Channel] = [Terminal(), *_files(told, known), *letters]
        watcher = Watcher(register, known, watched, channels, every, by.plan, by.hands, is_over=stopped.is_set)
        if once:
            return _tell(watcher.round())
        outcome = True

        def on_round(done: Round) -> None:
            nonlocal outcome
            outcome = _tell(done)

        keep_watching(watcher, stopped, on_round)
        return outcome


def _tell(done: Round) -> bool:
    """Say what went wrong in a round; true if nothing did."""
    if done.is_anew:
        typer.echo(_CHANGED, err=True)
    for error in done.undelivered:
        console.complain(error)
    return not (done.has_unread or done.undelivered)


def _files(told: Told, known: State) -> Iterator[Channel]:
    if told.atom:
        feed = AtomFile(Path(told.atom), f"urn:uuid:{known.name}", known.begun, known.latest, told.site)
        feed.tell(())  # so that it can be subscribed to before there is news
        yield feed
    if told.lines:
        yield LinesFile(Path(told.lines))


def _check_folders(told: Told) -> None:
    for file in (told.atom, told.lines):
        if file and not Path(file).parent.is_dir():
            raise UsageError(f"{file}: lies in no folder that there is; make the folder first")


def _state_file(named: str | None, register: Register) -> Path:
    if named:
        return Path(named)
    if register.file is None:
        raise UsageError("a register on a database server has no place beside it: name a file with --state")
    return register.file.with_name(register.file.name + SUFFIX)


@contextmanager
def _until_terminated() -> Iterator[threading.Event]:
    """An event that SIGTERM sets, instead of ending the process in the middle of a round."""
    stopped = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        stopped.set()

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield stopped
    finally:
        signal.signal(signal.SIGTERM, before)
