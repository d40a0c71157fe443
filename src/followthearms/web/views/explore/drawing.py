"""Charts drawn on the server, as SVG that stands in a page. The only module that knows the renderer.

Invariant: nothing is fetched, and no address or title passes through the renderer: a mark carries a number, and the
cleaned picture gets the link of that number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import vl_convert
from markupsafe import Markup

from followthearms.web.views.explore.cleaning import cleaned

SCHEMA = "v6.4"
"""The version of Vega-Lite that the renderer runs; the newest of those that it carries."""

_CONFIG: dict[str, Any] = {
    "background": None,
    "view": {"stroke": None},
    "autosize": "none",  # what the renderer takes for the width of a text is not what a browser makes of it
    "axis": {
        "domainColor": "var(--strong)",
        "gridColor": "var(--rule)",
        "tickColor": "var(--rule)",
        "labelColor": "var(--soft)",
        "titleColor": "var(--soft)",
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
    },
    "text": {"color": "var(--ink)", "fontSize": 12},
}
"""Colours are those of the style sheet, so that a picture follows the page from light to dark."""


Chart = alt.Chart | alt.LayerChart | alt.FacetChart
Spec = Mapping[str, Any]
Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Link:
    """Where a mark leads, and what it says when it is pointed at."""

    href: str
    title: str


def spec(chart: Chart) -> Spec:
    """The chart in the language of Vega-Lite. It takes Altair long, so that charts are kept: they hold no rows."""
    return {**chart.to_dict(), "config": _CONFIG}


def draw(spec: Spec, data: Mapping[str, Rows], links: Sequence[Link], label: str) -> Markup:
    """A chart as SVG. `data` are its named data; a field `link`, encoded as href, holds numbers of `links`.

    `label` names the picture for those who do not see it.
    """
    whole = {**spec, "datasets": data}
    svg = vl_convert.vegalite_to_svg(whole, vl_version=SCHEMA, allowed_base_urls=[])
    return cleaned(svg, [(one.href, one.title) for one in links], label)


def of(name: str) -> alt.Chart:
    """A chart of named data, which `draw` gets."""
    return alt.Chart(alt.NamedData(name))


def apart(marks: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The first of some marks whose names have room beside each other; `x` and `y` are pixels."""
    found: list[Mapping[str, Any]] = []
    for one in marks:
        if not any(_touch(one, other) for other in found):
            found.append(one)
    return found


def _touch(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two names would cover each other; a letter is some 7 pixels wide in most fonts, and a line 15 high."""
    wide = 3.6 * (len(one["name"]) + len(other["name"])) + 6
    return bool(abs(one["x"] - other["x"]) < wide and abs(one["y"] - other["y"]) < 15)
