"""What the timeline draws: bars of years, and lines of deals with a mark for what their claims tell of.

Invariants: what a colour says, a place or a shape says as well; only what is told as a fact is filled.
"""

from __future__ import annotations

import calendar
import datetime as dt
import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import altair as alt

from followthearms.exchange import words
from followthearms.model.deals import DealRow
from followthearms.model.kinds import Kind, Modality
from followthearms.register.answers.flows import Happening
from followthearms.web import links
from followthearms.web.views.explore.cleaning import said
from followthearms.web.views.explore.drawing import Link, Spec, draw, of, spec
from followthearms.web.views.explore.page import Drawn, Picture, deals

_SORTS = {
    "sought or offered": (Kind.INTEREST, Kind.REQUEST, Kind.OFFER, Kind.NEGOTIATION, Kind.CONTACT),
    "agreed or approved": (
        *(Kind.PLEDGE, Kind.APPROVAL, Kind.SELECTION, Kind.AGREEMENT, Kind.ASSURANCE, Kind.LIFTING),
        Kind.COOPERATION,
    ),
    "made, paid or delivered": (Kind.PRODUCTION, Kind.DELIVERY, Kind.SUPPLY, Kind.PAYMENT, Kind.TRADE),
    "refused, restricted or seized": (Kind.REFUSAL, Kind.RESTRICTION, Kind.SEIZURE, Kind.DIVERSION),
    "held": (Kind.HOLDING,),
}
"""What claims tell of, each sort with a colour and a shape of its own."""
_COLOURS = ("var(--quantity)", "var(--recipient)", "var(--equipment)", "var(--warn)", "var(--plain)")
_SHAPES = {"circle": "●", "square": "■", "triangle-up": "▲", "cross": "✚", "diamond": "◆"}
"""Shapes by their names, and how a legend shows them."""
_SOLID, _DOTTED, _BROKEN = "solid", "dotted", "broken"
_DASHES = {_SOLID: [1, 0], _DOTTED: [2, 2], _BROKEN: [4, 3]}
"""Lines: pixels that are drawn, and that are left out."""
_WIDTH = 900
_PADDING = {"left": 5, "right": 16, "top": 5, "bottom": 26}
_BAND = 46
"""Pixels of a row of years."""
_LINE = 24
"""Pixels of the row of a deal."""


def called(one: Happening) -> str:
    """What claims tell of, in words: "delivery (planned)"."""
    kind = f"no {one.kind.value}" if one.negated else one.kind.value
    return kind if one.modality is Modality.ACTUAL else f"{kind} ({one.modality.value})"


def drawn_years(rows: Sequence[Drawn], classes: Sequence[str]) -> Picture:
    """Bars over the years, a row for each class that has any, in the order of the classes."""
    stages = [name for name in classes if any(row.held["stage"] == name for row in rows)]
    most = max(row.deals for row in rows)
    bars: list[dict[str, Any]] = []
    peaks: list[dict[str, Any]] = []
    for number, row in enumerate(rows):
        year, ground = int(row.held["year"]), (stages.index(row.held["stage"]) + 1) * _BAND
        top = ground - max(row.deals / most * (_BAND - 18), 1.5)
        bars.append({"x": year + 0.08, "x2": year + 0.92, "y": ground, "y2": top, "link": str(number)})
    for place, name in enumerate(stages):
        number, row = max(
            ((n, row) for n, row in enumerate(rows) if row.held["stage"] == name), key=lambda one: one[1].deals
        )
        peaks.append({"x": bars[number]["x"] + 0.42, "y": bars[number]["y2"], "text": f"{row.deals:,}"})
        peaks[-1] |= {"name": name, "ground": (place + 1) * _BAND}
    marks = [Link(row.href, f"{row.shown[0]}, {row.shown[1]}: {deals(row.deals)}") for row in rows]
    years = [int(row.held["year"]) for row in rows]
    chart = _years_chart(min(years), max(years) + 1, len(stages))
    svg = draw(chart, {"bars": bars, "peaks": peaks}, marks, "Bars: deals by year and by where they stand")
    caption = "Each class of status in a row of its own; the number stands over the year with the most."
    return Picture("Deals by the year in which they got where they stand", svg, caption)


@lru_cache(maxsize=64)
def _years_chart(low: int, high: int, bands: int) -> Spec:
    """A chart from one year to before another, of so many rows."""
    y, across = _y("y", bands * _BAND), _x("x", low, high)
    ground = _y("ground", bands * _BAND)
    return spec(
        alt.layer(
            of("peaks").mark_rule(stroke="var(--rule)").encode(y=ground),
            of("bars").mark_rect(fill="var(--link)").encode(across, alt.X2("x2"), y, alt.Y2("y2"), href="link:N"),
            of("peaks").mark_text(dy=-7, fontSize=11).encode(across, y, text="text:N"),
            of("peaks").mark_text(dy=-9, align="right").encode(x=alt.value(-10), y=ground, text="name:N"),
        ).properties(width=_WIDTH, height=bands * _BAND, padding={**_PADDING, "left": 130, "top": 12})
    )


def drawn_claims(shown: Sequence[DealRow], happenings: Sequence[Happening]) -> Picture:
    """A line for each deal, with marks where its claims say that something happens; each of these has a day."""
    titles = {row.id: words.heading(row) for row in shown}
    places = {row.id: (number + 0.5) * _LINE for number, row in enumerate(shown)}
    marks = [Link(links.deal(name, "timeline"), title) for name, title in titles.items()]
    heads = [
        {"y": places[name], "name": said(title, 46), "link": str(number)}
        for number, (name, title) in enumerate(titles.items())
    ]
    events = []
    for one in happenings:
        events.append({"y": places[one.deal], "link": str(len(marks)), **_mark(one)})
        told = f"{called(one)}, {words.days(one.first, one.last)}, by {words.counted(one.claims, 'claim')}"
        marks.append(Link(links.deal(one.deal, "timeline"), f"{titles[one.deal]}: {told}"))
    data = {"heads": heads, "events": events, "ranges": [one for one in events if one["x2"] - one["x"] > 1 / 300]}
    low, high = math.floor(min(one["x"] for one in events)), math.ceil(max(one["x2"] for one in events))
    svg = draw(_claims_chart(low, high, len(shown)), data, marks, "Lines of deals with marks of what happened when")
    legend = ", ".join(f"{sign} {sort}" for sort, sign in zip(_SORTS, _SHAPES.values(), strict=True))
    caption = (
        f"{legend}. Filled: told as a fact; hollow: planned, possible or supposed; dotted: said not to happen. "
        "A bar is the stretch of time that a text leaves open, broken where it is not told as a fact."
    )
    return Picture("What the claims of each deal tell of", svg, caption)


def _mark(one: Happening) -> Mapping[str, Any]:
    first, last = one.first or one.last, one.last or one.first
    assert first and last
    place = next(number for number, kinds in enumerate(_SORTS.values()) if one.kind in kinds)
    start, end = _year(first), _year(last + dt.timedelta(days=1) if last < dt.date.max else last)
    colour, is_fact = _COLOURS[place], one.modality is Modality.ACTUAL and not one.negated
    drawn = {"fill": colour if is_fact else "var(--paper)", "colour": colour, "shape": list(_SHAPES)[place]}
    drawn |= {"outline": _DOTTED if one.negated else _SOLID, "bar": _SOLID if is_fact else _BROKEN}
    return {"x": start, "x2": end, "middle": (start + end) / 2, **drawn}


def _year(day: dt.date) -> float:
    """A day as a part of its year: 2019.5 is the beginning of July."""
    return day.year + (day.timetuple().tm_yday - 1) / (366 if calendar.isleap(day.year) else 365)


@lru_cache(maxsize=64)
def _claims_chart(low: int, high: int, lines: int) -> Spec:
    """A chart from one year to before another, of so many deals."""
    across, middle, y = _x("x", low, high), _x("middle", low, high), _y("y", lines * _LINE)
    plain: dict[str, Any] = {"scale": None, "legend": None}
    dashes = {**plain, "scale": alt.Scale(domain=list(_DASHES), range=list(_DASHES.values()))}
    return spec(
        alt.layer(
            of("heads").mark_rule(stroke="var(--rule)", strokeDash=[1, 3]).encode(y=y),
            of("ranges")
            .mark_rule(strokeWidth=6, strokeOpacity=0.35, strokeCap="butt")
            .encode(
                across,
                alt.X2("x2"),
                y,
                stroke=alt.Stroke("colour:N", **plain),
                strokeDash=alt.StrokeDash("bar:N", **dashes),
                href="link:N",
            ),
            of("events")
            .mark_point(size=70, strokeWidth=1.5, opacity=1)
            .encode(
                middle,
                y,
                shape=alt.Shape("shape:N", **plain),
                stroke=alt.Stroke("colour:N", **plain),
                strokeDash=alt.StrokeDash("outline:N", **dashes),
                fill=alt.Fill("fill:N", **plain),
                href="link:N",
            ),
            of("heads").mark_text(align="right").encode(x=alt.value(-10), y=y, text="name:N", href="link:N"),
        ).properties(width=_WIDTH - 200, height=lines * _LINE, padding={**_PADDING, "left": 310})
    )


def _x(field: str, low: int, high: int) -> alt.X:
    """Years from left to right."""
    scale = alt.Scale(domain=[low, high], nice=False, zero=False)
    return alt.X(
        f"{field}:Q",
        title=None,
        axis=alt.Axis(format="d", tickMinStep=1, grid=False, labelOverlap=True),
        scale=scale,
    )


def _y(field: str, high: int) -> alt.Y:
    """Pixels from above."""
    return alt.Y(f"{field}:Q", axis=None, scale=alt.Scale(domain=[0, high], range=[0, high], nice=False))
