from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followthearms.errors import QueryError
from followthearms.model.filters import FILTERS, Days, Numbers, Shape
from followthearms.model.query import LONGEST, Condition, Query, Sort, Words

MARKS = st.text(st.sampled_from('ab1é *"\\:,-.<>+\n\tß\u0301'), max_size=12)
NAMES = st.sampled_from([*FILTERS, "year", "after", "before", "sort", "no"])
VALUES = st.sampled_from(
    'RU "Saudi Arabia" RU,BY delivered in_production yes 2019 2018-02..2019 2020-02-29.. any ..2019-06-30 10..20 >1.5k '
    "<3bn 0.000001 1.234567k ..7 told -rank refusal quantity".split(" ")
)
PARTS = st.one_of(MARKS, st.builds("{}:{}".format, NAMES, VALUES), st.builds("-{}:{}".format, NAMES, VALUES))


def parsed(text: str) -> Query | None:
    try:
        return Query.parse(text)
    except QueryError as error:
        is_placed = 1 <= error.position <= len(text) + 1
    assert is_placed
    return None


@given(st.lists(PARTS, max_size=6).map(" ".join))
def test_a_query_prints_as_itself_and_fits_in_an_address(text: str) -> None:
    query = parsed(text)
    if query is not None:
        assert Query.parse(str(query)) == query
        assert str(Query.parse(str(query))) == str(query)
        assert Query.from_url(query.to_url()) == query
        assert query.to_url().isascii() and " " not in query.to_url()


@given(st.text())
def test_any_text_is_a_query_or_a_query_error(text: str) -> None:
    parsed(text)


@given(st.binary(max_size=30))
def test_any_address_is_a_query_or_a_query_error(raw: bytes) -> None:
    try:
        Query.from_url("q=" + "".join(f"%{byte:02x}" for byte in raw))
    except QueryError as error:
        is_placed = error.position >= 1
    else:
        is_placed = True
    assert is_placed


def test_the_parts_of_a_query() -> None:
    query = Query.parse(
        'supplier:RU,"Saudi Arabia" equipment:AK-203 -kind:Refusal after:2019 "joint venture" rif* sort:-told'
    )
    assert query == Query(
        words=(Words("joint venture"), Words("rif", beginning=True)),
        conditions=(
            Condition("supplier", ("RU", "Saudi Arabia")),
            Condition("equipment", ("AK-203",)),
            Condition("kind", ("refusal",), negated=True),
            Condition("date", (Days(dt.date(2019, 1, 1)),)),
        ),
        sort=Sort("told", falling=True),
    )
    assert str(query) == (
        '"joint venture" rif* supplier:RU,"Saudi Arabia" equipment:AK-203 -kind:refusal date:2019-01-01.. sort:-told'
    )


ALIKE = {
    "STATUS:In_Production": 'status:"in production"',
    "year:2019": "date:2019-01-01..2019-12-31",
    "after:2019-02 ": "date:2019-02-01..",
    "before:2019": "date:..2018-12-31",
    "date:2019-02": "date:2019-02-01..2019-02-28",
    "value:>=1.5bn": "value:1500000000..",
    "value:2m": "value:2000000..2000000",
    "sort:+told": "sort:told",
    '"rifles"': "rifles",
    "kind:offer,offer": "kind:offer",
    "-AK-203": '-"AK-203"',
}


@pytest.mark.parametrize("text", ALIKE)
def test_two_ways_to_write_one_query(text: str) -> None:
    assert Query.parse(text) == Query.parse(ALIKE[text])


def test_ends_that_are_left_out() -> None:
    assert Query.parse("quantity:>5").conditions[0].values == (Numbers(5, None, strict=True),)
    assert Query.parse("quantity:5..").conditions[0].values == (Numbers(5, None),)
    assert Query.parse("date:2019").conditions[0].values == (Days(dt.date(2019, 1, 1), dt.date(2019, 12, 31)),)


WRONG = {
    "rifles suplier:RU": (8, "suplier:RU", "there are party, supplier,"),
    "supplier:RU kind:denial": (18, "denial", "there are interest, request,"),
    "kind:offer,denial": (12, "denial", "kind"),
    "supplier:": (10, "supplier:", "no value"),
    "supplier:RU,": (13, "supplier:", "no value"),
    "supplier:,RU": (10, "supplier:", "no value"),
    'say "joint venture': (5, '"joint venture', "closing quote"),
    'supplier:"RU"BY': (1, 'supplier:"RU"BY', "comma"),
    "date:2019-13": (6, "2019-13", "2019-03-04"),
    "date:2020..2019": (6, "2020..2019", "2019-03-04"),
    "after:2018..2019": (7, "2018..2019", "2019-03-04"),
    "before:0001": (8, "0001", "2019-03-04"),
    "value:much": (7, "much", "1bn"),
    "value:9..3": (7, "9..3", "1bn"),
    "value:9999999999999bn": (7, "9999999999999bn", "1bn"),
    "sort:size": (1, "sort:size", "there are rank, told"),
    "-sort:told": (1, "-sort:told", "order"),
    "sort:told sort:date": (11, "sort:date", "give one"),
    "a - b": (3, "-", "no letter"),
    "ri*": (1, "ri*", "3 letters"),
    'party:"?!"': (7, "?!", "no value"),
    "a\x00b": (2, "\x00", "leave it out"),
    "a" * (LONGEST + 1): (1, "a" * 20, "longer"),
}  # fmt: skip


@pytest.mark.parametrize("text", WRONG)
def test_an_error_names_the_word_its_place_and_what_there_is(text: str) -> None:
    position, word, told = WRONG[text]
    with pytest.raises(QueryError) as caught:
        Query.parse(text)
    assert (caught.value.position, caught.value.word) == (position, word)
    assert told in str(caught.value)


def test_too_many_words_are_refused() -> None:
    with pytest.raises(QueryError, match="more than 40"):
        Query.parse(" ".join(f"a{n}" for n in range(41)))


def test_every_filter_of_choices_takes_all_of_them() -> None:
    for one in FILTERS.values():
        assert bool(one.choices) == (one.shape is Shape.CHOICE)
        for choice in one.choices:
            assert Query.parse(f"{one.name}:{choice}").conditions == (Condition(one.name, (choice,)),)
