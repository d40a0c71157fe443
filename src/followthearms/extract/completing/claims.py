"""From events to claims: the slots are filled, every span is the document's own, duplicates are merged, order is fixed.

Invariant: every claim quotes the document it is made for, and the same events give the same claims in the same order.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from followthearms.extract.completing.batches import batched
from followthearms.extract.completing.counting import counted
from followthearms.extract.completing.sharing import shared
from followthearms.extract.events import Event
from followthearms.model import Claim, DateRange, Document, Extent, Method, Money, Party, Span, Voice
from followthearms.model.mentions import Mention

_Slot = TypeVar("_Slot", bound=Span)
_PARTIES = ("supplier", "recipient", "actor", "parties")


def build(document: Document, events: Iterable[Event], ruleset: str) -> Document:
    """The document with a claim for each event, and for each share and batch of one."""
    claims: dict[tuple[int, int, str], tuple[Claim, ...]] = {}
    for event in events:
        trigger = event.trigger_extent()
        told = (c for part in shared(event) for c in batched(_claim(document, part, ruleset), part))
        claims.setdefault((trigger.start, trigger.end, event.kind), tuple(told))
    return document.with_claims(tuple(claim for told in sorted(claims) for claim in claims[told]))


def _claim(document: Document, event: Event, ruleset: str) -> Claim:
    evidence, trigger = _evidence(document, event), event.trigger_extent()
    parties = {role: _parties(event, role, evidence) for role in _PARTIES}
    return Claim(
        kind=event.kinds,
        evidence=evidence,
        trigger=document.quote(trigger.start, trigger.end),
        **parties,
        company=tuple(_plain(m, evidence) for m in event.roles.get("company", ())),
        persons=tuple(_plain(m, evidence) for m in event.roles.get("persons", ())),
        speaker=tuple(_marked(s, evidence) for s in event.speaker),
        medium=_marked(event.medium, evidence) if event.medium else None,
        equipment=tuple(_marked(e, evidence, event.told.get("equipment")) for e in counted(event)),
        value=_one(event, "value", Money, evidence),
        date=_one(event, "date", DateRange, evidence),
        place=next((_plain(m, evidence, event.told.get("place")) for m in event.roles.get("place", ())), None),
        modality=event.modality,
        negated=event.negated,
        disputed=event.disputed,
        method=Method(by=event.voice.value, rule=f"{event.frame}/{event.pattern}", ruleset=ruleset, score=event.weight),
    )


def _evidence(document: Document, event: Event) -> Extent:
    """The clause of the event, widened to all that fills its slots within the sentence."""
    place, tokens = event.place, event.place.scene.sentence.tokens
    inside = [tokens[i] for i in {*place.scene.relations.of(event.head, "clause"), *event.trigger}]
    start, end = min(t.start for t in inside), max(t.end for t in inside)
    for mentions in event.roles.values():
        for mention in mentions:
            if place.start <= mention.start and mention.end <= place.end:
                start, end = min(start, mention.start), max(end, mention.end)
    words = document.text[start:end]
    edge = " \n\t,;:.–—-"
    start += len(words) - len(words.lstrip(edge))
    return Extent(start=start, end=max(end - (len(words) - len(words.rstrip(edge))), start + 1))


def _marked(span: _Slot, evidence: Extent, by: Voice | None = None) -> _Slot:
    """The span, marked as inherited if it stands outside the evidence, and with the voice that filled the slot."""
    return span.model_copy(update={"inherited": not evidence.covers(span), "by": by})


def _parties(event: Event, role: str, evidence: Extent) -> tuple[Party, ...]:
    """The parties of a role, each code once."""
    found: dict[str | None, Party] = {}
    for mention in event.roles.get(role, ()):
        if isinstance(mention.span, Party):
            inherited = role in event.inherited or not evidence.covers(mention.span)
            marks = {"inherited": inherited, "by": event.told.get(role)}
            found.setdefault(mention.code, mention.span.model_copy(update=marks))
    return tuple(found.values())


def _plain(mention: Mention, evidence: Extent, by: Voice | None = None) -> Span:
    span = mention.span
    return Span(start=span.start, end=span.end, text=span.text, inherited=not evidence.covers(span), by=by)


def _one(event: Event, role: str, shape: type[_Slot], evidence: Extent) -> _Slot | None:
    spans = [m.span for m in event.roles.get(role, ())]
    return next((_marked(s, evidence, event.told.get(role)) for s in spans if isinstance(s, shape)), None)
