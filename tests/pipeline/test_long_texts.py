"""The work grows with the length of a text, not with its square."""

from __future__ import annotations

import time

from followthearms import pipeline
from followthearms.model import Document

STORY = (
    "Norway delivered 22 howitzers to Ukraine on Monday. It sold Finland two of them in 2016, officials said. "
    "The country asked Sweden for rifles worth $3 million, and the two sides signed a deal. "
)
SHORT, LONG = 10, 80


def seconds(times: int) -> float:
    start = time.process_time()
    assert pipeline.read(Document(text=STORY * times)).claims
    return time.process_time() - start


def test_a_text_eight_times_as_long_takes_about_eight_times_as_long() -> None:
    seconds(1)  # loads the parser and the tables
    short = min(seconds(SHORT) for _ in range(2))
    assert seconds(LONG) < 3 * (LONG / SHORT) * short  # by the square it were eight times that
