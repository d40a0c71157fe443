"""What the frames say of single words: which kinds a lemma may show, wherever it stands.

It lends the tagger the frames' vocabulary for kinds of which few examples are annotated. Invariant: only lemma and part
of speech decide, never the rest of a frame, so that the tagger stays a voice of its own.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Mapping

from followthearms.extract.frames.library import matcher
from followthearms.extract.tagger.labels import KINDS
from followthearms.model import Kind
from followthearms.rules.tree import Sentence

_GAP = 4
"""Further words of a trigger stand at most so many tokens behind its first one."""


def hints(sentence: Sentence) -> list[tuple[int, int]]:
    """Which tokens could begin a trigger of a frame, and the number of the frame's kind."""
    found, vocabulary = [], _vocabulary()
    for token in sentence.tokens:
        for pos, rest, kind in vocabulary.get(token.lemma, ()):
            if token.pos in pos:
                behind = {t.lemma for t in sentence.tokens[token.i + 1 : token.i + 1 + _GAP]} if rest else ()
                if all(word in behind for word in rest):
                    found.append((token.i, kind))
    return found


_Entry = tuple[frozenset[str], tuple[str, ...], int]


@functools.lru_cache(maxsize=1)
def _vocabulary() -> Mapping[str, tuple[_Entry, ...]]:
    """For each lemma: the parts of speech, further lemmas and number of the kind of each trigger that it begins."""
    entries: dict[str, set[_Entry]] = defaultdict(set)
    for frame in matcher().frames:
        for first, *rest in frame.trigger.sequences:
            entries[first].add((frozenset(frame.trigger.pos), tuple(rest), KINDS.index(Kind(frame.kind[0]))))
    return {lemma: tuple(sorted(found, key=lambda e: (sorted(e[0]), *e[1:]))) for lemma, found in entries.items()}
