"""A drawn picture rebuilt of what a page may hold, and of nothing else.

Invariant: in the result every element is one of `ELEMENTS`, every attribute one of `ATTRIBUTES` with a value of its
shape; there is no style, no script, no reference, and every link and title is one that the caller gave. Whatever the
renderer made of a hostile text, this does not let it through.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree
from markupsafe import Markup

from followthearms.exchange.words import short

SVG = "http://www.w3.org/2000/svg"
_XLINK = "{http://www.w3.org/1999/xlink}href"

ELEMENTS = frozenset({"svg", "g", "a", "path", "line", "text"})

_NUMBER = r"-?[\d.]+(?:e-?\d+)?"
_NUMBERS = rf"{_NUMBER}(?:[ ,]+{_NUMBER})*"
_PAINT = r"none|transparent|#[0-9a-f]{3,8}|[a-z]+|var\(--[a-z0-9-]+\)"
_SHAPES = {
    _NUMBER: ("x", "y", "x1", "y1", "x2", "y2", "width", "height", "opacity"),
    rf"{_NUMBER}(?:px)?": (
        "font-size",
        "stroke-width",
        "fill-opacity",
        "stroke-opacity",
        "stroke-miterlimit",
        "stroke-dashoffset",
    ),
    _NUMBERS: ("viewBox", "stroke-dasharray"),
    _PAINT: ("fill", "stroke"),
    rf"(?:(?:translate|rotate|scale)\({_NUMBERS}\)\s*)*": ("transform",),
    r"[MLHVCSQTAZmlhvcsqtaz\d\s.,e-]*": ("d",),
    "start|middle|end": ("text-anchor",),
    "normal|bold|[1-9]00": ("font-weight",),
    "normal|italic": ("font-style",),
    "butt|round|square": ("stroke-linecap",),
    "miter|round|bevel": ("stroke-linejoin",),
    "none": ("pointer-events", "display"),
}
ATTRIBUTES = {name: re.compile(shape) for shape, names in _SHAPES.items() for name in names}

_NO_XML = re.compile("[\ufffe\uffff]")
_MARK = re.compile(r"(?:^|/)(\d{1,6})$")
"""The number of a link at the end of what the renderer made of it."""


def cleaned(svg: str, links: Sequence[tuple[str, str]], label: str) -> Markup:
    """A picture that is named by `label`; `links` has address and title for each number that a mark leads to.

    The links are out of the tabulator's way, as the table beside each picture has them all.
    Raises ValueError if the renderer's answer is no SVG, or leads to a number that is not there.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    source = etree.fromstring(svg.encode(), parser)
    if source.tag != f"{{{SVG}}}svg":
        raise ValueError(f"a renderer gave {source.tag} for a picture")
    picture = etree.Element(f"{{{SVG}}}svg", nsmap={None: SVG})
    _fill(picture, source, links)
    picture.set("role", "group")
    picture.set("aria-label", said(label))
    return Markup(etree.tostring(picture, encoding="unicode"))


def said(text: str, longest: int = 300) -> str:
    """A text as a picture may show it: in one line, cut short, of characters that XML has."""
    return _NO_XML.sub("\ufffd", short(text, longest))


def _fill(made: etree._Element, source: etree._Element, links: Sequence[tuple[str, str]]) -> None:
    """Give an element what may stand in it."""
    for name, value in source.items():
        if name in ATTRIBUTES and ATTRIBUTES[name].fullmatch(value):
            made.set(name, value)
    if made.tag == f"{{{SVG}}}a":
        _lead(made, source, links)
    if made.tag == f"{{{SVG}}}text":
        made.text = source.text
    for child in source:
        tag = etree.QName(child).localname if isinstance(child.tag, str) else ""
        if tag in ELEMENTS - {"svg"} and child.get("display") != "none":
            _fill(etree.SubElement(made, f"{{{SVG}}}{tag}"), child, links)


def _lead(made: etree._Element, source: etree._Element, links: Sequence[tuple[str, str]]) -> None:
    mark = _MARK.search(source.get(_XLINK, ""))
    if not mark or int(mark[1]) >= len(links):
        raise ValueError("a mark of a picture leads nowhere")
    href, title = links[int(mark[1])]
    made.set("href", href)
    made.set("tabindex", "-1")
    made.set("aria-label", said(title))
    etree.SubElement(made, f"{{{SVG}}}title").text = said(title)
