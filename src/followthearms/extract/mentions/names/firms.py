"""Companies that no table knows, by the shape of their name: capitalised words that end in what firms are called.

Invariant: a firm found here overlaps nothing that the tables found, except that it may begin with it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from followthearms.extract.mentions.names.namesakes import is_shouted
from followthearms.extract.mentions.names.settled import Found
from followthearms.extract.mentions.taken import Taken
from followthearms.knowledge.names import Sort
from followthearms.model.mentions import Form

_FORMS = (
    r"(?:Private Limited|Pvt\.?\s?Ltd|Limited|Ltd|Incorporated|Inc|Plc|PLC|Corporation|Corp|Company|Co|SE|AG|SA|S\.A|"
    r"SpA|GmbH|LLC|JSC|AB|ASA|NV|BV)\b\.?"
)
LEGAL_FORM = re.compile(rf",?[ \n]{_FORMS}")
_ENDS = (
    r"Industries|Aerospace|Shipyards?|Shipbuilding|Shipbuilders|Technologies|Defence Systems|Defense Systems|Armaments|"
    r"Aviation|Aeronautics|Robotics|Dynamics|Holdings|Dockyard|Design Bureau|Arms Factory|Avionics|"
    r"Marine Systems|Defence|Defense|Aircraft Corporation|Machine-Building Plant|Electronics"
)
_FIRM = re.compile(
    rf"\b(?:[A-Z][\w&+’'-]{{0,30}}[ ]){{1,4}}(?:(?:{_ENDS})\b(?:[ ](?:{_ENDS}))?(?:,?[ ]{_FORMS})?|(?:,[ ])?"
    rf"(?:Private Limited|Pvt\.?[ ]?Ltd|Limited|Ltd|Inc|Plc|Corporation|Corp|GmbH|LLC|JSC)\b\.?)"
)
_THEN_FIRM = re.compile(r"(?:['’]s)?[ ]")
_NOT_FIRST = re.compile(
    r"(?:The|A|An|In|On|At|By|For|From|With|And|But|If|As|Of|To|When|While|After|Before|Since|Its|His|Their|This|That|"
    r"Under|Also|Both|New|Former|State|Minister|Ministry|Department|Secretary|National|Royal|President|Civil|Air|"
    r"Missile|Coastal|Homeland|Ballistic|Integrated|Chief|Director|Joint)[ ]"
)
_NO_FIRM = re.compile(
    r"\d|\b(?:Air|Area|Missile|Strategic|Foreign|For|Coastal|Civil|Point|Breaking|Collective|Self|National|Pradesh|Indo|"
    r"Naval|Space|Territorial|Cyber) (?:Defen[cs]e|Aviation|Electronics|Technologies)\b"
)


def unknown_firms(text: str, known: Sequence[Found]) -> Iterator[Found]:
    """Firms by shape. The state is that of the adjective or name right before or at the head of the name, if any."""
    ends = sorted((f.end, f.start, f.code) for f in known if f.form in (Form.ADJECTIVE, Form.NAME))
    taken = Taken((f.start, f.end) for f in known if f.sort is not Sort.INSTITUTION)
    for hit in _FIRM.finditer(text):
        start = hit.start()
        while first := _NOT_FIRST.match(text, start, hit.end()):
            start = first.end()
        code = ""
        n = bisect_left(ends, (start, 0, ""))
        for end, begin, state in ends[n : n + 2]:
            if begin == start and (space := _THEN_FIRM.match(text, end, hit.end())):
                start, code = space.end(), state
        before = ends[n - 1] if n else None
        if not code and before and _THEN_FIRM.fullmatch(text, before[0], start):
            code = before[2]
        firm = " " in text[start : hit.end()] and not _NO_FIRM.search(text[start : hit.end()])
        if firm and not taken.touches(start, hit.end()) and not is_shouted(text, start):
            yield Found(start, hit.end(), code, Sort.COMPANY, Form.COMPANY)
