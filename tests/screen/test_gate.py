"""The first look at a page's bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followthearms.screen import gate
from followthearms.screen.scan import REACH, arms_in, begun_near, flat, is_paired, tells_of_trade
from followthearms.screen.terms import (
    NAME,
    alike_terms,
    arms_terms,
    screen_words,
    transfer_terms,
    untaught_terms,
    vague_terms,
)

SALE = "Norway sold twelve anti-ship missiles to Chile."
FAR = " The weather stayed cold and the harbour was closed." * 4


@pytest.mark.parametrize(
    "page",
    [
        SALE.encode(),
        f"<p>{SALE.upper()}</p>".encode(),
        SALE.encode("utf-16"),
        b"<p>The navies signed a pact.</p>",
        b"<p>Qatar will receive F-35As, F35s and Su 30MKIs.</p>",
        b"<p>Qatar ordered <b>howitzers</b>&nbsp;from abroad.</p>",
        "<p>Norway sold anti-ship mis\u00adsiles.</p>".encode(),
        b"<p>Norway sold anti-ship mis&shy;siles.</p>",
        "Peru's \u201cfrigates\u201d were delivered.".encode("cp1252"),
        b"<p>The order for <i>Eurofighters</i> was cancelled.</p>",
        b"<p>Chile gave its old F-5s away.</p>",
        b"<p>Brazil picked the Gripen.</p>",
    ],
)
def test_lets_in_what_may_hold_a_claim(page: bytes) -> None:
    assert gate(page)


@pytest.mark.parametrize(
    "page",
    [
        b"",
        b"<p>At 5 the bank sold a 50 per cent share to a 10-year-old; Sam sent the papers.</p>",
        b"<p>The bank sold its branch in Oslo.</p>",
        b"<p>A submarine film opened on Friday.</p>",
        f"<p>A tank rusts in the park.{FAR} The bakery was sold.</p>".encode(),
        b"<p>Grifles sold well.</p>",  # no word begins with what it looks for
        b"<p>The shell company sold its arsenal of brands.</p>",
        b"<p>The guards got new rifles, and the tank was handed to the museum.</p>",
        b"<p>The club's owner ordered a leopard; a heron was sold to Barak.</p>",
        b"<p>Soldiers with rifles watched the bank; a significant banner hung from a tank at least.</p>",
    ],
)
def test_keeps_out_what_holds_none(page: bytes) -> None:
    assert not gate(page)


def test_a_transfer_is_near_within_reach_only() -> None:
    for gap, near in ((REACH - 30, True), (REACH + 30, False)):
        flattened = flat(b"missiles" + b" x" * (gap // 2) + b" sold")
        (hit,) = arms_in(flattened)
        assert is_paired(flattened, hit) is near


@given(st.binary(max_size=300))
def test_flattening_keeps_every_place(data: bytes) -> None:
    assert len(flat(data)) == len(data) + 1
    assert all(hit.end <= len(data) + 1 for hit in arms_in(flat(data)))


def test_every_term_is_found_where_it_stands() -> None:
    for term in arms_terms():
        assert any(hit.end == len(term.words) + 1 for hit in arms_in(flat(term.words.encode()))), term


def test_a_word_that_is_only_like_a_term_is_told_at_the_edge_of_the_reach() -> None:
    for before in range(REACH - 20, REACH + 2):
        flattened = flat(b"missiles" + b"." * before + b" soldiers")
        (hit,) = arms_in(flattened)
        assert not is_paired(flattened, hit)
        assert begun_near(flattened, hit.end) in ({"sold"}, set())


@pytest.mark.parametrize(
    ("passage", "tells"),
    [
        ("The army was sent home, and they talked about the war.", False),
        ("The men of two armies were ordered back; a visit of a navy.", False),
        ("The army ordered rifles.", True),
        ("Rifles lay there. The army was sent home.", True),  # a word of warfare beside arms is enough
        ("They signed a defence pact.", True),
        ("They signed a pact on defence.", False),
        ("The weapons were authorised.", True),
        ("The guards got new rifles.", False),
    ],
)
def test_words_of_warfare_tell_of_trade_beside_arms_or_right_before_it(passage: str, tells: bool) -> None:
    assert tells_of_trade(flat(passage.encode())) is tells


def test_words_of_warfare_are_words_for_arms_and_name_none() -> None:
    from followthearms.knowledge import equipment

    groups = {term.group for term in arms_terms()}
    assert screen_words().warfare <= groups
    assert not screen_words().warfare & equipment.categories().keys()


def test_what_the_model_was_not_taught_it_does_not_see() -> None:
    for stem in untaught_terms() + vague_terms():
        flattened = flat(f"missiles {stem}".encode())
        (hit,) = arms_in(flattened)
        assert begun_near(flattened, hit.end) == set(), stem


def test_no_designation_without_a_figure_is_a_word_of_something_else() -> None:
    from followthearms.knowledge import equipment

    named = {term.words for term in arms_terms() if term.group == NAME}
    assert {"gripen", "eurofighter", "rafale", "himars", "black hawk"} <= named
    assert not named & (equipment.words().names | screen_words().everyday)


def test_words_that_are_only_like_a_term_begin_as_one_does() -> None:
    assert all(any(word.startswith(stem) for stem in transfer_terms()) for word in alike_terms())


def test_transfer_words_are_a_selection_of_the_frames_triggers() -> None:
    from followthearms.extract.frames.library import matcher

    lemmas = {word for frame in matcher().frames for sequence in frame.trigger.sequences for word in sequence}
    stems = screen_words().transfer | screen_words().untaught - {"froze", "lent"}
    begun = {stem for stem in stems if any(lemma.startswith(stem) for lemma in lemmas)}
    assert stems - begun == {"co-produc"}  # "co - produce": three lemmas
    kinds = {frame.kind[0] for frame in matcher().frames}
    told = {
        frame.kind[0]
        for frame in matcher().frames
        for sequence in frame.trigger.sequences
        if any(sequence[0].startswith(stem) for stem in transfer_terms())
    }
    assert told == kinds
