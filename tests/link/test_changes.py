"""What lies between two sets of deals, and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from followthearms.exchange.changes import change_lines, field_change, reason, summary
from followthearms.link import link
from followthearms.link.changes import Between, Ruling, changes
from followthearms.model import Document
from followthearms.model.decisions import Decision, Merge, Note, Reject, Target, subjects
from followthearms.model.decisions import Ruling as AnyRuling
from followthearms.model.snapshots import Changed, Gone, New, Report, Ruled, Turn, content_hash, frozen_line
from tests.link.drafts import Fields, draft, said

PARTIES: Fields = {"supplier": "Russia/RU", "recipient": "India/IN"}
AK = "AK-203 rifles/AK-203/assault rifle"
ORDER = draft(
    "order",
    "India ordered 600,000 AK-203 rifles from Russia.",
    said("agreement", "ordered", equipment=f"{AK}/600000", **PARTIES),
    date="2019-03-04",
    outlet="Quillon",
)
MORE = draft(
    "more",
    "It is 670,000 AK-203 rifles that India bought from Russia.",
    said("agreement", "bought", equipment=f"{AK}/670000", **PARTIES),
    date="2019-03-05",
    outlet="Ravelin",
)
CAME = draft(
    "came",
    "Russia has delivered 70,000 AK-203 rifles to India.",
    said("delivery", "delivered", equipment=f"{AK}/70000", **PARTIES),
    date="2022-01-25",
    outlet="Tellers",
)
SEIZURE = draft(
    "seizure",
    "Customs seized 12 pistols in Lagos.",
    said("seizure", "seized", actor="Customs/NG", equipment="pistols//pistol", place="Lagos"),
    date="2021-01-01",
    outlet="Quillon",
)
ALL = (ORDER, MORE, CAME, SEIZURE)
OUTLETS = {document.id: document.outlet for document in ALL}
NOON = dt.datetime(2026, 5, 12, 12, tzinfo=dt.UTC)


def ruled(ruling: AnyRuling, why: str = "misread") -> Ruling:
    made = Decision(who="Ann", when=NOON, why=why, ruling=ruling)
    return Ruling(made, frozenset(subjects(ruling)))


def deals(*documents: Document):
    return link(documents).deals


def test_a_new_report_is_the_reason_of_a_changed_figure() -> None:
    found = changes(deals(ORDER, SEIZURE), deals(ORDER, SEIZURE, MORE), Between((), OUTLETS))
    assert summary(found) == "1 deal changed"
    fields = {field.field: field for field in found.changed[0].fields}
    assert [figure.number for figure in fields["quantity"].after] == [670000]
    assert fields["quantity"].before == () and field_change(fields["quantity"]) == "quantity + 670,000"
    (why,) = fields["quantity"].because
    assert why == Report(
        turn=Turn.CAME, document="more", claim=MORE.claims[0].id, outlet="Ravelin",
        published=MORE.date, quote=MORE.text,
    )  # fmt: skip
    assert field_change(fields["sources"]) == "independent sources 1 → 2"
    assert fields["sources"].because == (why,)
    assert reason(why) == f"Ravelin, 5 March 2019: “{MORE.text}”"


def test_a_figure_that_is_read_otherwise_is_told_as_from_and_to() -> None:
    text = ORDER.text
    slip = text.replace("600,000", "670,000")
    again = draft(
        "order", slip, said("agreement", "ordered", equipment=f"{AK}/670000", **PARTIES), date="2019-03-04", outlet="Q"
    )
    found = changes(deals(ORDER), deals(again), Between((), OUTLETS))
    told = list(change_lines(found))
    assert "  quantity 600,000 → 670,000" in told
    assert f"    because Quillon, 4 March 2019 (no longer): “{text}”" in told


def test_a_claim_that_is_read_anew_of_the_same_words_is_one_reason() -> None:
    again = draft("order", ORDER.text, said("agreement", "ordered", equipment=f"{AK}/600000", disputed=True, **PARTIES),
                  date="2019-03-04", outlet="Quillon")  # fmt: skip
    found = changes(deals(ORDER), deals(again), Between((), OUTLETS))
    because = {one for changed in (*found.changed, *found.new, *found.gone) for one in _reasons(changed)}
    assert {one.turn for one in because} == {Turn.REREAD}
    assert {reason(one) for one in because} == {f"Quillon, 4 March 2019 (read anew): “{ORDER.text}”"}


def _reasons(changed: Changed | New | Gone) -> Iterable[Report]:
    fields = changed.fields if isinstance(changed, Changed) else [changed]
    return (one for field in fields for one in field.because if isinstance(one, Report))


def test_reasons_that_several_fields_share_are_told_once_and_counted_as_people_count() -> None:
    more = [MORE.model_copy(update={"id": f"more{n}", "outlet": f"Outlet {n}"}) for n in range(4)]
    found = changes(deals(ORDER), deals(ORDER, *more), Between())
    told = list(change_lines(found))
    assert told.count("    and 1 more reason") == 1
    assert len(told) == len(set(told))


def test_a_status_changes_by_the_claim_that_reached_it() -> None:
    found = changes(deals(ORDER), deals(ORDER, CAME, MORE), Between((), OUTLETS))
    fields = {field.field: field for field in found.changed[0].fields}
    assert [one.document for one in fields["status"].because if isinstance(one, Report)] == ["came"]
    assert field_change(fields["delivered_total"]) == "delivered in all + 70,000"


def test_new_and_gone_deals() -> None:
    found = changes(deals(ORDER), deals(SEIZURE), Between((), OUTLETS), left="May", right="June")
    assert summary(found) == "1 deal new, 1 gone"
    assert (found.left, found.right) == ("May", "June")
    assert not found.new[0].out_of and not found.gone[0].into
    (came,), (went,) = found.new[0].because, found.gone[0].because
    assert isinstance(came, Report) and came.turn is Turn.CAME and came.document == "seizure"
    assert isinstance(went, Report) and went.turn is Turn.WENT and went.document == "order"


def test_a_merged_deal_says_where_it_is_now_and_who_ruled_so() -> None:
    (left,), (right,) = deals(ORDER), deals(SEIZURE)
    both = left.model_copy(update={"events": (*left.events, *right.events)})
    anchors = (Target.of("order", ORDER.claims[0], left.id[1:]), Target.of("seizure", SEIZURE.claims[0], right.id[1:]))
    merge = ruled(Merge(deals=anchors), "one haul")
    found = changes((left, right), (both,), Between((merge, ruled(Note(about="source:X", text="y"))), OUTLETS))
    assert found.gone[0].into == (left.id,)
    assert [one.why for one in found.gone[0].because if isinstance(one, Ruled)] == ["one haul"]
    (field,) = found.changed[0].fields
    assert field.field == "events" and isinstance(field.because[0], Ruled)
    back = changes((both,), (left, right), Between((), OUTLETS))
    assert back.new[0].out_of == (left.id,)


def test_a_ruling_is_no_reason_for_what_it_does_not_touch() -> None:
    elsewhere = ruled(Reject(claim=Target.of("seizure", SEIZURE.claims[0])))
    here = ruled(Reject(claim=Target.of("more", MORE.claims[0])))
    found = changes(deals(ORDER, MORE), deals(ORDER), Between((elsewhere, here), OUTLETS))
    for field in found.changed[0].fields:
        rulings = [one.decision for one in field.because if isinstance(one, Ruled)]
        assert set(rulings) <= {here.decision.id}
    quantity = next(field for field in found.changed[0].fields if field.field == "quantity")
    assert isinstance(quantity.because[0], Ruled)
    assert reason(quantity.because[0]) == f"Ann, 12 May 2026, reject {here.decision.id}: misread"


PARTS = st.sets(st.sampled_from(range(len(ALL)))).map(lambda chosen: deals(*(ALL[i] for i in sorted(chosen))))


@given(PARTS, PARTS)
def test_there_is_a_difference_if_and_only_if_the_hashes_differ(before, after) -> None:
    found = changes(before, after, Between((), OUTLETS))
    hashes = {content_hash(map(frozen_line, side)) for side in (before, after)}
    assert bool(found) == (len(hashes) == 2)
    back = changes(after, before, Between((), OUTLETS))
    assert [new.deal for new in found.new] == [gone.deal for gone in back.gone]
    assert len(found.changed) == len(back.changed)
    assert all(field.because for changed in found.changed for field in changed.fields)


def test_deals_that_differ_only_in_where_a_cell_was_read_are_told_apart() -> None:
    (deal,) = deals(ORDER)
    (figure,) = deal.quantity
    other = deal.model_copy(update={"quantity": (figure.model_copy(update={"sources": 2}),)})
    (changed,) = changes((deal,), (other,), Between()).changed
    assert [field.field for field in changed.fields] == ["quantity"]
