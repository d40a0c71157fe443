"""`fta decide claims`: a person's table of claims, taken down whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import typer

from followthearms.cli import console
from followthearms.cli.deciding.decisions import Desk
from followthearms.cli.stored import opened_register
from followthearms.errors import InputError, Refused, RegisterError, UnreadableFile
from followthearms.exchange import words
from followthearms.exchange.changes import claim_in_words
from followthearms.exchange.claim_rows import ClaimTable, claim_table
from followthearms.exchange.claim_rulings import RowRuling, row_rulings
from followthearms.exchange.history import one_decision
from followthearms.register.decisions.ledger import Made
from followthearms.sources.options import ReadOptions
from followthearms.sources.text.decode import decoded


def claims(path: str, columns: Mapping[str, str], encoding: str | None, dry_run: bool, desk: Desk) -> bool:
    """Take down what the rows of a table say; false if it is refused, with all that is wrong told."""
    try:
        table = _table(path, columns, encoding)
    except InputError as error:
        console.complain(error)
        return False
    if table.unused:
        typer.echo(f"Left out, as no field has that name: {', '.join(table.unused)}.", err=True)
    with opened_register(desk.place) as register:
        try:
            found = row_rulings(register, table.rows, path)
        except Refused as error:
            _complain(path, error)
            return False
        new = [one for one in found if one.ruling is not None]
        decide = register.ledger.try_all if dry_run else register.ledger.decide_all
        made = decide([one.ruling for one in new if one.ruling], desk.who(), [one.row.why or desk.why for one in new])
    for one, done in zip(new, made, strict=True):
        _tell(one, done, dry_run)
    typer.echo(_sum(len(new), len(found) - len(new), dry_run))
    if len(made) > 1 and not dry_run:
        typer.echo(f"To take all of it back: fta undo {made[0].decision.id} --whole")
    return True


def _table(path: str, columns: Mapping[str, str], encoding: str | None) -> ClaimTable:
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise UnreadableFile(path, f"cannot be read ({error.strerror})", "check the name and the folder") from error
    return claim_table(decoded(data, path, ReadOptions(encoding=encoding)).text, path, columns)


def _tell(one: RowRuling, made: Made, dry_run: bool) -> None:
    said = claim_in_words(one.added.claim)
    what = f"document {one.added.document}: {said}" if dry_run else f"{one_decision(made.decision)}: {said}"
    typer.echo(f"row {one.row.number}: {words.one_line(what)}")
    for warning in made.warnings:
        typer.echo(f"fta: warning: row {one.row.number}: {warning}", err=True)


def _sum(new: int, there: int, dry_run: bool) -> str:
    told = f"{words.counted(new, 'claim')} would be added" if dry_run else f"{words.counted(new, 'claim')} added"
    return told + (f", {there} there already" if there else "") + ("; nothing is stored." if dry_run else ".")


def _complain(path: str, error: Refused) -> None:
    for fault in error.faults:
        console.complain(fault)
    console.complain(RegisterError(f"{path}: refused, and nothing of it was stored"))
