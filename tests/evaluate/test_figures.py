"""The figures are those of the corpus's own measure, on predictions that are wrong in every way we can think of."""

from __future__ import annotations

import importlib.util
import random
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from followthearms.errors import FormatError
from followthearms.evaluate import Counts, Level, MistakeClass, Report, evaluate
from followthearms.model import Claim, Document, Kind
from followthearms.model.format import dump_line

CODES = ["RU", "IN", "US", "UN", "UNKNOWN", "SOME GROUP", "OTHER GROUP", "", None]
Fields = dict[str, Any]


def some_span(document: Document, dice: random.Random) -> Fields:
    start = dice.randrange(len(document.text))
    end = min(len(document.text), start + dice.randint(1, 30))
    return {"start": start, "end": end, "text": document.text[start:end]}


def _swap(claim: Fields, document: Document, dice: random.Random) -> None:
    claim["supplier"], claim["recipient"] = claim["recipient"], claim["supplier"]


def _move_to_parties(claim: Fields, document: Document, dice: random.Random) -> None:
    claim["parties"], claim["supplier"] = (*claim["parties"], *claim["supplier"]), ()


def _recode(claim: Fields, document: Document, dice: random.Random) -> None:
    for slot in ("supplier", "recipient", "parties"):
        claim[slot] = [{**party, "code": dice.choice(CODES)} for party in claim[slot]]


def _add_party(claim: Fields, document: Document, dice: random.Random) -> None:
    party = some_span(document, dice) | {"code": dice.choice(CODES), "inherited": dice.random() < 0.5}
    slot = dice.choice(["supplier", "recipient", "parties", "actor"])
    claim[slot] = (*claim[slot], party)


def _negate(claim: Fields, document: Document, dice: random.Random) -> None:
    claim["negated"] = not claim["negated"]


def _shift(claim: Fields, document: Document, dice: random.Random) -> None:
    claim["trigger"] = some_span(document, dice)


def _change_kind(claim: Fields, document: Document, dice: random.Random) -> None:
    claim["kind"] = [dice.choice(list(Kind)), *claim["kind"]][: dice.randint(1, 2)]


def _change_equipment(claim: Fields, document: Document, dice: random.Random) -> None:
    items = [
        {**item, "designation": dice.choice(["AK-203", "ak", None, item.get("designation")])}
        for item in claim["equipment"]
    ]
    items.append(some_span(document, dice) | {"category": dice.choice(["rifle", "tanks", None])})
    claim["equipment"] = dice.sample(items, dice.randint(0, len(items)))


def _change_amounts(claim: Fields, document: Document, dice: random.Random) -> None:
    span = some_span(document, dice)
    value = claim["value"] or span | {"amount": 0, "currency": "USD"}
    claim["value"] = dice.choice([None, {**value, "amount": value["amount"] * dice.choice([1, 1 + 1e-7, 2])}])
    claim["date"] = dice.choice([None, claim["date"], span | {"from": "2019-03-04"}])
    claim["equipment"] = [
        {**e, "quantity": dice.choice([e.get("quantity"), span | {"number": 3}])} for e in claim["equipment"]
    ]


def _change_names(claim: Fields, document: Document, dice: random.Random) -> None:
    for slot in ("company", "persons", "speaker"):
        names = [*claim[slot], some_span(document, dice)]
        claim[slot] = dice.sample(names, dice.randint(0, len(names)))
    for slot in ("place", "medium"):
        claim[slot] = dice.choice([None, claim[slot], some_span(document, dice)])
    claim["modality"] = dice.choice(["actual", "possible"])


CHANGES = [
    _swap,
    _move_to_parties,
    _recode,
    _add_party,
    _negate,
    _shift,
    _change_kind,
    _change_equipment,
    _change_amounts,
    _change_names,
]


def spoiled(document: Document, dice: random.Random) -> Document:
    """The document with some claims dropped, some doubled, and most of them changed."""
    claims: list[Claim] = []
    for claim in document.claims:
        for _ in range(dice.choice([0, 1, 1, 1, 2])):
            fields = claim.model_dump(by_alias=True)
            for change in dice.sample(CHANGES, dice.choice([0, 1, 1, 2, 3])):
                change(fields, document, dice)
            claims.append(Claim.model_validate({**fields, "id": "", "optional": False}))
    dice.shuffle(claims)
    return document.with_claims(tuple(claims))


@pytest.fixture(scope="session")
def measure_of_the_corpus(corpus: Path) -> Any:
    spec = importlib.util.spec_from_file_location("corpus_score", corpus / "score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def as_lists(table: dict[Any, Counts]) -> dict[str, list[int]]:
    return {str(key): [c.tp, c.fp, c.fn] for key, c in table.items()}


@pytest.mark.parametrize(("part", "seed"), [("dev", 1), ("dev", 2), ("dev", 3), ("seeds", 4), ("train", 5)])
def test_every_count_is_that_of_the_corpus(
    part: str,
    seed: int,
    corpus: Path,
    annotated: Callable[[str], list[Document]],
    measure_of_the_corpus: Any,
    tmp_path: Path,
) -> None:
    dice = random.Random(seed)
    gold = annotated(part)
    predicted = [spoiled(document, dice) for document in gold if dice.random() < 0.95]
    written = tmp_path / "predicted.jsonl"
    written.write_text("".join(f"{dump_line(document)}\n" for document in predicted), "utf-8")
    theirs = measure_of_the_corpus
    rows, slots, kinds, verbatim, wrong = theirs.count(theirs.load(corpus / f"{part}.jsonl"), theirs.load(written))
    report = evaluate(gold, predicted)
    ours = [{level.name: (c.tp, c.fp, c.fn) for level, c in score.levels.items()} for score in report.scores]
    assert ours == rows
    assert as_lists({figure.name: figure.counts for figure in report.slots}) == {
        k: v for k, v in slots.items() if any(v)
    }
    assert as_lists({figure.name: figure.counts for figure in report.kinds}) == dict(kinds)
    assert list(report.verbatim) == verbatim
    assert [(m.document, m.cls, m.kind, m.trigger) for m in report.mistakes] == wrong
    classes = Counter(mistake.cls for mistake in report.mistakes)
    assert all(classes[cls] > 3 for cls in MistakeClass), "the predictions are not wrong enough to test anything"
    assert all(mistake.slots for mistake in report.mistakes if mistake.cls is MistakeClass.SLOT)


def test_what_is_printed_is_what_the_corpus_prints(
    corpus: Path, annotated: Callable[[str], list[Document]], tmp_path: Path
) -> None:
    gold = annotated("dev")
    dice = random.Random(6)
    predicted = [spoiled(document, dice) for document in gold]
    written = tmp_path / "predicted.jsonl"
    written.write_text("".join(f"{dump_line(document)}\n" for document in predicted), "utf-8")
    command = [sys.executable, str(corpus / "score.py"), str(corpus / "dev.jsonl"), str(written)]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    report = evaluate(gold, predicted)
    for figure in report.levels:
        c, ends = figure.counts, figure.interval
        assert ends
        assert (
            f"{figure.name} P {c.precision:.3f} R {c.recall:.3f} F1 {c.f1:.3f} [{ends[0]:.2f}-{ends[1]:.2f}] "
            f"tp {c.tp} fp {c.fp} fn {c.fn}\n"
        ) in printed
    for figure in report.slots:
        assert f"'{figure.name}': {round(figure.counts.f1, 2)}" in printed
    verbatim, spans = report.verbatim
    assert f"verbatim spans {verbatim}/{spans}; documents {len(gold)}, predicted {len(predicted)}" in printed


def test_gold_against_itself_is_perfect(annotated: Callable[[str], list[Document]]) -> None:
    gold = annotated("dev")
    report = evaluate(gold, gold)
    assert {(figure.counts.precision, figure.counts.recall) for figure in report.levels} == {(1.0, 1.0)}
    assert not report.mistakes


# Our own small case, where the corpus is absent too

TEXT = "Norway sold Latvia twelve howitzers. Sweden refused Estonia a licence."


def claim(kind: str, trigger: str, **fields: Any) -> Fields:
    start = TEXT.index(trigger)
    sentence = {"start": 0, "end": 36} if start < 36 else {"start": 37, "end": len(TEXT)}
    return {"kind": [kind], "evidence": sentence, "trigger": span(trigger), **fields}


def span(words: str, **values: Any) -> Fields:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "text": words, **values}


def document(*claims: Fields, text: str = TEXT) -> Document:
    return Document.model_validate({"id": "d", "text": text, "claims": claims, "source_repo": "ours"})


SALE = claim("supply", "sold", supplier=[span("Norway", code="NO")], recipient=[span("Latvia", code="LV")])
REFUSAL = claim("refusal", "refused", supplier=[span("Sweden", code="SE")])


def small_report() -> Report:
    wrong_way = {**SALE, "supplier": SALE["recipient"], "recipient": SALE["supplier"]}
    extra = claim("delivery", "howitzers")
    return evaluate([document(SALE, REFUSAL)], [document(wrong_way, extra)])


def test_each_class_of_mistake_is_told_with_its_slots() -> None:
    found = {(m.cls, m.kind, m.slots) for m in small_report().mistakes}
    assert found == {
        (MistakeClass.SLOT, Kind.SUPPLY, ("supplier", "recipient")),
        (MistakeClass.MISS, Kind.REFUSAL, ()),
        (MistakeClass.SPURIOUS, Kind.DELIVERY, ()),
    }
    assert set(small_report().mistakes_by_class().values()) == {1}


def test_a_report_shows_its_figures_as_text_and_as_json() -> None:
    report = small_report()
    assert report.scores[0].levels == {Level.L1: Counts(1, 1, 1), Level.L2: Counts(0, 2, 2), Level.L3: Counts(0, 2, 2)}
    assert re.search(r"^L1 +0\.500 0\.500 0\.500 +1 +1 +1  \[0\.50-0\.50\]$", str(report), re.MULTILINE)
    assert "verbatim spans 4/4; documents 1, predicted 1" in str(report)
    shown = report.as_dict()
    assert shown["levels"]["L1"] == {"p": 0.5, "r": 0.5, "f1": 0.5, "low": 0.5, "high": 0.5, "tp": 1, "fp": 1, "fn": 1}
    assert shown["slots"]["modality"]["tp"] == 1
    assert shown["kinds"]["refusal"]["fn"] == 1


def test_an_optional_claim_neither_rewards_nor_punishes() -> None:
    gold = document({**SALE, "optional": True}, REFUSAL)
    for predicted in (document(SALE, REFUSAL), document(REFUSAL)):
        assert evaluate([gold], [predicted]).levels[2].counts == Counts(1, 0, 0)


def test_a_missing_prediction_is_all_misses_and_one_for_another_text_is_an_error() -> None:
    assert evaluate([document(SALE)], []).levels[0].counts == Counts(0, 0, 1)
    with pytest.raises(FormatError, match="document d: the prediction was made on another text"):
        evaluate([document(SALE)], [document(text=f"{TEXT} More.")])


def test_nothing_annotated_and_nothing_predicted_is_no_error() -> None:
    assert evaluate([], []).as_dict()["levels"]["L1"]["f1"] == 0
