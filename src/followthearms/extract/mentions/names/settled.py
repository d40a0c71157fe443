"""Names that depend on the article: an abbreviation of several states, Moscow before and after 1991, a bare "Navy".

Invariant: what cannot be settled by the text itself is dropped, never guessed from outside.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from followthearms.extract.mentions.names.namesakes import is_shouted
from followthearms.knowledge.names import Sort
from followthearms.model.mentions import Form, Mention, MentionType
from followthearms.model.slots import Party

_MAIN_SHARE = 0.4
"""Share of all mentions of states that a state needs to lend a bare "Army" its code; set by hand, checked on train."""
_MAIN_MENTIONS = 2
"""Mentions that the main state has at least."""
_GOES_ON = re.compile(r"-| (?!(?:is|was|are|were|has|have|had|will|would|said|says)\b)(?:[a-z]+(?:ed|ing)? )?(?=[A-Z])")
_STATE_FORMS = (Form.NAME, Form.ADJECTIVE, Form.CAPITAL, Form.FORCE)


@dataclass(frozen=True, slots=True)
class Found:
    """A name on its way to a mention; `kind` is the institution in it, folded."""

    start: int
    end: int
    code: str
    sort: Sort
    form: Form
    kind: str = ""

    def to(self, end: int) -> Found:
        """The same up to another end."""
        return replace(self, end=end)

    def mention(self, text: str) -> Mention:
        """The mention that quotes the text."""
        quote = text[self.start : self.end]
        type_ = MentionType.COMPANY if self.sort is Sort.COMPANY else MentionType.ACTOR
        return Mention(type_, Party(start=self.start, end=self.end, text=quote, code=self.code or None), self.form)


def settled(text: str, found: Sequence[Found]) -> Iterator[Found]:
    """The names with what the article decides decided."""
    counts = Counter(f.code for f in found if f.form in _STATE_FORMS and f.sort is not Sort.AMBIGUOUS and f.code)
    forces = Counter((f.kind, f.code) for f in found if f.kind and f.code)
    soviet = counts["SU"] > counts["RU"] - sum(f.code == "RU" and f.sort is Sort.SEAT for f in found)
    for f in found:
        match f.sort:
            case Sort.AMBIGUOUS:
                codes = f.code.split()
                yield replace(f, code=max(codes, key=lambda c: (counts[c], -codes.index(c))))
            case Sort.SEAT if f.code == "RU" and soviet and counts["SU"]:
                yield replace(f, code="SU")
            case Sort.INSTITUTION:
                code = _whose(text, f, counts, forces)
                if code:
                    yield replace(f, code=code, sort=Sort.FORCE)
            case _:
                yield f


def _whose(text: str, bare: Found, counts: Counter[str], forces: Counter[tuple[str, str]]) -> str:
    """The state of a bare institution: the only one named with it, or for a name the article's main state."""
    the = text[max(0, bare.start - 4) : bare.start].lower() == "the "
    proper = text[bare.start].isupper() and not is_shouted(text, bare.start)
    if not (the or proper) or _GOES_ON.match(text, bare.end):
        return ""
    owners = [code for kind, code in forces if kind == bare.kind]
    if len(owners) == 1:
        return owners[0]
    if not proper or not counts:
        return ""
    code, n = counts.most_common(1)[0]
    return code if n >= _MAIN_MENTIONS and n >= _MAIN_SHARE * counts.total() else ""
