"""Sums of money: amount and currency from the quote, bound and rate from the words around it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followthearms.errors import KnowledgeError
from followthearms.extract.mentions.figures.money import find_money, with_currencies
from followthearms.extract.mentions.names.actors import find_actors
from followthearms.knowledge.currencies import NAMES, SYMBOLS
from followthearms.model import Money
from followthearms.tables import parse_table


def read(text: str) -> list[tuple[str, int | float, str | None, str, str | None]]:
    """Quote, amount, currency, bound and rate of every sum."""
    spans = [m.span for m in find_money(text)]
    return [(s.text, s.amount, s.currency, s.bound.value, s.per) for s in spans if isinstance(s, Money)]


@pytest.mark.parametrize(
    ("text", "quote", "amount", "currency", "bound", "per"),
    [
        ("trade of $30 billion", "$30 billion", 30_000_000_000, "USD", "exact", None),
        ("a US$1.7bn order", "US$1.7bn", 1_700_000_000, "USD", "exact", None),
        ("worth Rs 5,100 crore", "Rs 5,100 crore", 51_000_000_000, "INR", "exact", None),
        ("the Rs. 35,000-crore deal", "Rs. 35,000-crore", 350_000_000_000, "INR", "exact", None),
        ("₹200 crore", "₹200 crore", 2_000_000_000, "INR", "exact", None),
        ("more than five billion dollars every year", "five billion dollars", 5_000_000_000, "USD", "over", "per year"),
        ("2.5 billion euros", "2.5 billion euros", 2_500_000_000, "EUR", "exact", None),
        ("€40m", "€40m", 40_000_000, "EUR", "exact", None),
        ("USD 400 million each", "USD 400 million", 400_000_000, "USD", "exact", "per unit"),
        ("A$3bn", "A$3bn", 3_000_000_000, "AUD", "exact", None),
        ("up to 60 million roubles", "60 million roubles", 60_000_000, "RUB", "up_to", None),
        ("150 mln stg", "150 mln stg", 150_000_000, "GBP", "exact", None),
        ("$25-30 billion", "$25-30 billion", 25_000_000_000, "USD", "about", None),
        ("$25 million to $30 million", "$25 million to $30 million", 25_000_000, "USD", "about", None),
        ("billions of dollars", "billions of dollars", 1_000_000_000, "USD", "over", None),
        ("a multibillion-dollar sale", "multibillion-dollar", 1_000_000_000, "USD", "over", None),
        ("estimated to be worth $5 billion", "$5 billion", 5_000_000_000, "USD", "about", None),
        ("had already crossed £2 billion annually", "£2 billion", 2_000_000_000, "GBP", "over", "per year"),
        (
            "two hundred and fifty million pounds",
            "two hundred and fifty million pounds",
            250_000_000,
            "GBP",
            "exact",
            None,
        ),
        ("$9 million per interceptor", "$9 million", 9_000_000, "USD", "exact", "per interceptor"),
        ("five trillion won", "five trillion won", 5_000_000_000_000, "KRW", "exact", None),
        ("seventy billion pesos", "seventy billion pesos", 70_000_000_000, None, "exact", None),
        ("a deal worth 350 crores.", "350 crores", 3_500_000_000, "INR", "exact", None),
        ("$400 million or more", "$400 million", 400_000_000, "USD", "over", None),
    ],
)
def test_a_sum(text: str, quote: str, amount: int, currency: str | None, bound: str, per: str | None) -> None:
    assert read(text) == [(quote, amount, currency, bound, per)]


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("The Swiss parliament approved five billion francs.", "CHF"),
        ("Poland ordered tanks for five billion francs from France.", "FRF"),
        ("Norway and Sweden paid five billion crowns to Norway's yards.", "NOK"),
        ("Poland paid five billion crowns.", None),
        ("Norway paid $5 billion.", "USD"),
    ],
)
def test_a_name_that_states_share_means_the_currency_of_the_one_that_is_named(text: str, currency: str | None) -> None:
    (found,) = with_currencies(find_money(text), find_actors(text))
    assert isinstance(found.span, Money) and found.span.currency == currency


@pytest.mark.parametrize(
    "text",
    [
        "500 pounds of explosive",
        "the team of 5 won",
        "a SAR 21 rifle",
        "$",
        "100 million",
        "a state of 2 crore people",
        "350 crores",
        "eight Chinese Yuan-class boats",
    ],
)
def test_what_is_no_sum(text: str) -> None:
    assert read(text) == []


def test_a_year_ago_is_no_rate() -> None:
    assert read("They paid $3 million a year ago.") == [("$3 million", 3_000_000, "USD", "exact", None)]


def test_every_currency_is_read_back() -> None:
    for sign, code in SYMBOLS.items():
        assert [(m[1], m[2]) for m in read(f"for {sign} 3 billion.")] == [(3_000_000_000, code)], sign
    for name, code in NAMES.items():
        assert [(m[1], m[2]) for m in read(f"for 3 billion {name}.")] == [(3_000_000_000, code)], name


def test_a_malformed_table_names_its_file() -> None:
    with pytest.raises(KnowledgeError, match=r"currencies\.yaml"):
        parse_table("USD: {symbols: $}", "currencies.yaml", dict[str, list[str]])
    with pytest.raises(KnowledgeError, match=r"currencies\.yaml"):
        parse_table("USD: [", "currencies.yaml", dict[str, list[str]])


PIECES = st.sampled_from(
    "$ € Rs US$ 5 1,000 2.5 million bn m -crore dollars euros of billions between and to - two hundred".split()
)


@given(st.lists(PIECES, max_size=10).map(" ".join) | st.lists(PIECES, max_size=10).map("".join) | st.text())
@settings(max_examples=100, deadline=None)
def test_any_text(text: str) -> None:
    end = 0
    for mention in find_money(text):
        assert text[mention.start : mention.end] == mention.span.text and mention.start >= end
        end = mention.end
