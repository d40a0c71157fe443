"""Strands gathered within one document: which of its claims are about one deal.

From the most specific strands down to the vaguest:

1. what names the same parties and the same equipment is one thread;
2. what is vaguer (a wider term for the equipment, a party left out) joins the thread that the same claim names;
   failing that, the only one that it can mean;
3. what could mean several, or none, makes a thread of its own with its like.

Invariant: the outcome is a function of the document alone; the order of its claims plays no part. All of one level
are decided on the threads as the level above left them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby

from followthearms.link.joining.briefs import Brief
from followthearms.link.joining.facts import Facts, facts, phrases
from followthearms.link.joining.orders import orders
from followthearms.link.joining.strands import Signature, Strand, strands
from followthearms.link.joining.unite import Union
from followthearms.link.names.equipment import family as designations
from followthearms.link.names.equipment import root
from followthearms.link.rulings.bindings import NO_BINDINGS, Bindings
from followthearms.link.rulings.ties import Ties, named, parted
from followthearms.link.stories import words
from followthearms.model import Document, Nature


@dataclass(frozen=True)
class Thread:
    """The strands of one document that are about one deal, in the order of the text.

    `founder` is the most specific strand, the earliest of them; its anchor names the thread. `block` is where its like
    are looked for: empty if it names no party. `facts` is what it tells of its order. `seeks` is the key that a thread
    which leaves a party out looks for among those that full threads offer. `ties` holds what rulings name it by.
    """

    document: Document
    strands: tuple[Strand, ...]
    founder: Strand
    block: str
    seeks: str | None
    offers: tuple[str, ...]
    facts: Facts = field(compare=False, repr=False)
    ties: frozenset[str] = frozenset()

    @cached_property
    def brief(self) -> Brief:
        """What linking looks at."""
        evidence, told = self.founder.claim.evidence, self.founder.signature
        return Brief(
            anchor=self.anchor,
            document=self.document.id,
            start=evidence.start,
            end=evidence.end,
            published=self.document.date,
            nature=told.nature,
            node=told.node,
            block=self.block,
            seeks=self.seeks,
            offers=self.offers,
            anchors=tuple(strand.anchor for strand in self.strands),
            facts=self.facts,
            ties=self.ties,
        )

    @property
    def anchor(self) -> str:
        """The name of the thread."""
        return self.founder.anchor

    @property
    def signature(self) -> Signature:
        """What its most specific strand says of parties and equipment."""
        return self.founder.signature


def threads(document: Document, bindings: Bindings = NO_BINDINGS) -> tuple[Thread, ...]:
    """The threads of a document, by the place of their founders. Each strand of its claims is in exactly one."""
    cut = strands(document, bindings)
    keys = named(document, cut, bindings)
    ties = Ties.of(bindings)
    gathered = (part for members in _Gathering(cut).sets() for part in parted(members, keys, ties))
    made = [_thread(document, *order, keys, ties) for members in gathered for order in orders(members, keys)]
    places = {strand.anchor: place for place, strand in enumerate(cut)}
    return tuple(sorted(made, key=lambda thread: places[thread.anchor]))


def _thread(
    document: Document, members: Sequence[Strand], facts: Facts, keys: Mapping[str, frozenset[str]], ties: Ties
) -> Thread:
    founder = max(members, key=lambda strand: strand.signature.level)
    told = founder.signature
    own = frozenset[str]().union(*(keys.get(strand.anchor, frozenset()) for strand in members))
    block = _block(told) or ("ruled" if ties.tied(own) else "")
    if own:  # analysts said what it is of
        return Thread(document, tuple(members), founder, block, None, _offered(told), facts, own)
    return Thread(document, tuple(members), founder, block, _sought(told), _offered(told), facts)


def _block(told: Signature) -> str:
    """Nature, parties by role, and the widest category above the equipment that still says what it is."""
    if not told.names_a_party:
        return ""
    parties = f"{_joined(told.supplier)}>{told.recipient or ''}|{_joined(told.sides)}"
    imposer = _joined(told.actor) if told.nature is Nature.EMBARGO else ""
    return "|".join((told.nature.value, parties, imposer, root(told.node) if told.node else ""))


def _offered(told: Signature) -> tuple[str, ...]:
    """What it can be found by: each party by its role, with the designation and each designation above it."""
    if told.nature.is_event or not _is_full(told) or not told.node or not told.node.designated:
        return ()
    names = designations(told.node)
    return tuple(dict.fromkeys(f"{told.nature}|{role}|{name}" for role in _roles(told) for name in names))


def _sought(told: Signature) -> str | None:
    """The key that it looks for; null if it names both parties in their roles, or too little."""
    known = told.names_a_party and told.node and told.node.designated
    if told.nature.is_event or not known or (told.supplier and told.recipient):
        return None
    return f"{told.nature}|{_roles(told)[0]}|{told.node.name}" if told.node else None


def _roles(told: Signature) -> list[str]:
    """The parties as keys hold them: all together without their roles, then each by its role."""
    everyone = told.supplier | told.sides | ({told.recipient} if told.recipient else set())
    single = [f"from|{_joined(told.supplier)}"] if told.supplier else []
    single += [f"to|{told.recipient}"] if told.recipient else []
    undirected = [f"with|{party}" for party in sorted(everyone)] + [f"with|{_joined(everyone)}"]
    if told.sides:
        return undirected[::-1]
    return [*single, *undirected]


def _is_full(told: Signature) -> bool:
    return bool(told.supplier and told.recipient)


def _joined(parties: Iterable[str]) -> str:
    return "+".join(sorted(parties))


class _Gathering:
    """The state of one pass: strands are named by their place in the text."""

    def __init__(self, strands: Sequence[Strand]) -> None:
        self.strands = strands
        self.united: Union[int] = Union()
        self.settled: list[int] = []
        self.by_claim: dict[str, list[int]] = defaultdict(list)

    def sets(self) -> list[list[Strand]]:
        """Every level decided in turn, from the most specific."""
        places = sorted(range(len(self.strands)), key=lambda i: self.strands[i].signature.level, reverse=True)
        for _, level in groupby(places, key=lambda i: self.strands[i].signature.level):
            self._decide(sorted(level))
        return [[self.strands[i] for i in members] for members in self.united.sets(range(len(self.strands)))]

    def _decide(self, level: Sequence[int]) -> None:
        groups: dict[tuple[Signature, frozenset[str]], list[int]] = defaultdict(list)
        for place in level:
            told = self.strands[place].signature
            groups[told, frozenset() if told.node else self._firms(place)].append(place)
        joins = [join for members in groups.values() for join in self._joins(members)]
        for members, meant in joins:
            for other in (*members[1:], *meant):
                self.united.join(members[0], other)
        for place in level:
            self.by_claim[self.strands[place].claim.id].append(place)
        self.settled += level

    def _joins(self, members: Sequence[int]) -> list[tuple[list[int], set[int]]]:
        """The strands of one signature, as far as they are of one thread, and the threads that those belong to.

        What names no equipment at all, as "the contract", points back at what was told of its kind last.
        """
        near = self._meant(members)
        if len(near) < 2 or self.strands[members[0]].signature.node:
            return [(list(members), near if len(near) == 1 else set())]
        pointing = {place: self._told_last(place, near) for place in members if self._points_back(place)}
        rest = [place for place in members if not pointing.get(place)]
        return [*(([place], home) for place, home in pointing.items() if home), *([(rest, set[int]())] if rest else [])]

    def _meant(self, members: Sequence[int]) -> set[int]:
        """The threads, each by one of its strands, that the strands of one signature can mean.

        Two items of one claim are two things, unless the words say that the one is among the other.
        """
        beside = [
            (place, other)
            for place in members
            for other in self.by_claim[self.strands[place].claim.id]
            if self.strands[place].signature.node and self._may_be(place, other)
        ]
        if beside:
            return {self.united.find(other) for place, other in beside if self._is_part(place, other)}
        return self._fitting(members[0])

    def _may_be(self, left: int, right: int) -> bool:
        return self.strands[left].signature.may_be(self.strands[right].signature)

    def _is_part(self, wider: int, narrower: int) -> bool:
        """True if the wider is a family of types, as "Kalashnikov", or is told to include the narrower."""
        whole, part = self.strands[wider], self.strands[narrower]
        if whole.item is None or part.item is None:
            return False
        family = whole.signature.node and whole.signature.node.designated
        between = " ".join(words(whole.document.text[whole.item.end : part.item.start]))
        return bool(family) or between.startswith(phrases().part)

    def _points_back(self, place: int) -> bool:
        strand = self.strands[place]
        return strand.item is None and not facts(strand).telling

    def _told_last(self, place: int, near: Collection[int]) -> set[int]:
        """Which of the threads told of a strand's kind last before it; if none did, which does first after it."""
        kind = self.strands[place].claim.kind[0]
        told = [i for i in self.settled if self.united.find(i) in near and self.strands[i].claim.kind[0] is kind]
        before = [i for i in told if i < place]
        return {max(before)} if before else {min(told)} if told else set()

    def _firms(self, place: int) -> frozenset[str]:
        """The words of the firms that a strand names."""
        return frozenset(word for firm in self.strands[place].claim.company for word in words(firm.text))

    def _fitting(self, place: int) -> set[int]:
        """The threads that it may be; those with named equipment alone if there are any.

        What names a firm and no equipment is of no thread that names other firms alone.
        """
        fitting = [i for i in self.settled if self._may_be(place, i)]
        named = [i for i in fitting if self.strands[i].signature.node]
        near = {self.united.find(i) for i in named or fitting}
        own = self._firms(place)
        if self.strands[place].signature.node or not own:
            return near
        theirs: dict[int, set[str]] = defaultdict(set)
        for i in self.settled:
            theirs[self.united.find(i)].update(self._firms(i))
        return {thread for thread in near if not theirs[thread] or theirs[thread] & own}
