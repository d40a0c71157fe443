"""Spans as layers: nothing of the text is lost, and all is properly nested, whatever overlaps."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from followthearms.exchange.marks import Close, Open, Words, layers, marks_of
from followthearms.model import Claim, Document, Extent, Kind, Span

TEXT = "Paris, then Cairo, then Doha bought what Lyon makes."
STRETCHES = st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 12)).map(
    lambda pair: (pair[0], min(len(TEXT), pair[0] + pair[1]))
)


def span(start: int, end: int) -> Span:
    return Span(start=start, end=end, text=TEXT[start:end])


def claim(evidence: tuple[int, int], *slots: tuple[int, int]) -> Claim:
    return Claim(
        kind=(Kind.SUPPLY,),
        evidence=Extent(start=evidence[0], end=evidence[1]),
        trigger=span(*slots[0]),
        company=tuple(span(*s) for s in slots[1:]),
        place=span(*slots[-1]),
    )


@given(st.lists(st.tuples(STRETCHES, st.lists(STRETCHES, min_size=1, max_size=4)), max_size=5))
def test_text_is_whole_and_marks_are_nested(shapes: list[tuple[tuple[int, int], list[tuple[int, int]]]]) -> None:
    claims = [claim(evidence, *slots) for evidence, slots in shapes]
    stack, read, anchored, ended = [], "", [], []
    for piece in layers(TEXT, claims):
        match piece:
            case Open(mark, _, is_start):
                stack.append(mark)
                anchored += [mark] * is_start
                assert is_start == (mark.start == len(read))
            case Words(text):
                assert all(m.start <= len(read) and len(read) + len(text) <= m.end for m in stack)
                read += text
            case Close(mark, is_end):
                assert stack.pop() == mark
                ended += [mark] * is_end
                assert is_end == (mark.end == len(read))
    assert read == TEXT
    assert not stack
    assert sorted(anchored, key=repr) == sorted(ended, key=repr) == sorted(marks_of(claims), key=repr)


@given(st.lists(STRETCHES, min_size=2, max_size=3, unique=True))
def test_overlapping_slots_are_underlined_on_different_lines(slots: list[tuple[int, int]]) -> None:
    opened = {p.mark: p.lane for p in layers(TEXT, [claim((0, len(TEXT)), *slots)]) if isinstance(p, Open)}
    found = [m for m in opened if m.slot != "evidence"]
    crowded = {m for m in found if sum(n.start < m.end and m.start < n.end for n in found) > 3}
    for one in found:
        for other in found:
            if one is not other and one.start < other.end and other.start < one.end and not {one, other} & crowded:
                assert opened[one] != opened[other]


def test_a_span_that_two_claims_share_is_one_mark(article: Document) -> None:
    twice = [article.claims[0], article.claims[0].model_copy(update={"negated": True})]
    assert all(mark.claims == (1, 2) for mark in marks_of(twice))


def test_words_lead_to_the_claim_of_the_innermost_slot(article: Document) -> None:
    words = [p for p in layers(article.text, article.claims) if isinstance(p, Words)]
    leads = {p.text: p.claim for p in words}
    assert leads["India"] == 1
    assert leads["Moscow"] == 2
    assert leads[" in "] is None
