"""Claims as a person writes them become claims that quote the text; what is unclear is asked back."""

from __future__ import annotations

import pytest

from followthearms.errors import UsageError
from followthearms.exchange.by_hand import Given, read_claim
from followthearms.exchange.changes import claim_in_words
from followthearms.model import Claim, Document, Kind, Modality
from tests.link.drafts import draft

TEXT = (
    "The envoys met in Oslo. After years of talks Norway will lend Ukraine 22 howitzers and dozens of rifles worth "
    "$2 billion, an official said. Kyiv may buy them by 2030; it will lend nothing."
)
TOLD = draft("a", TEXT, date="2026-01-02")
LOAN: Given = {"kind": ["pledge"], "trigger": ["will lend Ukraine"]}


def read(given: Given, document: Document = TOLD) -> Claim:
    return read_claim(document, {**LOAN, **given}).claim


def test_quotes_are_read_with_the_programs_own_names() -> None:
    claim = read(
        {
            "supplier": ["Norway"],
            "recipient": ["Ukraine"],
            "equipment": ["howitzers", "rifles=/assault rifle"],
            "quantity": ["22", "dozens"],
            "value": ["$2 billion"],
            "speaker": ["an official"],
            "date": ["2030"],
            "place": ["Oslo"],
            "modality": ["planned"],
            "disputed": ["yes"],
        }
    )
    assert [one.code for one in (*claim.supplier, *claim.recipient, *claim.speaker)] == ["NO", "UA", None]
    assert [(item.category, item.quantity and item.quantity.number) for item in claim.equipment] == [
        ("howitzer", 22),
        ("assault rifle", 24),
    ]
    assert claim.value and (claim.value.amount, claim.value.currency) == (2_000_000_000, "USD")
    assert claim.modality is Modality.PLANNED and claim.disputed and not claim.negated
    assert claim.place and claim.place.inherited and claim.date and claim.date.inherited
    assert not claim.supplier[0].inherited and claim.kind == (Kind.PLEDGE,)
    assert claim_in_words(claim).startswith("pledge (planned, disputed) “will lend Ukraine”; supplier “Norway” (")


def test_the_evidence_is_the_sentence_of_the_trigger_or_what_is_quoted() -> None:
    assert TOLD.words(read({}).evidence).startswith("After years of talks Norway")
    assert TOLD.words(read({}).evidence).endswith("an official said.")
    quoted = read({"evidence": ["it will lend nothing"], "trigger": ["will lend"], "negated": ["yes"]})
    assert TOLD.words(quoted.evidence) == "it will lend nothing" and quoted.trigger.start == TEXT.index("will lend no")
    across = read({"trigger": ["Oslo. After years"]})
    assert TOLD.words(across.evidence).startswith("The envoys") and TOLD.words(across.evidence).endswith("said.")


def test_a_code_that_is_given_counts_more_than_the_programs() -> None:
    assert read({"supplier": ["Norway=SE"]}).supplier[0].code == "SE"


@pytest.mark.parametrize(
    "given, problem",
    [
        ({"kind": []}, "say what kind of claim it is; there are interest, request"),
        ({"kind": ["sale"]}, "no such kind: sale"),
        ({"trigger": []}, "quote the words of the text that are the trigger, once"),
        ({"trigger": ["will lend"]}, r"stands there 2 times; write which one: will lend@\d+ \(…"),
        ({"trigger": ["will sell"]}, "'will sell' does not stand in document a; quote the text to the letter"),
        ({"supplier": ["The envoys"]}, "says not what the words mean; write it after them, as in 'Moscow=RU'"),
        ({"supplier": ["Norway=QQ"]}, "name the state as in ISO 3166"),
        ({"quantity": ["22"]}, "each quantity is of one item: there are 1 for 0 items"),
        ({"equipment": ["howitzers"], "quantity": ["22", "dozens"]}, "there are 2 for 1 item"),
        ({"modality": ["sure"]}, "no such modality: sure"),
        ({"evidence": ["lend Ukraine 22 howitzers"]}, "'will lend Ukraine' does not stand in 'lend Ukraine 22"),
    ],
)
def test_what_is_unclear_is_asked_back(given: Given, problem: str) -> None:
    with pytest.raises(UsageError, match=problem):
        read(given)
