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


def names(data: str, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """The layers of texts that `naming.placed_names` places."""
    return [
        of(data)
        .transform_filter(f"datum.align === '{align}'")
        .mark_text(align=align, baseline="middle", fontSize=12)
        .encode(x, y, text="name:N", href="link:N")
        for align in ("center", "left", "right")
    ]
