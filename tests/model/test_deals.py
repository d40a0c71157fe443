"""What follows of a deal from its events."""

from __future__ import annotations

import datetime as dt

import pytest

from followthearms.model import Kind, Modality, Ref
from followthearms.model.deals import Deal, DealRow, Event, Nature, Status

REPORTED = "2020-06-01"


def event(
    stage: Status | None, first: str = "", last: str = "", published: str = REPORTED, modality: str = "actual"
) -> Event:
    days = {"first": first, "last": last or first, "published": published}
    return Event(
        ref=Ref(document="d", claim="c"),
        kind=Kind.DELIVERY,
        modality=Modality(modality),
        stage=stage,
        quote="",
        **{name: dt.date.fromisoformat(day) if day else None for name, day in days.items()},
    )


def reached(status: Status, *events: Event) -> str | None:
    deal = Deal(id="d1", nature=Nature.TRANSFER, status=status, events=events)
    day = DealRow.of(deal).reached
    return day.isoformat() if day else None


def test_a_delivered_deal_got_there_with_the_last_delivery() -> None:
    events = (
        event(Status.AGREED, "2010-03-01"),
        event(Status.SUPPLIED, "2012-01-01", "2012-12-31"),
        event(Status.DELIVERED, "2014-05-06"),
        event(Status.PLANNED, "2019-01-01", modality="planned"),
    )
    assert reached(Status.DELIVERED, *events) == "2014-05-06"
    assert reached(Status.PARTLY_DELIVERED, *events) == "2014-05-06"
    assert reached(Status.AGREED, *events) == "2010-03-01"


@pytest.mark.parametrize(
    ("told", "day"),
    [
        (event(Status.DELIVERED), REPORTED),  # undated
        (event(Status.DELIVERED, "2020-01-01", "2020-12-31"), REPORTED),  # not after its report
        (event(Status.DELIVERED, "2019-03-01", published=""), "2019-03-01"),
        (event(Status.DELIVERED, published=""), None),
        (event(None, "2018-01-01"), "2018-01-01"),  # no event speaks for the status
    ],
)
def test_where_the_day_is_not_told_that_of_the_report_counts(told: Event, day: str | None) -> None:
    assert reached(Status.DELIVERED, told) == day


def test_a_plan_is_no_day_on_which_something_was_reached() -> None:
    assert reached(Status.PLANNED, event(Status.PLANNED, "2031-01-01", modality="planned")) == REPORTED
