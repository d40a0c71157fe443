from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from followthearms.link import stories
from followthearms.link.stories import is_copy, shingles, sketch
from followthearms.model import Document

WIRE = (
    "The defence ministry said on Tuesday that the first twelve howitzers had left the factory and would reach the "
    "northern border within three weeks, after a year of delays that both capitals put down to late payments and a "
    "shortage of optical sights. A spokesman declined to say how many of the remaining guns had been paid for."
)
OTHER = (
    "Two frigates ordered four years ago will be handed over in spring, the shipyard told shareholders, adding that "
    "sea trials had shown no fault in the propulsion and that the crews were already training on the first vessel."
)


def of(name: str, text: str, outlet: str | None = None) -> Document:
    return Document(id=name, text=text, outlet=outlet)


def grouped(*documents: Document) -> set[tuple[str, ...]]:
    return {story.documents for story in stories(documents)}


def test_copies_that_differ_in_white_space_and_case_are_one_story() -> None:
    assert grouped(of("a", WIRE), of("b", WIRE.replace(" ", "\n ").upper())) == {("a", "b")}


def test_a_syndicated_copy_with_another_headline_and_dateline_is_one_story() -> None:
    first = of("a", f"First guns leave plant\n\nASHFORD, 3 May (Wirecall) - {WIRE}", "Wirecall")
    second = of("b", f"After a year of waiting, howitzers are on their way at last\n\nBrinmouth: {WIRE}", "Post")
    found = stories([first, second])
    assert [story.documents for story in found] == [("a", "b")]
    assert found[0].outlets == ("Post", "Wirecall")


def test_a_copy_cut_at_the_end_is_one_story() -> None:
    assert grouped(of("a", WIRE), of("b", WIRE[: len(WIRE) * 2 // 3])) == {("a", "b")}


def test_reports_written_apart_are_stories_of_their_own() -> None:
    assert grouped(of("a", WIRE), of("b", OTHER)) == {("a",), ("b",)}


def test_a_round_up_that_quotes_a_report_is_a_story_of_its_own() -> None:
    news = " ".join(f"In item {n} the committee took up case {n * 7} of its long list." for n in range(60))
    assert grouped(of("a", WIRE), of("b", f"{news} {WIRE}")) == {("a",), ("b",)}


def test_short_texts_are_copies_only_if_equal() -> None:
    assert grouped(of("a", "Army gets 12 guns."), of("b", "Army gets 14 guns."), of("c", "ARMY gets 12 guns")) == {
        ("a", "c"),
        ("b",),
    }


@given(st.permutations(["a", "b", "c", "d", "e"]))
def test_the_order_of_documents_plays_no_part(names: list[str]) -> None:
    texts = {"a": WIRE, "b": WIRE.upper(), "c": OTHER, "d": f"{OTHER} End.", "e": "Army gets 12 guns."}
    assert stories(of(name, texts[name]) for name in names) == stories(of(name, texts[name]) for name in sorted(names))


def test_the_id_of_a_story_does_not_depend_on_the_names_of_its_documents() -> None:
    assert stories([of("a", WIRE)])[0].id == stories([of("z", WIRE)])[0].id


def test_copies_share_a_part_of_their_sketches_and_strangers_hardly_any() -> None:
    long = " ".join(f"In item {n} the committee took up case {n * 7} of list {n * 13}." for n in range(250))
    copy = f"Another headline\n\n{long[: len(long) * 2 // 3]}"
    assert is_copy(shingles(long), shingles(copy)) and sketch(shingles(long)) & sketch(shingles(copy))
    assert sketch(shingles(long)) <= shingles(long) and len(sketch(shingles(long))) < len(shingles(long)) / 10
    assert not sketch(shingles(OTHER)) & sketch(shingles(WIRE)) and not is_copy(shingles(OTHER), shingles(WIRE))


def test_short_texts_are_whole_in_their_sketch() -> None:
    assert sketch(shingles(WIRE)) == shingles(WIRE) and sketch(shingles("Army gets 12 guns.")) == shingles(
        "army gets 12 guns"
    )
    assert all(0 <= number < 2**63 for number in sketch(shingles(WIRE)))


@given(st.permutations(range(4)))
def test_stories_are_what_sketches_and_is_copy_make_of_pairs(order: list[int]) -> None:
    texts = [WIRE, f"Dateline: {WIRE}", OTHER, WIRE[: len(WIRE) * 5 // 6]]
    documents = [of(f"d{n}", texts[n]) for n in order]
    pairs = {
        (left.id, right.id)
        for left in documents
        for right in documents
        if sketch(shingles(left.text)) & sketch(shingles(right.text))
        and is_copy(shingles(left.text), shingles(right.text))
    }
    together = {(a, b) for story in stories(documents) for a in story.documents for b in story.documents}
    assert pairs == together
