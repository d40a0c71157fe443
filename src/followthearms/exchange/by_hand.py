"""A claim as a person writes it down: quotes of the text for its trigger and its slots, as corrections are written.

Invariant: what is read of it quotes the document. What words mean is what the person says, else what the program's own
readers take them for, and it is refused if these cannot tell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from followthearms.errors import UsageError
from followthearms.exchange import words
from followthearms.exchange.corrections import MEANT, NAMES, QUANTITY, Written, quoted, read_correction, written
from followthearms.exchange.proposals import proposed
from followthearms.model import AddClaim, Claim, Document, Extent, Kind, Slot
from followthearms.screen.passages import sentences

EVIDENCE, TRIGGER = "evidence", "trigger"

Given = Mapping[str, Sequence[str | Written]]
"""For each of `corrections.NAMES`, and for evidence and trigger, what was written; nothing for what is not told. The
first quantity is that of the first item of the equipment, and so on."""


def read_claim(document: Document, given: Given) -> AddClaim:
    """The ruling that a text makes a claim. Without evidence, that is the sentence of the trigger, or all from the
    first to the last sentence that the trigger is in.

    Raises UsageError, with what to write instead.
    """
    if not given.get(Slot.KIND):
        raise UsageError(f"say what kind of claim it is; there are {', '.join(Kind)}")
    claim = bare(document, given)
    slots = [name for name in NAMES if name != QUANTITY and given.get(name)]
    for name in slots:
        slot, value = read_correction(name, _meant(name, given[name], document, claim), document, claim)
        claim = claim.model_copy(update={slot.value: value})
    counted = given.get(QUANTITY, ())
    if len(counted) > len(claim.equipment):
        raise UsageError(
            f"each quantity is of one item: there are {len(counted)} for {words.counted(len(claim.equipment), 'item')}"
        )
    for item, value in zip(claim.equipment, counted, strict=False):
        _, value = read_correction(QUANTITY, _meant(QUANTITY, [value], document, claim), document, claim, item.text)
        claim = claim.model_copy(update={"equipment": value})
    return AddClaim(document=document.id, claim=claim)


def whole(document: Document) -> Claim:
    """A claim of no matter which kind whose evidence is all of the text."""
    return Claim(kind=Kind.SUPPLY, evidence=Extent(start=0, end=len(document.text)), trigger=document.quote(0, 1))


def bare(document: Document, given: Given) -> Claim:
    """A claim of no matter which kind with the evidence and the trigger that are given. Raises UsageError."""
    claim = whole(document)
    if given.get(EVIDENCE):
        told = quoted(_one(EVIDENCE, given), document, claim)
        claim = claim.model_copy(update={EVIDENCE: Extent(start=told.start, end=told.end)})
    trigger = quoted(_one(TRIGGER, given), document, claim)
    evidence = claim.evidence if given.get(EVIDENCE) else _around(trigger, document.text)
    if not evidence.covers(trigger):
        raise UsageError(
            f"{trigger.text!r} does not stand in {document.words(evidence)!r}; the evidence holds the trigger"
        )
    return claim.model_copy(update={EVIDENCE: evidence, TRIGGER: trigger.model_copy(update={"inherited": False})})


def _one(name: str, given: Given) -> Written:
    values = given.get(name, ())
    if len(values) != 1:
        raise UsageError(f"quote the words of the text that are the {name}, once")
    [value] = values
    return written(value, name) if isinstance(value, str) else value


def _around(trigger: Extent, text: str) -> Extent:
    """The sentences that the trigger is in, without the blanks behind them."""
    told = [Extent(start=start, end=end) for start, end in sentences(text)]
    within = [one for one in told if one.overlaps(trigger)] or [trigger]
    start, end = within[0].start, within[-1].end
    found = text[start:end]
    return Extent(start=start + len(found) - len(found.lstrip()), end=start + len(found.rstrip()))


def _meant(name: str, values: Sequence[str | Written], document: Document, claim: Claim) -> list[Written]:
    """What was written, with what the program takes the words for where nobody says."""
    given = [written(value, name) if isinstance(value, str) else value for value in values]
    if name not in MEANT:
        return given
    return [value if value.meaning is not None else _proposed(name, value, document, claim) for value in given]


def _proposed(name: str, value: Written, document: Document, claim: Claim) -> Written:
    span = quoted(value, document, claim)
    return Written(span.text, span.start, proposed(name, span, document) or None)
