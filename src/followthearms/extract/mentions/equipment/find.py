"""Military equipment in a text: what the lexicon knows, and what the grammar of names shows to be equipment.

    mention = modifiers? (designation | proper noun)? modifiers? category noun   |   designation

The noun decides the category. What a noun or a name alone leaves open, the article settles: a "fighter" is an aircraft
where the article names aircraft, an unknown "QX-9" is equipment where "QX-9 drone" stands elsewhere.
Invariant: mentions do not overlap, stand in text order, and each quotes the text without article, number or party.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from followthearms.extract.mentions.equipment.groups import Group, groups, key_of, stands_alone
from followthearms.extract.mentions.equipment.lines import Line, read_line
from followthearms.extract.mentions.equipment.terms import Term
from followthearms.knowledge.equipment import (
    Standing,
    categories,
    designation_key,
    distance,
    is_a,
    singular,
    spelling,
    words,
)
from followthearms.model import Equipment
from followthearms.model.mentions import Mention, MentionType
from followthearms.rules.tree import Sentence

_KIN = 3
"""Steps in the tree within which two categories are much the same kind: as far as cruise missile and rocket."""


@dataclass(frozen=True, slots=True)
class _Article:
    """What the whole article says: the categories it names, and the names that stand with a category noun."""

    categories: frozenset[str]
    named: Mapping[str, str]

    def category_of(self, group: Group) -> str | None:
        """The words of the noun that the group's name stands with somewhere, if it does."""
        key = key_of(group)
        return self.named.get(key) or self.named.get(key.removesuffix("s"))


def find_equipment(text: str, sentences: Sequence[Sentence]) -> list[Mention]:
    """The equipment that a text names, in text order. Never fails, whatever the text."""
    lines = [read_line(text, sentence) for sentence in sentences]
    found = [list(groups(line)) for line in lines]
    learnt = frozenset(g.learnt for line in found for g in line if g.learnt and _certain(g))
    heads = {keys[0] for keys in learnt}
    for n, line in enumerate(lines):
        if any(w.key in heads for w in line.words):
            found[n] = list(groups(line, learnt))
    flat = [group for line in found for group in line]
    article = _read(text, flat)
    return [_mention(text, group, article) for group in flat if _counts(group, article)]


def _read(text: str, found: Sequence[Group]) -> _Article:
    """The article's own evidence: only what is certain by itself."""
    sure = frozenset(c for g in found if (c := _certain(g)))
    named = {key_of(g): _plain(text, g.line, g.noun) for g in found if g.name and g.noun}
    return _Article(sure, named)


def _certain(group: Group) -> str | None:
    """The category that the group shows by itself, if it does."""
    if group.noun and group.noun.noun:
        category = group.noun.noun.category
        return category if categories()[category].standing is Standing.CERTAIN or group.known else None
    return group.known.category if group.known and not _is_common(group) else None


def _is_common(group: Group) -> bool:
    """True for a designation that is also a common word or a person's name."""
    return key_of(group).removesuffix("s") in words().names or key_of(group) in words().names


def _counts(group: Group, article: _Article) -> bool:
    """True if the words mean equipment here."""
    if group.noun is None or group.noun.noun is None:
        return _name_counts(group, article)
    surface = group.noun.noun
    needed = words().needs.get(surface.keys[-1]) if len(surface.keys) == 1 else None
    if needed and not group.name and not any(is_a(c, needed) for c in article.categories):
        return False
    match categories()[surface.category].standing:
        case Standing.CERTAIN:
            return True
        case Standing.CONTEXT:
            return group.known is not None or group.is_military or bool(article.categories)
        case Standing.MODIFIED:
            return group.known is not None or group.is_military


def _name_counts(group: Group, article: _Article) -> bool:
    key = key_of(group)
    if article.category_of(group):
        return True
    if group.known is None:
        return False
    if _is_common(group):
        return stands_alone(group) and _has_kin(group.known.category, article)
    return any(c.isdigit() for c in key) or (bool(article.categories) and not group.line.shouted)


def _has_kin(category: str, article: _Article) -> bool:
    """True if the article names equipment of much the same kind."""
    return any((steps := distance(c, category)) is not None and steps <= _KIN for c in article.categories)


def _mention(text: str, group: Group, article: _Article) -> Mention:
    known = group.known
    if group.noun:
        category: str | None = _plain(text, group.line, group.noun)
    else:
        category = known.category if known else article.category_of(group)
    return Mention(
        MentionType.EQUIPMENT,
        Equipment(
            start=group.start,
            end=group.end,
            text=text[group.start : group.end],
            designation=spelling(group.name) or _single(group, article) or None,
            category=category,
        ),
    )


def _single(group: Group, article: _Article) -> str:
    """The unknown name, without the plural's -s if it stands elsewhere without it."""
    bare = group.name.removesuffix("s")
    return bare if designation_key(bare) in article.named else group.name


def _plain(text: str, line: Line, noun: Term) -> str:
    """The words of the noun as a plain singular: "FIGHTER JETS" is "fighter jet", "ATGMs" is "ATGM"."""
    quoted = " ".join(text[line.words[noun.first].start : line.words[noun.last].end].split())
    *before, last = quoted.split(" ")
    quoted = " ".join([*before, singular(last)])
    return quoted if noun.noun and noun.noun.exact else quoted.lower()
