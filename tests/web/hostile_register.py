"""A register in which all that people and texts put into it is hostile: texts, decisions, notes, snapshots, imports."""

from __future__ import annotations

import json
from pathlib import Path

from followthearms.engine.importing import import_file
from followthearms.model.decisions import (
    Accept,
    Correct,
    Different,
    Grade,
    GradeSource,
    Note,
    Reject,
    Resolve,
    Ruling,
    Same,
    Slot,
    Verdict,
)
from followthearms.model.decisions.targets import Target
from followthearms.model.format import dump_line
from followthearms.register import Register
from followthearms.register.run import Run
from tests.register.histories import ORDER
from tests.web.hostile import STRINGS, hostile_documents, storable


def hostile_register(path: Path) -> Path:
    """The register at a path, with every string in each of its fields."""
    strings = [storable(string) for string in STRINGS]
    with Register.open(path) as register:
        run = Run(version="1", ruleset=strings[0], parser=strings[1], started="2026-01-01T00:00:00Z")
        register.add_many(hostile_documents(), run)
        register.snapshots.take("first", strings[0], who=strings[0])
        _decide(register, strings)
        for number, string in enumerate(strings[:3]):
            register.snapshots.take(f"s{number}", "\n".join(strings[number::3]), who=string)
    _import(path, strings)
    return path


def _decide(register: Register, strings: list[str]) -> None:
    """Rulings of every sort, each string as who and why, and as a note on each sort of thing."""
    ledger = register.ledger
    documents = hostile_documents()
    sources = [source.id for source in register.sources.all()]
    quarrels = [one.id for one in register.contradictions()]
    for number, (string, document) in enumerate(zip(strings, documents, strict=True)):
        claims = [Target.of(document.id, claim) for claim in document.claims]
        reworded = document.claims[0].medium
        assert reworded
        made: list[Ruling] = [
            Correct(claim=claims[0], slot=Slot.PLACE, value=reworded.model_dump(mode="json")),
            Reject(claim=claims[1]) if number % 8 == 0 else Accept(claim=claims[1]),
            Note(about=f"document:{document.id}", text=string),
            Note(about=claims[0], text=string),
        ]
        if number < len(sources):
            made += [
                GradeSource(source=sources[number], grade=Grade.F),
                Note(about=sources[number], text=string),
                Note(about=f"entity:{sources[number]}", text=string),
            ]
        if number < len(quarrels):
            made.append(Resolve(contradiction=ledger.contradiction(quarrels[number]), verdict=Verdict.LEFT))
            made.append(Note(about=f"contradiction:{quarrels[number]}", text=string))
        ledger.decide_all(made, string, string)
    deals = [found.row.id for found in register.search.deals("", limit=40).rows]
    for number, (left, right) in enumerate(zip(deals[::4], deals[1::4], strict=True)):
        pair = ledger.pair(left, right)
        ruling = Different(left=pair[0], right=pair[1]) if number % 2 else Same(left=pair[0], right=pair[1])
        ledger.decide(ruling, strings[number], strings[-number])
    for deal, string in zip(deals[2::4], strings, strict=False):
        ledger.decide(Note(about=ledger.deal(deal), text="\n".join(strings)), string)
    ledger.undo(ledger.decisions()[0].id, strings[2], strings[3])


def _import(path: Path, strings: list[str]) -> None:
    """A document of whose claims the words do not stand in its text."""
    fields = json.loads(dump_line(ORDER))
    wrong = [
        {**fields["claims"][0], "id": f"w{n}{string}", "medium": {"start": 0, "end": len(string), "text": string}}
        for n, string in enumerate(strings)
    ]
    file = path.with_name("unlocated.jsonl")
    file.write_text(json.dumps({**fields, "claims": [*fields["claims"], *wrong]}) + "\n", "utf-8")
    with Register.open(path) as register:
        import_file(register, file, set_aside=True)
