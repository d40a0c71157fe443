"""The parser's matrix products: right, and the same for a row wherever it stands."""

from __future__ import annotations

import numpy as np
import pytest

from followthearms.extract.text.parse import parse, parse_all
from followthearms.extract.text.products import times
from followthearms.model import Extent

WIDTHS = [(288, 288), (576, 288), (96, 64), (64, 1024)]
"""Widths of the parser's own products."""


@pytest.mark.parametrize(("width", "columns"), WIDTHS)
def test_a_product_is_what_it_should_be(width: int, columns: int) -> None:
    random = np.random.default_rng(1)
    rows, weights = (random.standard_normal((n, width)).astype(np.float32) for n in (37, columns))
    assert np.allclose(times(rows, weights), rows.astype(np.float64) @ weights.T, atol=1e-3)


@pytest.mark.parametrize(("width", "columns"), WIDTHS)
def test_a_rows_product_is_the_same_wherever_it_stands(width: int, columns: int) -> None:
    random = np.random.default_rng(2)
    row, weights = (random.standard_normal((n, width)).astype(np.float32) for n in (1, columns))
    alone = times(row, weights)
    assert alone.shape == (1, columns)
    for count in (2, 3, 5, 6, 7, 13, 24, 64, 101):
        for place in {0, count // 2, count - 1}:
            rows = random.standard_normal((count, width)).astype(np.float32)
            rows[place] = row[0]
            assert times(rows, weights)[place].tobytes() == alone.tobytes(), (count, place)


def test_a_text_is_parsed_the_same_whatever_is_parsed_with_it() -> None:
    texts = [
        "Ruritania will buy twelve used howitzers from Freedonia, its defence minister said on Monday.",
        "Yes.",
        "Talks on a second batch, which had been put off twice, are to begin next year. Nobody would name a price.",
    ]
    whole = [(text, [Extent(start=0, end=len(text))]) for text in texts]
    assert parse_all(whole) == [parse(text, stretches) for text, stretches in whole]
