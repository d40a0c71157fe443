"""Lists under a sentence that leads them in: "The package includes:" and what stands below it, line by line.

A parser reads each line by itself, so that nobody gives the equipment that the lines name. Here the lines join the
sentence: the first as what its last word governs, the others beside the first, as in a list within a sentence.
Invariant: only whole sentences are joined, neighbours in the text; no word is lost, added or moved.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from followthearms.rules.tree import Sentence, Token

_MARK = re.compile(r"(?:[-‐‑–—•*▪●◦‣·○■□➢✓]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s")
_GOES_ON = re.compile(r"[;,](?:\s*(?:and|or))?\s*\Z")
LONGEST = 400
"""Words of a sentence with its list at most; what would make it longer stays apart, so that work stays in bounds."""
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET"})
_FINITE = frozenset({"VBZ", "VBP", "VBD", "MD"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl"})


def join_lists(text: str, sentences: Sequence[Sentence]) -> list[Sentence]:
    """The sentences of a text in order, each list as part of the sentence that leads it in."""
    joined: list[Sentence] = []
    n = 0
    while n < len(sentences):
        lead = sentences[n]
        items = list(_items(text, sentences, n)) if _leads(text, lead) else []
        joined.append(_joined(lead, items) if items else lead)
        n += 1 + len(items)
    return joined


def _leads(text: str, sentence: Sentence) -> bool:
    """True if the sentence is open where its line ends: a colon, an item, or no stop before a marked line."""
    written = text[sentence.start : sentence.end].rstrip()
    rest = text[sentence.end :].lstrip(" \t\u00a0")
    if not rest.startswith("\n") or _MARK.match(written):
        return False
    return written.endswith((":", ";")) or (written[-1:].isalnum() and bool(_MARK.match(rest.lstrip())))


def _items(text: str, sentences: Sequence[Sentence], lead: int) -> Iterator[Sentence]:
    """The sentences of the list's lines. A line belongs to it if it is marked, or the one before it goes on, or it
    does itself; a line that says something by itself ends the list."""
    length, n = len(sentences[lead].tokens), lead + 1
    goes_on = text[sentences[lead].start : sentences[lead].end].endswith(";")
    while n < len(sentences):
        line = _line(text, sentences, n)
        length += sum(len(s.tokens) for s in line)
        written = text[line[0].start : line[-1].end]
        if length > LONGEST or any(_says_something(s) for s in line):
            return
        before, goes_on = goes_on, bool(_GOES_ON.search(written))
        if not (_MARK.match(written) or before or goes_on):
            return
        yield from line
        n += len(line)


def _line(text: str, sentences: Sequence[Sentence], first: int) -> list[Sentence]:
    """The sentences from the first on between which no line ends."""
    last = first
    while last + 1 < len(sentences) and "\n" not in text[sentences[last].end : sentences[last + 1].start]:
        last += 1
    return list(sentences[first : last + 1])


def _says_something(sentence: Sentence) -> bool:
    """True if the sentence has a subject of its own and a finite verb, or is an order."""
    root = _root(sentence)
    below = list(sentence.below(root.i))
    if root.pos in ("VERB", "AUX") and any(t.dep in _SUBJECTS for t in below):
        return root.tag in _FINITE or any(t.tag in _FINITE for t in below)
    return root.tag == "VB"


def _root(sentence: Sentence) -> Token:
    return next((t for t in sentence.tokens if t.head == t.i), sentence.tokens[0])


def _joined(lead: Sentence, items: Sequence[Sentence]) -> Sentence:
    """One sentence out of several: the roots of the items hang on the lead's last word."""
    tokens = list(lead.tokens)
    anchor, edge = _anchor(lead)
    first: int | None = None
    for item in items:
        at, root = len(tokens), _root(item).i
        for token in item.tokens:
            head, dep = at + token.head, token.dep
            if token.i == root:
                head, dep = (anchor, edge) if first is None else (first, "conj")
            tokens.append(token._replace(i=at + token.i, head=head, dep=dep))
        first = at + root if first is None else first
    return Sentence(tuple(tokens))


def _anchor(lead: Sentence) -> tuple[int, str]:
    """The word of the lead on which its list hangs, and how: "including: …", "includes: …", "these items: …"."""
    words = [t for t in lead.tokens if t.pos not in ("PUNCT", "SPACE", "SYM")]
    last = words[-1] if words else lead.tokens[-1]
    if lead.tokens[-1].text == ";":
        return last.i, "conj"
    if last.dep == "prep" or last.pos == "ADP":
        return last.i, "pobj"
    if last.pos in _NOMINAL:
        return last.i, "appos"
    return (last.i if last.pos == "VERB" else _root(lead).i), "dobj"
