"""Persons learnt within the article from their offices, office holders without a name, and well-known leaders.

"Indian Defence Minister Rajnath Singh" teaches that Rajnath Singh, and later Singh, stands for IN; "the Indian defence
minister" is an OFFICE of IN; Putin needs no office.
Invariant: a PERSON quotes the name without title or rank; its code comes from what stands beside an office, from the
other holders of that office, from the article's main state, or from the table of leaders.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from followthearms.extract.mentions.names.namesakes import is_shouted
from followthearms.extract.mentions.names.office_holders import CALENDAR_WORDS, Office, find_offices
from followthearms.extract.mentions.taken import Taken
from followthearms.knowledge.names import Index, Name, Sort, Word, fold, words_of
from followthearms.knowledge.offices import leader_names, leaders, offices
from followthearms.model.mentions import Form, Mention, MentionType
from followthearms.model.slots import Party
from followthearms.rules.tree import Sentence

_STATE_FORMS = (Form.NAME, Form.ADJECTIVE, Form.CAPITAL, Form.FORCE)
_ONE_NAME = (Form.NAME, Form.ADJECTIVE, Form.CAPITAL)
_MAIN_SHARE = 0.5
"""Share of all mentions of states that lends an office its code; set by hand, checked on train."""
_SHORTEST_SURNAME = 2
_MID_SENTENCE = re.compile(r"\w,? \Z")

Known = Mapping[str, str]
"""Names of persons as written, with the code of each; an empty code is a person of no known state."""


def find_persons(text: str, actors: Sequence[Mention], sentences: Sequence[Sentence]) -> list[Mention]:
    """PERSON mentions, and ACTOR mentions of form OFFICE for offices without their holder's name, in text order.

    `actors` must stand in text order. `sentences` may be empty: a parse only shows where a name ends.
    """
    found = list(find_offices(text, actors, sentences))
    codes = _Codes(text, found, actors)
    full = _full_names(text, found, codes)
    surnames = _surnames(full)
    known = surnames | {name: code or surnames.get(name, "") for name, code in full.items()}  # "Mr Straw" is Jack Straw
    phrases = Taken((a.start, a.end) for a in actors if a.form not in _ONE_NAME)  # "Netanyahu government" is no person
    persons = [m for m in _persons(text, known) if not phrases.touches(m.start, m.end)]
    holders = [m for o in found if not o.holder and (m := _holder(text, o, codes))]
    return sorted([*persons, *holders], key=lambda m: (m.start, -m.end))


class _Codes:
    """Whose office it is, from the office itself, the others of that title, or the article's main state."""

    def __init__(self, text: str, found: Sequence[Office], actors: Sequence[Mention]) -> None:
        self.owners: dict[str, set[str]] = defaultdict(set)
        self.taken: dict[str, set[str]] = defaultdict(set)
        """Titles with the states of which the text names the holder: another holder is another state's."""
        for office in found:
            name = text[office.holder.start : office.holder.end] if office.holder else ""
            code = _leader_code(name) or office.code
            if code:
                self.owners[office.title].add(code)
            if code and name:
                self.taken[office.title].add(code)
        counts = Counter(a.code for a in actors if a.form in _STATE_FORMS and a.code)
        code, n = counts.most_common(1)[0] if counts else ("", 0)
        self.main = code if code and n >= _MAIN_SHARE * counts.total() else ""

    def of(self, office: Office) -> str:
        """The code of the office's state, or an empty string."""
        if office.code or office.sort in (Sort.POST, Sort.ADDRESS):
            return office.code
        free = self.owners[office.title] - self.taken[office.title]
        if len(free) == 1:
            return next(iter(free))
        return "" if self.main in self.taken[office.title] else self.main

    def only_owner(self, title: str) -> str:
        """The state of the title if the article names one only."""
        owners = self.owners.get(title, set())
        return next(iter(owners)) if len(owners) == 1 else ""


def _full_names(text: str, found: Sequence[Office], codes: _Codes) -> dict[str, str]:
    """The names that stand beside an office or in the table of leaders, with their codes."""
    names: dict[str, str] = {}
    for office in found:
        if office.holder:
            name = text[office.holder.start : office.holder.end]
            if " " in name or office.sort is not Sort.POST:
                names[name] = names.get(name) or _leader_code(name) or codes.of(office)
    for match in _leaders().scan(text, words_of(text)):
        names.setdefault(text[match.start : match.end], match.name.code)
    return names


def _surnames(full: Known) -> dict[str, str]:
    """The surnames of the names of several words, unless two persons of different states share one."""
    found: dict[str, set[str]] = defaultdict(set)
    for name, code in full.items():
        surname = _leader_surnames().get(fold(name)) or name.split(" ")[-1]
        long_enough = len(surname) >= _SHORTEST_SURNAME and not surname.endswith(".")
        if surname != name and long_enough and fold(surname) not in offices().ranks:
            found[surname].add(code)
    return {surname: next(iter(codes)) for surname, codes in found.items() if len(codes) == 1}


@lru_cache(maxsize=1)
def _leader_surnames() -> dict[str, str]:
    return {fold(leader.name): leader.surname for leader in leaders()}


def _leader_code(name: str) -> str:
    """The code of the leaders of this full name or, beside an office, surname; none if they differ."""
    codes = _leader_codes().get(fold(name), set())
    return next(iter(codes)) if len(codes) == 1 else ""


@lru_cache(maxsize=1)
def _leader_codes() -> dict[str, set[str]]:
    codes: dict[str, set[str]] = defaultdict(set)
    for leader in leaders():
        codes[fold(leader.name)].add(leader.code)
        codes[fold(leader.surname)].add(leader.code)
    return codes


@lru_cache(maxsize=1)
def _leaders() -> Index:
    return Index(leader_names())


def _persons(text: str, known: Known) -> Iterator[Mention]:
    """Every place where one of the names stands, the longest first; a part of another name is none."""
    words = words_of(text)
    for hit in Index(Name(name, code, Sort.LEADER) for name, code in known.items()).scan(text, words):
        if hit.first < hit.last or not _is_part_of_another(text, words, hit.first):
            quote = text[hit.start : hit.end]
            span = Party(start=hit.start, end=hit.end, text=quote, code=hit.name.code or None)
            yield Mention(MentionType.PERSON, span, Form.PLAIN)


def _is_part_of_another(text: str, words: Sequence[Word], i: int) -> bool:
    """True if a capitalised word that is no title stands right beside the surname: another name."""
    if is_shouted(text, words[i].start):
        return False
    if i + 1 < len(words) and text[words[i].end : words[i + 1].start] == " " and text[words[i + 1].start].isupper():
        return words[i + 1].key not in offices().ranks
    if i == 0 or text[words[i - 1].end : words[i].start] != " ":
        return False
    before = words[i - 1]
    titled = before.key in offices().ranks or before.key in _title_words() or before.key in CALENDAR_WORDS
    opens = not _MID_SENTENCE.search(text[max(0, before.start - 3) : before.start])
    return text[before.start].isupper() and not titled and not opens


@lru_cache(maxsize=1)
def _title_words() -> frozenset[str]:
    office_tables = (*offices().titles, *offices().posts, *offices().styles)
    return frozenset(fold(title.split(" ")[-1]) for title in office_tables) | {"pm"}


def _holder(text: str, office: Office, codes: _Codes) -> Mention | None:
    """An office named without its holder, if the phrase or the article's use of the title gives its state."""
    if office.sort in (Sort.STYLE, Sort.ADDRESS):
        return None
    extent, code = office.extent, office.code
    if not code and office.sort is Sort.TITLE:
        the = text[max(0, extent.start - 4) : extent.start].lower() == "the "
        code = codes.only_owner(office.title) if the or text[extent.start].isupper() else ""
    if not code:
        return None
    quote = text[extent.start : extent.end]
    return Mention(MentionType.ACTOR, Party(start=extent.start, end=extent.end, text=quote, code=code), Form.OFFICE)
