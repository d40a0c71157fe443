"""A text that many print word for word is read once."""

import datetime as dt

from followthearms import pipeline
from followthearms.model import Document
from followthearms.screen import Known

TEXT = "OSLO, 6 May 2024 - Norway delivered 12 missiles to Chile last week."
DAY = dt.date(2024, 5, 6)


def test_what_is_shared_is_what_reading_would_give() -> None:
    for day in (None, DAY):
        first = Document(id="a", text=TEXT, date=day, outlet="One")
        copy = Document(id="b", text=TEXT, date=day, outlet="Other", url="https://example.org/b")
        known = Known()
        assert known.shared(first) is None
        known.keep(first, pipeline.read(first))
        shared = known.shared(copy)
        assert shared is not None and shared.claims
        assert shared == pipeline.read(copy)


def test_another_day_or_title_is_read_anew() -> None:
    known, first = Known(), Document(id="a", text=TEXT, date=DAY)
    known.keep(first, first)
    assert known.shared(Document(id="b", text=TEXT, date=dt.date(2024, 5, 7))) is None
    assert known.shared(Document(id="c", text=TEXT, date=DAY, title="Chile's navy")) is None
    assert known.shared(Document(id="d", text=TEXT + " ", date=DAY)) is None
    assert known.shared(Document(id="e", text=TEXT, date=DAY)) is not None


def test_what_was_met_longest_ago_is_forgotten() -> None:
    known = Known(most=2)
    one, two, three = (Document(id=c, text=c) for c in "abc")
    known.keep(one, one)
    known.keep(two, two)
    assert known.shared(one) is not None
    known.keep(three, three)
    assert known.shared(two) is None
    assert known.shared(one) is not None and known.shared(three) is not None
