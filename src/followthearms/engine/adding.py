"""From files into a register.

Invariant: what could be read is stored document by document, and what could not is told; neither stops the rest.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from importlib.metadata import version

from followthearms.engine.running import Outcome
from followthearms.errors import InputError, RegisterError
from followthearms.extract.frames import ruleset
from followthearms.extract.parse import parser_version
from followthearms.model import Document
from followthearms.register import Added, Register, Run


def this_run() -> Run:
    """What reads the documents now: this program, its ruleset and its parser."""
    return Run(
        version=version("followthearms"),
        ruleset=ruleset(),
        parser=parser_version(),
        started=dt.datetime.now(dt.UTC),
    )


def add(register: Register, outcomes: Iterable[Outcome]) -> Iterator[Added | InputError]:
    """Store each document that was read; what came of it, or why it could not be read or stored."""
    run = this_run()
    for outcome in outcomes:
        match outcome:
            case InputError():
                yield outcome
            case Document():
                yield _added(register, outcome, run)


def _added(register: Register, document: Document, run: Run) -> Added | InputError:
    try:
        return register.add(document, run)
    except InputError as error:
        return error
    except RegisterError as error:
        refused = InputError(f"document {document.id}", f"was not stored ({error})")
        refused.__cause__ = error
        return refused
