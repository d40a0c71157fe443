"""Persons learnt within the article from their offices, office holders without a name, and well-known leaders.

"Indian Defence Minister Rajnath Singh" teaches that Rajnath Singh, and later Singh, stands for IN; "the Indian defence
minister" is an OFFICE of IN; Putin needs no office.
Invariant: a PERSON quotes the name without title or rank; its code comes from what stands beside an office, from the
other holders of that office, from the article's main state, or from the table of leaders.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from followthearms.extract.mentions.namesakes import is_shouted
from followthearms.extract.mentions.office_holders import Office, find_offices
from followthearms.knowledge.names import Index, Sort, Word, fold, words_of
from followthearms.knowledge.offices import leader_names, leaders, offices
from followthearms.model.mentions import Form, Mention, MentionType
from followthearms.model.slots import Party
from followthearms.rules.tree import Sentence

_STATE_FORMS = (Form.NAME, Form.ADJECTIVE, Form.CAPITAL, Form.FORCE)
_MAIN_SHARE = 0.5
"""Share of the article's mentions of states that lends an office without a state its code; tuned on train."""
_SHORTEST_SURNAME = 3

Known = Mapping[str, str]
"""Names of persons as written, with the code of each; an empty code is a person of no known state."""


def find_persons(text: str, actors: Sequence[Mention], sentences: Sequence[Sentence]) -> list[Mention]:
    """PERSON mentions, and ACTOR mentions of form OFFICE for offices without their holder's name, in text order.

    `actors` must stand in text order. `sentences` may be empty: a parse only shows where a name ends.
    """
    found = list(find_offices(text, actors, sentences))
    codes = _Codes(found, actors)
    full = _full_names(text, found, codes)
    known = {**_surnames(full), **full}
    free = _Free(actors)
    persons = [m for m in _persons(text, known) if free.holds(m)]
    holders = [m for o in found if not o.holder and (m := _holder(text, o, codes))]
    return sorted([*persons, *holders], key=lambda m: (m.start, -m.end))


class _Codes:
    """Whose office it is, from the office itself, the others of that title, or the article's main state."""

    def __init__(self, found: Sequence[Office], actors: Sequence[Mention]) -> None:
        self.owners: dict[str, set[str]] = defaultdict(set)
        for office in found:
            if office.code:
                self.owners[office.title].add(office.code)
        counts = Counter(a.code for a in actors if a.form in _STATE_FORMS and a.code)
        code, n = counts.most_common(1)[0] if counts else ("", 0)
        self.main = code if code and n >= _MAIN_SHARE * counts.total() else ""

    def of(self, office: Office) -> str:
        """The code of the office's state, or an empty string."""
        if office.code or office.sort is not Sort.TITLE:
            return office.code
        return self.only_owner(office.title) or self.main

    def only_owner(self, title: str) -> str:
        """The state of the title if the article names one only."""
        owners = self.owners.get(title, set())
        return next(iter(owners)) if len(owners) == 1 else ""


def _full_names(text: str, found: Sequence[Office], codes: _Codes) -> dict[str, str]:
    """The names that stand beside an office or in the table of leaders, with their codes; the table decides."""
    names: dict[str, str] = {}
    for office in found:
        if office.holder:
            name = text[office.holder.start : office.holder.end]
            names[name] = names.get(name) or _leader_code(name) or codes.of(office)
            if names[name] and office.sort is Sort.TITLE:
                codes.owners[office.title].add(names[name])
    for match in _leaders().scan(text, words_of(text)):
        names.setdefault(text[match.start : match.end], match.name.code)
    return names


def _surnames(full: Known) -> dict[str, str]:
    """The last words of the names of several words, unless two persons of different states share one."""
    found: dict[str, set[str]] = defaultdict(set)
    for name, code in full.items():
        parts = name.split(" ")
        plain = len(parts) > 1 and len(parts[-1]) >= _SHORTEST_SURNAME and not parts[-1].endswith(".")
        if plain and fold(parts[-1]) not in offices().ranks:
            found[parts[-1]].add(code)
    return {surname: next(iter(codes)) for surname, codes in found.items() if len(codes) == 1}


def _leader_code(name: str) -> str:
    """The code of a leader whose full name, or whose surname if it is unique, this is."""
    return _leader_codes().get(fold(name), "")


@lru_cache(maxsize=1)
def _leader_codes() -> dict[str, str]:
    codes = {fold(leader.surname): leader.code for leader in leaders() if leader.unique}
    return codes | {fold(leader.name): leader.code for leader in leaders()}


@lru_cache(maxsize=1)
def _leaders() -> Index:
    return Index(leader_names())


def _persons(text: str, known: Known) -> Iterator[Mention]:
    """Every place where one of the names stands, the longest first; a part of another name is none."""
    if not known:
        return
    names = "|".join(re.escape(n) for n in sorted(known, key=len, reverse=True))
    words = words_of(text)
    starts = [w.start for w in words]
    for hit in re.finditer(rf"(?<!\w)(?:{names})(?!\w)", text):
        alone = " " not in hit.group()
        if not (alone and _is_part_of_another(text, words, bisect_right(starts, hit.start()) - 1, hit.end())):
            span = Party(start=hit.start(), end=hit.end(), text=hit.group(), code=known[hit.group()] or None)
            yield Mention(MentionType.PERSON, span, Form.PLAIN)


def _is_part_of_another(text: str, words: list[Word], i: int, end: int) -> bool:
    """True if a capitalised word that is no title stands right before the surname: another person's name."""
    if i <= 0 or is_shouted(text, end) or text[words[i - 1].end : words[i].start] != " ":
        return False
    before = words[i - 1]
    titled = before.key in offices().ranks or before.key in _title_words()
    opens = before.start == 0 or not re.search(r"\w,? \Z", text[max(0, before.start - 3) : before.start])
    return text[before.start].isupper() and not titled and not opens


@lru_cache(maxsize=1)
def _title_words() -> frozenset[str]:
    office_tables = (*offices().titles, *offices().posts, *offices().styles)
    return frozenset(fold(title.split(" ")[-1]) for title in office_tables) | {"pm"}


class _Free:
    """The stretches that no party of several words holds: "the Netanyahu government" is no person."""

    def __init__(self, actors: Sequence[Mention]) -> None:
        self.actors = [a for a in actors if a.form not in (Form.NAME, Form.ADJECTIVE, Form.CAPITAL)]
        self.starts = [a.start for a in self.actors]

    def holds(self, mention: Mention) -> bool:
        """True if the mention overlaps none of them."""
        n = bisect_right(self.starts, mention.end - 1)
        return not n or self.actors[n - 1].end <= mention.start


def _holder(text: str, office: Office, codes: _Codes) -> Mention | None:
    """An office named without its holder, if the phrase or the article's use of the title gives its state."""
    if office.sort is Sort.STYLE:
        return None
    extent, code = office.extent, office.code
    if not code and office.sort is Sort.TITLE:
        the = text[max(0, extent.start - 4) : extent.start].lower() == "the "
        code = codes.only_owner(office.title) if the or text[extent.start].isupper() else ""
        code = code or (codes.main if text[extent.start].isupper() else "")
    if not code:
        return None
    quote = text[extent.start : extent.end]
    return Mention(MentionType.ACTOR, Party(start=extent.start, end=extent.end, text=quote, code=code), Form.OFFICE)
