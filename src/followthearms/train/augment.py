"""The same articles with other names in them, so that the tagger learns what is done and not who usually does it.

Invariant: a name is replaced throughout its article by one of the same sort, offsets and answers stay as they are, and
the same dice give the same names.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping

from followthearms.extract.tagger.labels import class_of
from followthearms.model import Equipment
from followthearms.model.mentions import Form, Mention, MentionType
from followthearms.train.examples import Scanned

SHARE = 0.3
"""Share of the names of an article that are replaced."""
_FORMS = frozenset({Form.NAME, Form.ADJECTIVE, Form.CAPITAL, Form.FORCE, Form.BODY, Form.COMPANY})


class Names:
    """The names of some articles, by what they name and how."""

    def __init__(self, articles: Iterable[Scanned]) -> None:
        self.parties: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
        self.items: dict[str, list[str]] = defaultdict(list)
        for mention in _mentions(articles):
            if mention.type is MentionType.EQUIPMENT and isinstance(mention.span, Equipment):
                self.items[mention.span.category or ""].append(mention.span.text)
            elif _is_name(mention) and mention.code:
                self.parties[mention.code][class_of(mention)].append(mention.span.text)
        self.codes = sorted(self.parties)

    def others(self, article: Scanned, dice: random.Random) -> Mapping[Mention, str]:
        """Other words for some of the mentions of an article."""
        mentions = list(_mentions([article]))
        words = dict[Mention, str]()
        codes = defaultdict[str, list[Mention]](list)
        for mention in mentions:
            if _is_name(mention) and mention.code:
                codes[mention.code].append(mention)
        for code in sorted(codes):
            if dice.random() < SHARE:
                words |= self._renamed(codes[code], dice)
        items = {m.span.text for m in mentions if m.type is MentionType.EQUIPMENT}
        chosen = {text for text in sorted(items) if dice.random() < SHARE}
        for mention in mentions:
            if isinstance(mention.span, Equipment) and mention.span.text in chosen:
                pool = self.items.get(mention.span.category or "")
                if pool:
                    words[mention] = dice.choice(pool)
        return words

    def _renamed(self, mentions: list[Mention], dice: random.Random) -> Mapping[Mention, str]:
        """All mentions of a code in the words of another one that is known in the same forms; nothing if none is."""
        needed = {class_of(m) for m in mentions}
        for code in dice.sample(self.codes, len(self.codes)):
            known = self.parties[code]
            if needed <= known.keys():
                return {m: dice.choice(known[class_of(m)]) for m in mentions}
        return {}


def _mentions(articles: Iterable[Scanned]) -> Iterable[Mention]:
    return (m for a in articles for place in a.article for m in place.mentions)


def _is_name(mention: Mention) -> bool:
    return mention.type in (MentionType.ACTOR, MentionType.COMPANY) and mention.form in _FORMS
