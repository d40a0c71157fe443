"""Who does what to whom in a parsed sentence, whatever the voice.

The surface tree is normalised once, so that a frame says `subject` for the doer of an active verb, of a passive
("by Russia"), of a participle ("the firm supplying …"), of a relative clause ("which supplied …"), of a shared or
controlled verb ("agreed and began to supply") and of a noun with a support verb ("placed an order").

Relations: `subject`, `object`, `indirect`, `complement` (a predicate below), `adverbial`, `poss`, `mod` (amod,
compound, nmod), `appos`, `attr` (what a copula says of its subject), `doer` (the subject of the verb that carries a
noun), `clause` (all that stands in the predicate's clause), and every preposition under its own name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from followthearms.rules.tree import Sentence, Token

PREPOSITIONS = frozenset(
    "about above across after against along alongside among amid around as at before behind between beyond by despite "
    "during for from in including inside into like near of off on onto out outside over since through throughout to "
    "toward towards under until up upon versus via with within without".split()
)
RELATIONS = frozenset({
    "subject", "object", "indirect", "complement", "adverbial", "poss", "mod", "appos", "doer", "clause", "attr",
})  # fmt: skip
NAMES = RELATIONS | PREPOSITIONS

_RELATIVE = frozenset({"who", "which", "that", "whom", "what"})
_VERBAL = frozenset({"VERB", "AUX"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_CARRIED = frozenset({"to", "from", "for", "with", "by", "on", "of", "in", "over", "about", "between"})
"""Prepositions that a parser readily hangs on the wrong one of a verb and its object; the two share them."""
_CARRIED_ON = _CARRIED - {"of", "in", "on", "by"}
"""Those that the first noun of "the purchase of jets from France" takes over from the last."""
_CARRIED_AS = frozenset({"dobj", "nsubjpass", "attr", "acomp", "oprd"})
"""Edges from a verb to what shares its prepositional phrases."""
_CLAUSE_EDGE = frozenset({"advcl", "relcl", "ccomp", "parataxis", "csubj"})
_DEPTH = 6
"""Longest chain of shared subjects that is followed."""


class Relations:
    """The normalised relations of one sentence; each is a list of token indices, nearest reading first."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self._asked: dict[tuple[int, str], list[int]] = {}
        self._joined: dict[int, list[int]] = {}
        self._edges: list[dict[str, list[int]]] = [defaultdict(list) for _ in sentence.tokens]
        verbs = [t for t in sentence.tokens if t.pos in _VERBAL]
        for token in sentence.tokens:
            if sentence.children[token.i]:
                self._prepositions(token)
                if token.pos not in _VERBAL:
                    self._noun(token)
            if token.pos in _VERBAL:
                self._verb(token)
        for token in verbs:
            self._shared(token)
        carried = [t for t in sentence.tokens if t.dep in _CARRIED_AS and sentence.tokens[t.head].pos in _VERBAL]
        for token in reversed(sentence.tokens):
            if token.dep in _CARRIED_AS and sentence.tokens[token.head].pos in _VERBAL:
                self._carried(token)
            if "of" in self._edges[token.i]:
                self._of_phrase(token)
        for token in carried:
            self._carried(token)

    def of(self, i: int, name: str) -> list[int]:
        """The tokens that stand in the relation to token `i`, antecedents in the place of relative pronouns."""
        found = self._asked.get((i, name))
        if found is None:
            clause = name == "clause"
            found = list(self._clause(i)) if clause else [self._antecedent(j) for j in self._edges[i].get(name, ())]
            self._asked[i, name] = found
        return found

    def coordinated(self, i: int) -> list[int]:
        """Token `i` and what is joined to it by a conjunction or apposition-like list, in text order."""
        if i in self._joined:
            return self._joined[i]
        found, stack = [], [i]
        while stack:
            j = stack.pop()
            found.append(j)
            stack.extend(t.i for t in self.sentence.below(j, ("conj",)))
            stack.extend(
                t.i for t in self.sentence.below(j, ("appos",)) if any(self.sentence.below(t.i, ("conj", "appos")))
            )
        self._joined[i] = sorted(found)
        return self._joined[i]

    def _add(self, i: int, name: str, j: int) -> None:
        if j not in self._edges[i][name] and i != j:
            self._edges[i][name].append(j)

    def _prepositions(self, token: Token) -> None:
        for prep in self.sentence.below(token.i, ("prep", "agent", "dative")):
            if prep.pos not in ("ADP", "SCONJ", "VERB", "PART", "ADV"):
                continue
            for end in self._ends(prep):
                if end.dep == "pcomp" and end.pos in _VERBAL:
                    self._add(token.i, "complement", end.i)
                self._add(token.i, "subject" if prep.dep == "agent" else prep.lemma, end.i)

    def _ends(self, prep: Token) -> Iterator[Token]:
        for below in self.sentence.below(prep.i):
            if below.dep in ("pobj", "pcomp"):
                yield below
            elif below.dep == "prep":
                yield from self._ends(below)

    def _passive(self, verb: Token) -> bool:
        marked = any(t.dep in ("auxpass", "nsubjpass", "agent") for t in self.sentence.below(verb.i))
        return marked or (verb.tag == "VBN" and verb.dep in ("acl", "relcl", "amod"))

    def _verb(self, verb: Token) -> None:
        passive, below = self._passive(verb), list(self.sentence.below(verb.i))
        has_object = any(t.dep in ("dobj", "oprd") and t.tag != "WDT" for t in below)
        for t in below:
            match t.dep:
                case "nsubj" | "csubj":
                    self._add(verb.i, "subject", t.i)
                case "nsubjpass":
                    self._add(verb.i, "indirect" if has_object else "object", t.i)
                case "dobj":
                    self._add(verb.i, "object", t.i)
                case "dative" | "iobj" if t.pos != "ADP":
                    self._add(verb.i, "indirect", t.i)
                case "xcomp" | "ccomp":
                    self._add(verb.i, "complement", t.i)
                case "advcl":
                    self._add(verb.i, "adverbial", t.i)
                case "npadvmod" | "amod" | "compound" | "nmod" if verb.dep == "amod":  # "Chinese-made"
                    self._add(verb.i, "mod", t.i)
                case "attr" | "acomp" | "oprd":
                    self._add(verb.i, "attr", t.i)
                    for s in self.sentence.below(verb.i, ("nsubj",)):
                        self._add(t.i, "subject", s.i)
                case _:
                    pass
        self._participle(verb, passive)

    def _participle(self, verb: Token, passive: bool) -> None:
        """A clause that hangs on a noun: the noun is one of its arguments."""
        head = self.sentence.tokens[verb.head]
        if verb.dep == "amod" and head.pos in _NOMINAL and verb.tag == "VBN":
            self._add(verb.i, "object", head.i)
        if verb.dep == "acl" and head.pos in _NOMINAL:
            if verb.tag == "VBN":
                self._add(verb.i, "object", head.i)
            elif verb.tag == "VBG":
                self._add(verb.i, "subject", head.i)
            else:
                self._add(head.i, "complement", verb.i)
        if verb.dep == "relcl":
            own = self._edges[verb.i]
            if not own.get("subject") and not passive:
                self._add(verb.i, "subject", head.i)
            elif not own.get("object"):
                self._add(verb.i, "object", head.i)

    def _noun(self, noun: Token) -> None:
        for t in self.sentence.below(noun.i):
            match t.dep:
                case "poss":
                    self._add(noun.i, "poss", t.i)
                case "amod" | "compound" | "nmod" | "quantmod" | "npadvmod":
                    self._add(noun.i, "mod", t.i)
                case "appos":
                    self._add(noun.i, "appos", t.i)
                    self._add(t.i, "subject", noun.i)
                case "acl" if t.tag in ("VB", "VBG"):
                    self._add(noun.i, "complement", t.i)
                case "xcomp" | "ccomp":
                    self._add(noun.i, "complement", t.i)
                case _:
                    pass

    def _shared(self, verb: Token) -> None:
        """Subjects (and, for a joined passive, objects) that a verb shares with the one above it."""
        own = self._edges[verb.i]
        if not own.get("subject"):
            for j in self._subject_above(verb, _DEPTH):
                self._add(verb.i, "subject", j)
        head = self.sentence.tokens[verb.head]
        if (
            verb.dep == "conj"
            and head.pos in _VERBAL
            and not own.get("object")
            and self._passive(head)
            and verb.tag == "VBN"
        ):
            own["object"].extend(self._edges[head.i].get("object", ()))
            if self._passive(verb):
                own["subject"] = []

    def _subject_above(self, verb: Token, depth: int) -> list[int]:
        head = self.sentence.tokens[verb.head]
        if depth == 0 or head.i == verb.i or self._passive(verb):
            return []
        match verb.dep:
            case "xcomp" | "ccomp" if head.pos in _VERBAL:
                controlled = self._edges[head.i].get("object") or self._edges[head.i].get("indirect")
                return list(controlled or self._own_or_above(head, depth))
            case "ccomp" | "xcomp" | "acl" if head.pos not in _VERBAL:
                return self._possessor(head, depth)
            case "conj" | "advcl" | "dep" if head.pos in _VERBAL:
                return self._own_or_above(head, depth)
            case "pcomp":
                above = self.sentence.tokens[head.head]
                return self._own_or_above(above, depth) if above.pos in _VERBAL else self._possessor(above, depth)
            case _:
                return []

    def _own_or_above(self, verb: Token, depth: int) -> list[int]:
        return list(self._edges[verb.i].get("subject", ())) or self._subject_above(verb, depth - 1)

    def _possessor(self, noun: Token, depth: int) -> list[int]:
        own = self._edges[noun.i].get("poss") or self._edges[noun.i].get("subject")
        if own:
            return list(own)
        carrier = self.sentence.tokens[noun.head]
        if noun.dep in ("dobj", "attr", "acomp", "oprd", "pobj") and carrier.pos in _VERBAL:
            return self._own_or_above(carrier, depth)
        return []

    def _of_phrase(self, token: Token) -> None:
        """What a parser hangs on the last noun of "the purchase of jets from France" belongs to the first as well."""
        if token.pos not in ("NOUN", "PROPN", "VERB"):
            return
        for j in list(self._edges[token.i].get("of", ())):
            for name in _CARRIED_ON & self._edges[j].keys():
                for k in list(self._edges[j].get(name, ())):
                    self._add(token.i, name, k)

    def _carried(self, token: Token) -> None:
        """A verb and its object share the prepositional phrases of either; a noun knows the doer of its verb."""
        head = self.sentence.tokens[token.head]
        for j in self._own_or_above(head, _DEPTH):
            self._add(token.i, "doer", j)
        mine, its = self._edges[token.i], self._edges[head.i]
        for name in _CARRIED & (mine.keys() | its.keys()):
            for j in list(its.get(name, ())):
                self._add(token.i, name, j)
            if name not in ("of", "in"):
                for j in list(mine.get(name, ())):
                    self._add(head.i, name, j)
        for j in list(mine.get("complement", ())):
            self._add(head.i, "complement", j)
        for j in list(its.get("complement", ())):
            self._add(token.i, "complement", j)

    def _antecedent(self, i: int) -> int:
        token = self.sentence.tokens[i]
        if token.lemma not in _RELATIVE or token.pos not in ("PRON", "DET", "SCONJ"):
            return i
        verb = self.sentence.tokens[token.head]
        while verb.dep in ("xcomp", "ccomp", "conj") and verb.head != verb.i:
            verb = self.sentence.tokens[verb.head]
        return verb.head if verb.dep == "relcl" else i

    def _clause(self, i: int) -> Iterator[int]:
        """All tokens of the smallest clause around token `i`, other clauses below it left out."""
        top = i
        while self.sentence.tokens[top].head != top and self.sentence.tokens[top].dep not in _CLAUSE_EDGE:
            top = self.sentence.tokens[top].head
        stack = [top]
        while stack:
            j = stack.pop()
            yield j
            stack.extend(t.i for t in self.sentence.below(j) if t.dep not in _CLAUSE_EDGE or t.i == i)
