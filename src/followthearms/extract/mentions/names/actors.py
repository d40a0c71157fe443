"""States, bodies, groups and companies in a text, in one scan over one index of names.

The scan finds names; neighbours are joined ("Indian" + "Navy"), namesakes dropped, and names that depend on the article
settled ("IAF", "Moscow", a bare "Navy").
Invariant: mentions do not overlap, stand in text order, and each quotes the text without article or possessive ending.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain

from followthearms.extract.mentions.names.firms import LEGAL_FORM, unknown_firms
from followthearms.extract.mentions.names.namesakes import is_meant
from followthearms.extract.mentions.names.settled import Found, settled
from followthearms.knowledge.names import Index, Match, Sort, Word, fold, words_of
from followthearms.knowledge.offices import force_names, institution_names
from followthearms.knowledge.organisations import organisation_names
from followthearms.knowledge.states import state_names
from followthearms.model.mentions import Form, Mention

_FORMS = {
    Sort.STATE: Form.NAME,
    Sort.PEOPLE: Form.ADJECTIVE,
    Sort.PREFIX: Form.ADJECTIVE,
    Sort.SEAT: Form.CAPITAL,
    Sort.BODY: Form.BODY,
    Sort.BLOC: Form.GROUP,
    Sort.GROUP: Form.GROUP,
    Sort.GENERIC: Form.GROUP,
    Sort.VAGUE: Form.GROUP,
    Sort.COMPANY: Form.COMPANY,
    Sort.FORCE: Form.FORCE,
    Sort.AMBIGUOUS: Form.FORCE,
}
_LINK = re.compile(r"(?:['’]s?)?[ \n]+(?:(?:own|federal|central|state|armed)[ \n]+)?", re.IGNORECASE)
_SPACE = re.compile(r"[ \n]+")
_OF = re.compile(r"[ \n]+of[ \n]+(?:the[ \n]+)?(?:(?:Republic|Kingdom|State)[ \n]+of[ \n]+)?", re.IGNORECASE)
_ONE_OF_IT = re.compile(r"[ \n]+(?:[a-z-]+[ \n]+)?(?:country|nation|state|kingdom|republic|island)\b(?!-)")
"""After the name of a region: "the South Asian nation" is one state of it, named elsewhere."""
_ROYAL = re.compile(r"\bRoyal[ \n]+\Z", re.IGNORECASE)


def find_actors(text: str) -> list[Mention]:
    """The parties that a text names, in text order. Never fails, whatever the text."""
    words = words_of(text)
    matches = [m for m in party_names().scan(text, words) if is_meant(text, words, m)]
    found = list(_Reader(text, words, matches).read())
    found.extend(unknown_firms(text, found))
    return [f.mention(text) for f in settled(text, sorted(found, key=lambda f: f.start))]


@lru_cache(maxsize=1)
def party_names() -> Index:
    """Every name of a state, body, group, company or force."""
    return Index(chain(state_names(), organisation_names(), force_names()))


@lru_cache(maxsize=1)
def _institutions() -> Index:
    return Index(institution_names())


class _Reader:
    """Walks the words once, joining what belongs together."""

    def __init__(self, text: str, words: Sequence[Word], matches: list[Match]) -> None:
        self.text, self.words = text, words
        self.at = {m.first: m for m in matches}
        self.word_at = {w.start: i for i, w in enumerate(words)}

    def read(self) -> Iterator[Found]:
        """What the text names, before the article has its say."""
        i = 0
        while i < len(self.words):
            found, i = self._next(i)
            if found:
                yield found

    def _next(self, i: int) -> tuple[Found | None, int]:
        match = self.at.get(i)
        if match:
            return self._named(match)
        institution = _institutions().at(self.text, self.words, i)
        if institution and institution.name.sort is Sort.INSTITUTION:
            return self._institution(institution)
        return None, i + 1

    def _named(self, match: Match) -> tuple[Found | None, int]:
        found = Found(match.start, match.end, match.name.code, match.name.sort, _FORMS[match.name.sort])
        match match.name.sort:
            case Sort.STATE | Sort.PEOPLE | Sort.SEAT:
                return self._with_institution(found, match)
            case Sort.GROUP:
                return self._with_generic(found, match)
            case Sort.COMPANY:
                legal = LEGAL_FORM.match(self.text, match.end)
                end = legal.end() if legal else match.end
                return found.to(end), self._after(end, match.last + 1)
            case Sort.BLOC if _ONE_OF_IT.match(self.text, match.end):
                return None, match.last + 1
            case _:
                return found, match.last + 1

    def _with_institution(self, found: Found, match: Match) -> tuple[Found, int]:
        """ "Indian" + "Navy" is one party; "Syrian" + "rebels" is a group and no state."""
        link = _LINK.match(self.text, match.end)
        after = self.word_at.get(link.end()) if link else None
        if link is None or after is None:
            return found, match.last + 1
        group = self.at.get(after)
        if group and group.name.sort is Sort.GENERIC and match.name.sort is Sort.PEOPLE:
            code = f"{self.text[match.start : match.end].upper()} {group.name.code}"
            return Found(match.start, group.end, code, Sort.GENERIC, Form.GROUP), group.last + 1
        joined = _institutions().at(self.text, self.words, after)
        possessive = link.group()[0] in "'’"
        other = match.name.sort is Sort.SEAT or (group and group.name.sort is not Sort.FORCE)
        if joined is None or other or (possessive and joined.name.sort is Sort.NOUN):
            return found, match.last + 1
        royal = _ROYAL.search(self.text, max(0, match.start - 10), match.start)
        start = royal.start() if royal else match.start
        kind = self.text[joined.start : joined.end]
        return Found(start, joined.end, found.code, Sort.FORCE, Form.FORCE, fold(kind)), joined.last + 1

    def _with_generic(self, found: Found, match: Match) -> tuple[Found, int]:
        """ "Hezbollah militia" is Hezbollah."""
        space = _SPACE.match(self.text, match.end)
        after = self.at.get(match.last + 1)
        if space and after and after.start == space.end() and after.name.sort is Sort.GENERIC:
            return found.to(after.end), after.last + 1
        return found, match.last + 1

    def _institution(self, institution: Match) -> tuple[Found | None, int]:
        """ "Government of Israel" is a party; a bare "Navy" may become one."""
        kind = fold(self.text[institution.start : institution.end])
        of = _OF.match(self.text, institution.end)
        after = self.at.get(self.word_at.get(of.end(), -1)) if of else None
        if after and after.name.sort is Sort.STATE:
            found = Found(institution.start, after.end, after.name.code, Sort.FORCE, Form.FORCE, kind)
            return found, after.last + 1
        bare = Found(institution.start, institution.end, "", Sort.INSTITUTION, Form.FORCE, kind)
        return bare, institution.last + 1

    def _after(self, end: int, i: int) -> int:
        while i < len(self.words) and self.words[i].start < end:
            i += 1
        return i
