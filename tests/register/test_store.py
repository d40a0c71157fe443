from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from followthearms.errors import FormatError, NotInRegister, RegisterError
from followthearms.link import link
from followthearms.model import Consistency, Document, Status
from followthearms.register import Added, Register, Run
from tests.link.drafts import Fields, draft, said
from tests.register.conftest import CopyOf, make_empty
from tests.register.databases import ask, dump

NOON = dt.datetime(2026, 1, 2, 12, tzinfo=dt.UTC)
RUN = Run(version="1.0", ruleset="abc", parser="sm 3.8", started=NOON)
NEWER = RUN.model_copy(update={"ruleset": "def", "started": NOON + dt.timedelta(days=1)})
PARTIES: Fields = {"supplier": "Russia/RU", "recipient": "India/IN"}
AK = "AK-203 rifles/AK-203/assault rifle"

ORDER = draft(
    "order",
    "India ordered 700,000 AK-203 rifles from Russia.",
    said("agreement", "ordered", equipment=f"{AK}/700000", **PARTIES),
    date="2019-03-04",
    outlet="Quillon",
)
MORE = draft(
    "more",
    "It is 750,000 AK-203 rifles that India bought from Russia.",
    said("agreement", "bought", equipment=f"{AK}/750000", **PARTIES),
    date="2019-03-05",
    outlet="Ravelin",
)
SEIZURE = draft(
    "seizure", "Customs seized 12 pistols in Lagos; 100 % ivory too.",
    said("seizure", "seized", actor="Customs/NG", equipment="pistols//pistol", place="Lagos"),
)  # fmt: skip
LOST = draft("lost", "Arms were sold.", said("supply", "sold", equipment="Arms//weapon"))
ALL = (ORDER, MORE, SEIZURE, LOST)


@pytest.fixture
def register(register_url: str) -> Iterator[Register]:
    with Register.open(register_url, clock=lambda: NOON) as opened:
        yield opened


def fill(register: Register, *documents: Document, run: Run = RUN) -> list[Added]:
    return [register.add(document, run) for document in documents or ALL]


def test_what_goes_in_comes_out(register: Register) -> None:
    assert fill(register) == [Added.NEW] * 4
    assert register.documents() == tuple(sorted(ALL, key=lambda document: document.id))
    assert register.document("order") == ORDER
    assert register.runs() == (RUN,)


def test_fields_that_the_format_does_not_name_come_back(register: Register) -> None:
    extra = Document.model_validate({"id": "x", "text": "Nil.", "record": 7, "note": None, "tags": ["a", {"b": 1.5}]})
    fill(register, extra)
    assert register.document("x") == extra


def test_it_holds_after_it_was_closed(register_url: str) -> None:
    with Register.open(register_url) as first:
        fill(first)
        expected = first.deals()
    with Register.open(register_url, create=False) as again:
        assert again.deals() == expected and again.documents() == tuple(sorted(ALL, key=lambda d: d.id))


def test_adding_the_same_again_changes_nothing_at_all(register_url: str) -> None:
    with Register.open(register_url) as register:
        fill(register)
    before = dump(register_url)
    with Register.open(register_url, clock=lambda: NOON + dt.timedelta(days=9)) as register:
        later = RUN.model_copy(update={"started": NOON + dt.timedelta(days=9)})
        assert fill(register, run=later) == [Added.UNCHANGED] * 4
    assert dump(register_url) == before


def test_deals_and_counts_are_those_of_the_fold(register: Register) -> None:
    fill(register)
    linked = link(ALL)
    assert register.deals() == linked.deals and register.stories() == linked.stories
    counts = register.counts()
    assert (counts.documents, counts.claims, counts.deals, counts.unassigned) == (4, 4, len(linked.deals), 1)
    assert [statement.ref.document for statement in register.unassigned()] == ["lost"]


def test_a_deal_is_found_by_its_id_and_its_beginning(register: Register) -> None:
    fill(register)
    for deal in register.deals():
        assert register.deal(deal.id) == register.deal(deal.id[:8]) == deal


@pytest.mark.parametrize("name", ["", "d", "nothing", "%", "x' OR 1=1 --"])
def test_no_deal_is_guessed(register: Register, name: str) -> None:
    fill(register)
    with pytest.raises(NotInRegister, match="fta deals"):
        register.deal(name)


def test_all_claims_come_by_document_with_their_words(register: Register) -> None:
    fill(register)
    found = register.claims()
    assert [statement.ref.document for statement in found] == ["lost", "more", "order", "seizure"]
    assert all(statement.quote == statement.document.text for statement in found)


def test_contradictions_can_be_asked_for(register: Register) -> None:
    fill(register)
    (found,) = register.contradictions()
    assert (found.left.value, found.right.value) == ("700,000", "750,000")
    assert register.contradictions(consistency=Consistency.CONFLICTING) == (found,)
    assert register.contradictions(consistency=Consistency.PARTIAL) == ()


def test_a_newer_ruleset_replaces_what_was_read_and_keeps_it(register: Register, register_url: str) -> None:
    fill(register, ORDER)
    better = ORDER.with_claims(draft("order", ORDER.text, said("request", "ordered", equipment=AK, **PARTIES)).claims)
    assert register.add(better, NEWER) is Added.REREAD
    assert [deal.status for deal in register.deals()] == [Status.REQUESTED]
    assert register.runs() == (RUN, NEWER)
    assert (register.counts().readings, register.counts().claims) == (2, 1)
    assert ask(register_url, "SELECT kind FROM claims ORDER BY reading") == [("agreement",), ("request",)]


def test_a_run_that_reads_the_same_is_noted_once(register: Register) -> None:
    fill(register, ORDER)
    assert register.add(ORDER, NEWER) is Added.REREAD
    assert register.add(ORDER, NEWER) is Added.UNCHANGED
    assert register.deals() == link([ORDER]).deals


def test_what_was_unknown_of_a_document_may_become_known(register: Register) -> None:
    fill(register, draft("a", "Nothing new."))
    assert register.add(draft("a", "Nothing new.", outlet="Post", date="2020-01-01"), RUN) is Added.REREAD
    assert register.document("a").outlet == "Post"
    with pytest.raises(RegisterError, match=r"document a: its outlet is Gazette, but Post.*another id"):
        register.add(draft("a", "Nothing new.", outlet="Gazette"), RUN)


def test_an_article_that_is_fetched_again_is_already_there(register: Register) -> None:
    fetched = ORDER.model_copy(update={"retrieved": NOON, "raw_hash": "a" * 64})
    assert register.add(fetched, RUN) is Added.NEW
    later = {"retrieved": NOON + dt.timedelta(days=1), "raw_hash": "b" * 64}
    assert register.add(ORDER.model_copy(update=later), RUN) is Added.UNCHANGED
    assert register.document("order") == fetched


def test_two_texts_under_one_id_are_refused(register: Register, register_url: str) -> None:
    fill(register, ORDER.model_copy(update={"title": "Rifles ordered"}))
    before = dump(register_url)
    with pytest.raises(RegisterError, match=r"document order \(Other\).*another text.*Rifles ordered.*another id"):
        register.add(Document(id="order", title="Other", text="Something else."), RUN)
    assert dump(register_url) == before


def test_a_copy_from_another_outlet_is_another_document_of_the_same_story(register: Register) -> None:
    copy = ORDER.model_copy(update={"id": "copy", "outlet": "Post"})
    fill(register, ORDER, copy)
    assert [story.outlets for story in register.stories()] == [("Post", "Quillon")]
    assert [(deal.sources, deal.documents) for deal in register.deals()] == [(1, ("copy", "order"))]


@pytest.mark.parametrize(("odd", "named"), [("\ud83d", "half a surrogate pair"), ("\0", "a NUL character")])
def test_text_that_a_database_cannot_hold_is_refused(register: Register, odd: str, named: str) -> None:
    with pytest.raises(FormatError, match=f"'odd'.*{named} at character 3.*clean its text"):
        register.add(Document(id="odd", text=f"abc{odd}"), RUN)
    with pytest.raises(FormatError, match=f"{named} at character 0"):
        register.add(ORDER, RUN.model_copy(update={"parser": f"{odd}sm"}))
    with pytest.raises(FormatError, match=f"{named} at character 1"):
        register.document(f"x{odd}")
    assert register.counts().documents == 0


def test_two_claims_with_one_id_are_refused(register: Register) -> None:
    first, other = (c.model_copy(update={"id": "same"}) for c in (ORDER.claims[0], ORDER.claims[0]))
    with pytest.raises(FormatError, match="document order: two claims have the id same"):
        register.add(ORDER.with_claims((first, other)), RUN)
    assert register.counts().documents == 0


def test_hostile_text_is_only_text(register: Register, register_url: str) -> None:
    text = "Robert'); DROP TABLE claims;-- %s :x $1 \U0001f680 <script>"
    hostile = Document(id="../../etc'; --", title=text, text=text)
    fill(register, hostile, ORDER)
    assert register.document(hostile.id) == hostile and register.counts().claims == 1


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(min_value=0, max_value=10_000))
def test_the_order_of_adding_plays_no_part(copy_of: CopyOf, seed: int) -> None:
    with Register.open(copy_of(make_empty)) as register:
        fill(register, *random.Random(seed).sample(ALL, len(ALL)))
        assert (register.deals(), register.documents()) == (link(ALL).deals, tuple(sorted(ALL, key=lambda d: d.id)))


def test_two_programs_may_write_in_turn(register_url: str) -> None:
    with Register.open(register_url) as one, Register.open(register_url) as other:
        assert one.add(ORDER, RUN) is Added.NEW
        assert other.add(ORDER, RUN) is Added.UNCHANGED
        assert other.add(MORE, RUN) is Added.NEW
        assert one.counts() == other.counts() and one.deals() == other.deals()
