"""The annotation of the sample articles: it belongs to these files, and keeps the rules of the codebook."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from followthearms.errors import InputError, PassedOver
from followthearms.model import SYMMETRIC, Claim, Document, Kind, Modality
from followthearms.model.documents import OF_THE_COPY
from followthearms.model.format import dump_line
from followthearms.sources import ReadOptions, read_source

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
GOLD = EXAMPLES / "gold.jsonl"
BODIES = {"EU", "NATO", "UN"}


@pytest.fixture(scope="module")
def gold() -> list[Document]:
    """The annotated articles, in the order of the file."""
    return list(_read(GOLD))


def _read(path: Path) -> Iterator[Document]:
    for outcome in read_source(path, ReadOptions(keep_claims=True)):
        if isinstance(outcome, PassedOver):  # what lies beside the articles
            continue
        assert not isinstance(outcome, InputError), outcome
        yield outcome


def _claims(gold: list[Document]) -> Iterator[tuple[Document, Claim]]:
    return ((document, claim) for document in gold for claim in document.claims)


def test_gold_annotates_the_articles_as_they_are_read(gold: list[Document]) -> None:
    articles = list(_read(EXAMPLES / "articles"))
    found_out = {"claims", "language", *OF_THE_COPY}  # by reading; nobody wrote it down
    told, read = ([one.model_dump(exclude=found_out) for one in documents] for documents in (gold, articles))
    assert told == read


def test_gold_is_written_as_the_program_writes_it(gold: list[Document]) -> None:
    assert GOLD.read_text(encoding="utf-8") == "".join(dump_line(document) + "\n" for document in gold)


def test_ids_of_claims_follow_from_what_they_say(gold: list[Document]) -> None:
    assert [claim.id for _, claim in _claims(gold)] == [claim.content_id(doc.id) for doc, claim in _claims(gold)]


def test_every_kind_is_claimed_at_least_twice(gold: list[Document]) -> None:
    firmly = Counter(claim.kind[0] for _, claim in _claims(gold) if not claim.optional)
    assert {kind.value: firmly[kind] for kind in Kind if firmly[kind] < 2} == {}


def test_every_difficulty_is_there(gold: list[Document]) -> None:
    claims = [claim for _, claim in _claims(gold)]
    assert {claim.modality for claim in claims} == set(Modality)
    assert sum(claim.negated for claim in claims) >= 3
    assert sum(claim.disputed for claim in claims) >= 2
    assert sum(claim.medium is not None for claim in claims) >= 2
    assert sum(not document.claims for document in gold) >= 2


def test_trigger_stands_in_the_evidence(gold: list[Document]) -> None:
    for document, claim in _claims(gold):
        assert claim.evidence.covers(claim.trigger), (document.url, claim.trigger.text)


def test_inherited_means_outside_the_evidence(gold: list[Document]) -> None:
    for document, claim in _claims(gold):
        for slot, span in claim.spans():
            inherited = getattr(span, "inherited", False)
            assert inherited != claim.evidence.covers(span), (document.url, slot, document.words(span))


def test_slots_quote_whole_words(gold: list[Document]) -> None:
    for document, claim in _claims(gold):
        for slot, span in claim.spans():
            around = document.text[max(0, span.start - 1) : span.end + 1]
            assert re.search(rf"(?<!\w){re.escape(document.words(span))}(?!\w)", around), (document.url, slot, around)


def test_only_claims_of_two_equal_sides_name_parties(gold: list[Document]) -> None:
    for document, claim in _claims(gold):
        assert not claim.parties or SYMMETRIC.intersection(claim.kind), (document.url, claim.trigger.text)


def test_codes_are_states_bodies_or_names_in_capitals(gold: list[Document]) -> None:
    for document, claim in _claims(gold):
        for party in (*claim.supplier, *claim.recipient, *claim.actor, *claim.parties):
            code = party.code or ""
            known = len(code) == 2 or code in BODIES or len(code) > len("NATO")
            assert known, (document.url, party.text)
            assert code.isupper(), (document.url, party.text)
