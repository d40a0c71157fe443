"""Whether a text says that an event did not happen, or that somebody disputes it.

Denials on the trigger's chain are counted: "did not fail to deliver" affirms. What comes late ("not before 2026") is
not denied, and what stands under another's denial ("denied that it had sold") is disputed.
"""

from __future__ import annotations

from collections.abc import Sequence

from followthearms.extract.events import Event
from followthearms.extract.frames.scope import SUBJECTS, is_joined, modality_cues
from followthearms.model import Kind
from followthearms.model.mentions import MentionType
from followthearms.rules.tree import Sentence, Token

_LATER = frozenset({"before", "until", "till"})


def negated(event: Event, sentence: Sentence, chain: Sequence[Token]) -> bool:
    """An odd number of denials on the chain, those that belong to the trigger ("will not sell": a refusal) left out.

    A contrary kind ("cannot refuse") counts like any other trigger.
    """
    cues = modality_cues()
    count = int(chain[0].lemma in cues.undoing.get(event.kind, ()))
    for depth, token in enumerate(chain):
        below = list(sentence.below(token.i))
        subject = depth and chain[depth - 1].dep in ("nsubj", "csubj")
        described = subject and any(t.dep in ("attr", "acomp") for t in below)
        beside = [t for t in below if t.i not in event.trigger]
        count += 0 if described else sum(_denies(sentence, t) for t in beside)
        count += sum(t.dep == "acomp" and t.lemma in cues.excluding for t in below) if described else 0
        towards = chain[depth - 1].i if depth else -1
        count += sum(_is_none(sentence, t, event.trigger) for t in below if t.i != towards)
        count += _is_left_out(sentence, token)
        count += bool(depth) and token.lemma in cues.contrary and event.kind not in (Kind.REFUSAL, Kind.RESTRICTION)
        count += bool(depth) and _is_outstanding(chain[depth - 1], below)
    denied = (count + _disbelieved(sentence, chain[-1])) % 2 == 1
    return denied and not _is_delayed(event, sentence, chain)


def _is_none(sentence: Sentence, token: Token, trigger: Sequence[int]) -> bool:
    """A subject or object that is nothing: "no jets", "none of the jets", "neither side"."""
    if token.dep not in (*SUBJECTS, "dobj"):
        return False
    words = {t.lemma for t in (token, *sentence.below(token.i, ("det", "preconj"))) if t.i not in trigger}
    return bool(words & modality_cues().none)


def _is_left_out(sentence: Sentence, token: Token) -> bool:
    """ "Without supplying", "instead of ordering", "rather than order", "nor did it sell"."""
    above = sentence.tokens[token.head]
    if token.dep == "conj":
        joins = [t for t in sentence.below(above.i, ("cc",)) if t.i < token.i][-1:]
        denied = any(t.lemma == "nor" for t in joins) and not is_joined(
            sentence, token, above
        )  # else by what it shares
        return denied or any(_is_instead(sentence, t) for t in joins)
    return token.dep in ("pcomp", "pobj") and (above.lemma == "without" or _is_instead(sentence, above))


def _is_instead(sentence: Sentence, token: Token) -> bool:
    return token.i > 0 and f"{sentence.tokens[token.i - 1].lemma} {token.lemma}" in ("instead of", "rather than")


def _is_delayed(event: Event, sentence: Sentence, chain: Sequence[Token]) -> bool:
    """ "Not before 2026", "not until May": what comes late is not denied."""
    dates = [sentence.at(m.start, m.end) for m in event.place.of_type(MentionType.DATE)]
    late = [t for token in chain for t in sentence.below(token.i, ("prep",)) if t.lemma in _LATER and t.i > token.i]
    return any(t.i in at or t.i + 1 in at for t in late for at in dates)


def _is_outstanding(inner: Token, below: Sequence[Token]) -> bool:
    """ "Has yet to deliver", "the talks are yet to begin"."""
    opened = inner.dep == "xcomp" or (inner.dep in SUBJECTS and any(t.dep == "xcomp" for t in below))
    return opened and any(t.lemma == "yet" for t in below)


def _denies(sentence: Sentence, token: Token) -> bool:
    """A word of denial; "not only" affirms."""
    cues = modality_cues()
    words = {token.text.lower(), f"{sentence.tokens[token.i - 1].lemma} {token.text.lower()}" if token.i else ""}
    weakened = token.dep in ("amod", "advmod") and bool(words & cues.weakening)
    denial = token.dep == "neg" or (token.dep in ("det", "preconj") and token.lemma in cues.negators)
    following = sentence.tokens[token.i + 1].lemma if token.i + 1 < len(sentence.tokens) else ""
    return weakened or (denial and following not in cues.affirming)


def _disbelieved(sentence: Sentence, top: Token) -> bool:
    """ "We do not believe that it delivered", "it is unlikely that it will": the denial stands above the clause."""
    governor, cues = sentence.tokens[top.head], modality_cues()
    if top.dep not in ("ccomp", "csubj"):
        return False
    said_of = {governor.lemma, *(t.lemma for t in sentence.below(governor.i, ("acomp",)))}
    disbelieved = governor.lemma in cues.beliefs and any(t.dep == "neg" for t in sentence.below(governor.i))
    return bool(said_of & cues.excluding) or disbelieved


def disputed(sentence: Sentence, chain: list[Token]) -> bool:
    """True for what is alleged, and for what somebody denies."""
    words = modality_cues().disputes
    top = chain[-1]
    around = {t.lemma for token in chain for t in sentence.below(token.i, ("amod", "advmod"))}
    governor = sentence.tokens[top.head] if top.dep in ("ccomp", "pcomp", "advcl", "acl") else None
    told = governor is not None and (governor.lemma in words or _is_hearsay(sentence, governor))
    return bool(words & around) or told or bool(words & {t.lemma for t in chain[1:]})


def _is_hearsay(sentence: Sentence, noun: Token) -> bool:
    """ "Rejected reports that it had sold", "the reports were dismissed": what somebody does not let stand."""
    cues, verb = modality_cues(), sentence.tokens[noun.head]
    return noun.lemma in cues.hearsay and noun.dep in ("dobj", "nsubjpass") and verb.lemma in cues.rebutting
