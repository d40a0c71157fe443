"""Who says so: the speaker and the medium of each event.

The speaker is the subject of the verb of saying whose complement holds the event, or who stands after "according to"; a
quotation that runs over sentences keeps the speaker who is named with it, a turn of a transcript the one on its label.
Words come from `cues/attribution.yaml`.
Invariant: every speaker and medium quotes the text.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from followthearms.extract.cues import read_cues
from followthearms.extract.events import Event, Place
from followthearms.model import Frozen, Party, Span
from followthearms.model.mentions import Mention, MentionType
from followthearms.rules.tree import Sentence, Token

_INNER = frozenset(
    {"det", "punct", "relcl", "acl", "prep", "appos", "cc", "conj", "case", "predet", "advcl", "parataxis"}
)
_CLAUSES = frozenset({"ccomp", "xcomp", "conj", "parataxis", "acl", "dep"})
_OBJECTS = frozenset({"dobj", "prep", "oprd"})
_QUOTES = '"“”„«»'
_PARTY = (MentionType.PERSON, MentionType.ACTOR, MentionType.COMPANY)
_PERSONAL = frozenset({"he", "she"})
_POINTING = frozenset({"it", "they"})
_NOBODY = frozenset({"that", "this", "which", "who", "i", "we", "you", "what", "one", "there"})
_TURN = re.compile(r"^[^\S\n]*(?:(?P<label>[A-Z][A-Z.'’ -]{2,40}):\s|Q\s)", re.MULTILINE)
_CREDIT_LINE = re.compile(r"^[^\S\n]*SOURCE:[^\n]*\Z", re.MULTILINE)
_EDGES = frozenset({",", '"', "“", "”", "--", "—", "–", "'", "."})
_LINE = 80
"""How far back a line of credit is looked for, in code points."""
_SHOUTED = 5
"""Outlets with longer names are known in capitals too; a shorter one ("Time", "Dawn") would be any shouted word."""


class AttributionCues(Frozen):
    """What `cues/attribution.yaml` holds."""

    say: frozenset[str]
    naming: frozenset[str]
    according: frozenset[str]
    informants: frozenset[str]
    labels: frozenset[str]
    outlet_nouns: frozenset[str]
    outlet_endings: tuple[str, ...]
    domains: tuple[str, ...]
    outlets: tuple[str, ...]

    def outlets_of(self, text: str) -> re.Pattern[str]:
        """What names an outlet in this text: a listed name, a site, a site's bare name, a name of the usual shape."""
        site = rf"[A-Za-z][\w-]+\.(?:{'|'.join(self.domains)}|{'|'.join(d.upper() for d in self.domains)})(?![\w.@-])"
        hosts = {m[0].split(".")[0] for m in re.finditer(rf"(?<![\w.@/-]){site}", text)}
        names = sorted(self.outlets, key=len, reverse=True)
        listed = "|".join(map(re.escape, names))
        shouted = "|".join(re.escape(n.upper()) for n in names if len(n) > _SHOUTED)
        shaped = rf"[A-Z][\w’'-]+ (?:[A-Z][\w’'-]+ )?(?:{'|'.join(self.outlet_endings)})"
        told = rf"(?<=told )(?:the )?{shaped}|(?<=with ){shaped}|(?<=to ){shaped}|(?<=by ){shaped}"
        bare = "|".join(rf"(?i:{re.escape(h)})" for h in sorted(hosts))
        parts = [site, listed, shouted, told, *([bare] if bare else [])]
        return re.compile(rf"(?<![\w./@-])(?:{'|'.join(parts)})(?![\w-])")


@functools.lru_cache(maxsize=1)
def attribution_cues() -> AttributionCues:
    """The cues, read once."""
    return read_cues("attribution.yaml", AttributionCues)


@dataclass(frozen=True)
class Source:
    """Who is credited in a sentence, by the verb that does it.

    `pronoun` says that the speaker is only pointed to, and `named` then is who is meant; `whole` that the sentence is
    theirs; `is_outlet` that an outlet is named, which may name its own source ("the paper reported, citing officials").
    """

    verb: int
    speaker: Party | None
    medium: Span | None
    named: Party | None = None
    pronoun: str = ""
    whole: bool = False
    is_outlet: bool = False


def attribute(events: Sequence[Event], article: Sequence[Place], text: str) -> list[Event]:
    """The events with speaker and medium."""
    sources = _resolved(article, text)
    quoted = _quoted(article, sources, text)
    turns = _turns(article, text)
    return [_credit(e, sources, quoted, turns) for e in events]


def _credit(
    event: Event,
    sources: Mapping[int, Sequence[Source]],
    quoted: Mapping[int, int],
    turns: Sequence[tuple[int, Span | None]],
) -> Event:
    own = _governing(event, sources[event.place.index])
    if own is None and event.place.index in quoted:
        own = next(iter(sources[quoted[event.place.index]]), None)
        own = own and replace(own, speaker=own.named or own.speaker)
    if own is None:
        label = next((span for start, span in reversed(turns) if start <= event.place.start), None)
        named = () if label is None else (Party(start=label.start, end=label.end, text=label.text),)
        return replace(event, speaker=named)
    speaker = own.speaker
    if speaker is not None and own.named is not None:
        speaker = speaker.model_copy(update={"code": own.named.code})
    return replace(event, speaker=() if speaker is None else (speaker,), medium=own.medium)


def _governing(event: Event, sources: Sequence[Source]) -> Source | None:
    """The source whose verb stands above the event, or that is named for the whole sentence."""
    tokens, cues = event.place.scene.sentence.tokens, attribution_cues()
    by_verb = {s.verb: s for s in sources}
    whole = next((s for s in sources if s.whole), None)
    cited = next((s for s in sources if tokens[s.verb].text.lower() in cues.according and s.speaker), None)
    i = event.head
    while tokens[i].head != i:
        below, i = tokens[i], tokens[i].head
        deps = _CLAUSES | _OBJECTS if tokens[i].lemma in cues.naming else _CLAUSES
        if i in by_verb and below.dep in deps and not (below.dep == "conj" and below.i < i):
            own = by_verb[i]
            return replace(own, speaker=cited.speaker) if cited and own.is_outlet else own
    return cited or whole


def _resolved(article: Sequence[Place], text: str) -> dict[int, list[Source]]:
    """The sources of each sentence; a pronoun is the last person, "it" and "they" the last source."""
    outlets = attribution_cues().outlets_of(text)
    found: dict[int, list[Source]] = {}
    person: Party | None = None
    last: Source | None = None
    medium: Span | None = None
    for place in article:
        here = []
        for source in _sources(place, text, outlets):
            if source.pronoun in _PERSONAL and person is not None:
                source = replace(source, named=person)
            elif source.pronoun in _POINTING and last is not None:
                meant = last.named or last.speaker
                own = source.speaker if source.pronoun == "they" else meant
                source = replace(source, speaker=own, named=meant, medium=source.medium or last.medium)
            elif source.is_outlet and source.medium is None:
                source = replace(source, medium=medium)
            medium = source.medium or medium
            here.append(source)
            last = source
            told = [m for m in place.of_type(MentionType.PERSON) if source.speaker and m.start == source.speaker.start]
            person = source.speaker if told else person
        found[place.index] = here
        people = place.of_type(MentionType.PERSON)
        if people and not here:
            person = _party(people[0])
    return found


def _sources(place: Place, text: str, outlets: re.Pattern[str]) -> Iterator[Source]:
    cues, sentence = attribution_cues(), place.scene.sentence
    for token in sentence.tokens:
        subjects: Sequence[int] = ()
        according = token.text.lower() in cues.according
        if according:
            subjects = _named_source(sentence, token)
        elif token.lemma in cues.say and token.pos == "VERB":
            told = [t.i for t in sentence.below(token.i, ("nsubjpass",)) if outlets.match(text, t.start)]
            subjects = told or place.scene.relations.of(token.i, "subject")
        if subjects and _can_tell(place, subjects[0], text, outlets):
            source = _source(place, token, subjects[0], text, outlets)
            if source.speaker or source.medium:
                yield replace(source, whole=according or _is_parenthesis(sentence, token, subjects[0]))


def _named_source(sentence: Sentence, token: Token) -> list[int]:
    """What stands after "according to", "citing", "as per"; a rate ("per unit") names nobody."""
    below = list(sentence.below(token.i))
    ends = [t for t in below if t.dep in ("pobj", "dobj")]
    ends += [t for p in below if p.dep == "prep" for t in sentence.below(p.i, ("pobj",))]
    after_as = token.i and sentence.tokens[token.i - 1].lemma == "as"
    return [t.i for t in ends if token.lemma != "per" or after_as]


def _can_tell(place: Place, i: int, text: str, outlets: re.Pattern[str]) -> bool:
    """True for a name, a pronoun, a noun for those who tell things, or a phrase that names a party or an outlet."""
    token = place.scene.sentence.tokens[i]
    if token.pos in ("PROPN", "PRON") or token.lemma.lower() in attribution_cues().informants:
        return not _at(place, i, MentionType.DATE)
    named = _at(place, i, *_PARTY) or outlets.match(text, token.start)
    return bool(named) or token.lemma.lower() == "information"


def _is_parenthesis(sentence: Sentence, verb: Token, subject: int) -> bool:
    """ "In his talks, he said, they …": set between commas, it stands for the whole sentence."""
    first, last = min(verb.i, min(sentence.subtree(subject))), max(verb.i, subject)
    edges = [sentence.tokens[j].text for j in (first - 1, last + 1) if 0 <= j < len(sentence.tokens)]
    return len(edges) == 2 and all(e in _EDGES for e in edges)


def _source(place: Place, verb: Token, subject: int, text: str, outlets: re.Pattern[str]) -> Source:
    sentence = place.scene.sentence
    found = next((m for m in outlets.finditer(text, place.start, place.end) if not _is_credit(text, m.start())), None)
    medium = Span(start=found.start(), end=found.end(), text=found[0]) if found else None
    token = sentence.tokens[subject]
    pronoun = token.lemma.lower() if token.pos == "PRON" else ""
    if pronoun in _NOBODY:
        return Source(verb.i, None, medium)
    speaker: Party | None = _speaker(place, subject, text)
    phrase = _phrase(sentence, subject)
    named = medium is not None and any(t.start < medium.end and medium.start < t.end for t in phrase)
    if medium is not None and named and ("." in medium.text or token.lemma == "information" or medium.text.islower()):
        speaker = None
    outlet = named or (token.lemma in attribution_cues().outlet_nouns)
    return Source(
        verb.i, speaker, medium, pronoun=pronoun if pronoun in _PERSONAL | _POINTING else "", is_outlet=outlet
    )


def _is_credit(text: str, at: int) -> bool:
    """True in the line that credits a photo or the whole text ("SOURCE: …")."""
    return bool(_CREDIT_LINE.search(text, max(0, at - _LINE), at))


def _phrase(sentence: Sentence, i: int) -> list[Token]:
    """The tokens of a subject, without what follows it as a clause."""
    kept = [j for t in sentence.below(i) if t.dep not in ("relcl", "advcl", "parataxis") for j in sentence.subtree(t.i)]
    return [sentence.tokens[j] for j in (i, *kept)]


def _speaker(place: Place, i: int, text: str) -> Party:
    """The phrase that a subject heads, as a party with the code of what names it; a person by the name alone."""
    sentence = place.scene.sentence
    kept = [i] + [j for t in sentence.below(i) if t.dep not in _INNER for j in sentence.subtree(t.i)]
    start, end = sentence.tokens[min(kept)].start, sentence.tokens[max(kept)].end
    named = [m for t in sentence.below(i, ("appos",)) for m in _at(place, t.i, MentionType.PERSON)]
    person = next(iter([*_at(place, i, MentionType.PERSON), *named]), None)
    if person is not None:
        return _party(person)
    apposed = [
        t for t in map(sentence.tokens.__getitem__, sentence.subtree(i)) if t.dep == "appos" and t.pos == "PROPN"
    ]
    if apposed:
        words = [apposed[-1].i, *(t.i for t in sentence.below(apposed[-1].i, ("compound",)))]
        if sentence.tokens[min(words) - 1].text == ",":
            start, end = sentence.tokens[min(words)].start, sentence.tokens[max(words)].end
    party = next((m for m in place.of_type(*_PARTY) if start <= m.start and m.end <= end), None)
    return Party(start=start, end=end, text=text[start:end], code=party.code if party else None)


def _party(mention: Mention) -> Party:
    return Party(start=mention.start, end=mention.end, text=mention.span.text, code=mention.code)


def _at(place: Place, i: int, *types: MentionType) -> list[Mention]:
    token = place.scene.sentence.tokens[i]
    return [m for m in place.of_type(*types) if m.start < token.end and token.start < m.end]


def _quoted(article: Sequence[Place], sources: Mapping[int, Sequence[Source]], text: str) -> dict[int, int]:
    """For each sentence inside a quotation without a verb of saying: the sentence that names who is quoted."""
    named: dict[int, int] = {}
    waiting: list[int] = []
    speaking: int | None = None
    inside = False
    for place in article:
        words = text[place.start : place.end]
        odd = sum(words.count(q) for q in _QUOTES) % 2 == 1
        opens = words[:1] in _QUOTES
        if sources[place.index]:
            speaking = place.index
            named.update({i: place.index for i in waiting if inside})
            waiting = []
        elif inside or opens:
            waiting.append(place.index)
            if speaking is not None:
                named[place.index] = speaking
        inside = inside != odd
        waiting = waiting if inside else []
    return named


def _turns(article: Sequence[Place], text: str) -> list[tuple[int, Span | None]]:
    """Where the turns of a transcript begin, each with its label; a question's ("Q") has none."""
    turns: list[tuple[int, Span | None]] = []
    names = {m.start for p in article for m in p.of_type(MentionType.ACTOR, MentionType.PLACE)}
    for found in _TURN.finditer(text):
        label = found["label"]
        if label is None:
            turns.append((found.start(), None))
        elif label.strip().lower() not in attribution_cues().labels and found.start("label") not in names:
            turns.append((found.start(), Span(start=found.start("label"), end=found.end("label"), text=label)))
    return turns
