"""What lies between two states of the register, its corrections and its snapshots, in words.

Invariant: each change is told with its reason, or is said to have none that is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from followthearms.exchange import words
from followthearms.exchange.cells import SLOTS, filling
from followthearms.model.claims import Claim
from followthearms.model.deals import Amount, Contradiction, DealRow, Event, Figure, Item, Named
from followthearms.model.decisions import AddClaim, Correct, Resolve, slot_value
from followthearms.model.slots import Equipment, Quantity
from followthearms.model.snapshots import (
    Cell,
    Changed,
    Changes,
    Correction,
    FieldChange,
    Gone,
    New,
    Reason,
    Report,
    Ruled,
    Snapshot,
    Turn,
)
from followthearms.model.spans import Span

REASONS = 3
"""So many reasons of one change are told in words; JSON has them all."""

_FIELDS = {
    "delivered": "quantity delivered",
    "delivered_total": "delivered in all",
    "values": "value",
    "sources": "independent sources",
    "events": "claims",
}
_TURNS = {Turn.CAME: "", Turn.WENT: " (no longer)", Turn.REREAD: " (read anew)"}
_LONGEST_QUOTE = 160


def summary(changes: Changes) -> str:
    """ "3 deals new, 2 changed, 1 gone"."""
    counted = ((len(changes.new), "new"), (len(changes.changed), "changed"), (len(changes.gone), "gone"))
    told = [(number, what) for number, what in counted if number]
    if not told:
        return "no deal has changed"
    (first, what), *others = told
    return ", ".join([f"{words.counted(first, 'deal')} {what}", *(f"{number} {further}" for number, further in others)])


def change_lines(changes: Changes) -> Iterator[str]:
    """Each deal that is changed, gone or new, as `deal_lines` tells it."""
    return (line for one in changes.deals for line in deal_lines(one))


def deal_lines(change: Changed | Gone | New) -> Iterator[str]:
    """What has become of a deal; then, indented, its fields and the reasons, a line each."""
    match change:
        case Changed():
            yield f"changed  {_heading(change.deal)}"
            for because, fields in by_reason(change.fields):
                yield from (f"  {field_change(field)}" for field in fields)
                yield from _because(because, "    ")
        case Gone():
            yield f"gone     {_heading(change.deal)}"
            if change.into:
                yield f"  now in {', '.join(change.into)}"
            yield from _because(change.because, "  ")
        case New():
            yield f"new      {_heading(change.deal)}"
            if change.out_of:
                yield f"  out of {', '.join(change.out_of)}"
            yield from _because(change.because, "  ")


def by_reason(fields: Iterable[FieldChange]) -> Iterable[tuple[tuple[Reason, ...], list[FieldChange]]]:
    """The fields of a deal that differ for the same reasons together, in the order of the first of them."""
    found: dict[tuple[Reason, ...], list[FieldChange]] = {}
    for field in fields:
        found.setdefault(field.because, []).append(field)
    return found.items()


def field_change(change: FieldChange) -> str:
    """ "quantity 600,000 → 670,000"; what only came or only went with a plus or a minus."""
    name = _FIELDS.get(change.field, change.field)
    before, after = cells(change.before), cells(change.after)
    if change.before and change.after:
        return f"{name} {before}{words.ARROW}{after}"
    return f"{name} + {after}" if change.after else f"{name} − {before}"


def cells(found: Iterable[Cell]) -> str:
    """Cells of a deal in words, in a row."""
    return "; ".join(map(_cell, found))


def reason(found: Reason) -> str:
    """Who reports it, or who ruled it and why."""
    match found:
        case Report():
            told = ", ".join(
                [
                    words.one_line(found.outlet or found.document),
                    *([words.day(found.published)] if found.published else []),
                ]
            )
            return f"{told}{_TURNS[found.turn]}: “{words.short(found.quote, _LONGEST_QUOTE)}”"
        case Ruled():
            why = f": {words.one_line(found.why)}" if found.why else ""
            return (
                f"{words.one_line(found.who)}, {words.day(found.when.date())}, {found.act.value} {found.decision}{why}"
            )


def correction_lines(corrections: Iterable[Correction]) -> Iterator[str]:
    """Each correction: when, who and what, then the machine's value and the corrected one, and why."""
    for one in corrections:
        made = one.decision
        undone = "" if one.stands else "  (undone)"
        who = words.one_line(made.who)
        yield f"{made.when.isoformat(timespec='minutes')}  {who}  {made.act.value}  {made.id}{undone}"
        yield from (f"  {line}" for line in corrected_lines(one))
        if one.quote:
            yield f"  “{words.short(one.quote, _LONGEST_QUOTE)}”"
        if made.why:
            yield f"  because {words.one_line(made.why)}"


def citation(snapshot: Snapshot) -> str:
    """How to cite a snapshot: its name, day, size and content hash, and the version of the program."""
    deals = words.counted(snapshot.deals, "deal")
    return (
        f"Follow the Arms, register snapshot “{snapshot.name}” of {words.day(snapshot.made.date())} (UTC), {deals}, "
        f"SHA-256 {snapshot.content}, program version {words.visible(snapshot.version)}."
    )


def corrected_lines(one: Correction) -> Iterator[str]:
    """What a correction changed: the machine's value and the corrected one, or what it takes back."""
    match one.decision.ruling:
        case Correct() as ruling:
            machine = "unknown" if one.quote is None else slot_in_words(slot_value(ruling.slot, one.machine))
            yield f"{ruling.slot.value}: {machine}{words.ARROW}{slot_in_words(ruling.value)}"
        case AddClaim() as ruling:
            yield claim_in_words(ruling.claim)
        case Resolve() as ruling:
            said = ruling.contradiction
            left, right = words.one_line(said.left), words.one_line(said.right)
            yield f"{said.topic.value}: {left} or {right}{words.ARROW}{ruling.verdict.value}"
        case _:
            if one.undoes:
                taken = one.undoes
                yield f"takes back {taken.act.value} {taken.id} of {words.one_line(taken.who)}"


def claim_in_words(claim: Claim) -> str:
    """ "delivery “handed over”; supplier “Moscow” (Russia (RU)); recipient “Cairo” (Egypt (EG))"."""
    filled = (
        f"{slot} {slot_in_words(told)}" for slot in SLOTS if slot != "quantity" and (told := filling(claim, slot))
    )
    said = words.certainty(claim.modality, claim.negated, claim.disputed)
    kinds = " / ".join(claim.kind) + (f" ({said})" if said else "")
    return "; ".join((f"{kinds} {slot_in_words(claim.trigger)}", *filled))


def slot_in_words(value: Any) -> str:
    """A slot's value in words."""
    match value:
        case None | ():
            return words.UNSAID
        case tuple():
            return ", ".join(map(slot_in_words, value))
        case Equipment(quantity=Quantity() as quantity):
            return f"{words.figure(quantity)} {slot_in_words(value.model_copy(update={'quantity': None}))}"
        case Span():
            said, read = words.one_line(value.text), words.reading(value)
            return f"“{said}” ({read})" if read and read != said else f"“{said}”"
        case bool():
            return "yes" if value else "no"
        case _:
            return words.visible(str(value))


def _heading(deal: DealRow) -> str:
    return f"{words.heading(deal)}  {deal.id}"


def _because(reasons: tuple[Reason, ...], indent: str) -> Iterator[str]:
    told = list(dict.fromkeys(map(reason, reasons)))  # claims of one sentence are one reason to a reader
    yield from (f"{indent}because {one}" for one in told[:REASONS])
    if len(told) > REASONS:
        more = len(told) - REASONS
        yield f"{indent}and {words.counted(more, 'more reason')}"
    if not reasons:
        yield f"{indent}because it is read or linked anew"


def _cell(cell: Cell) -> str:
    match cell:
        case Named():
            return words.party(cell)
        case Item():
            return words.one_line(cell.label)
        case Figure():
            return words.figure(cell)
        case Amount():
            return words.money(cell)
        case Event():
            said = words.certainty(cell.modality, cell.negated, cell.disputed)
            return cell.kind.value + (f" ({said})" if said else "")
        case Contradiction():
            sides = f"{words.one_line(cell.left.value)} or {words.one_line(cell.right.value)}"
            return f"{cell.topic.value}: {sides} ({cell.consistency.value})"
        case int() | float():
            return words.number(cell)
        case _:
            return words.one_line(str(cell))
