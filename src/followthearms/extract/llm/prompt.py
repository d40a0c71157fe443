"""What the model is asked: the codebook in few words, then some sentences as lines of JSON.

Invariant: the size of a prompt is bounded, and no text can leave its string: quotation marks and line ends are escaped
by JSON, and the characters from which chat templates build their control tokens are escaped too.
"""

from __future__ import annotations

import functools
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from followthearms.extract.events import Place
from followthearms.extract.llm.answers import Proposed, schema
from followthearms.extract.llm.heard import Drop
from followthearms.model import Frozen, Kind
from followthearms.model.mentions import MentionType
from followthearms.tables import DATA, read_table

_TELLING = (MentionType.ACTOR, MentionType.COMPANY, MentionType.EQUIPMENT)
"""A group of sentences that mentions none of these holds no claim."""
_BLANK = re.compile(r"[\s\x00-\x1f\x7f-\x9f]")
_HALF = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile(r"[<>\[\]|]")

Message = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is asked at once; with the codebook it fits into a window of 4,096 tokens."""

    sentences: int = 6
    characters: int = 1800
    """Code points of all sentences of a group, those before it apart; a longer sentence is not asked about."""
    before: int = 2
    characters_before: int = 600
    answer_tokens: int = 1024
    trigger_tokens: int = 6
    """99 of 100 triggers of train are no longer."""


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Group:
    """Sentences that are asked about together, and those before them that tell who is meant."""

    before: tuple[Place, ...]
    asked: tuple[Place, ...]


class SlotLine(Frozen):
    """A slot as the model is told of it, and the mentions that may fill it."""

    says: str
    accepts: Annotated[frozenset[MentionType], Field(min_length=1)]


class Example(Frozen):
    """A worked example: sentences and the answer to them."""

    before: tuple[str, ...]
    sentences: tuple[str, ...]
    claims: tuple[Proposed, ...]


class Prompt(Frozen):
    """What `prompts/claims.yaml` holds."""

    task: str
    rules: tuple[str, ...]
    kinds: Mapping[Kind, str]
    slots: Mapping[str, SlotLine]
    question: str
    examples: tuple[Example, ...]

    @model_validator(mode="after")
    def _tells_of_every_kind(self) -> Self:
        if missing := set(Kind) - set(self.kinds):
            raise ValueError(f"no line for {', '.join(sorted(missing))}")
        return self

    def system(self) -> str:
        """The codebook."""
        kinds = [f"- {kind}: {says}" for kind, says in self.kinds.items()]
        slots = [f"- {name}: {slot.says}" for name, slot in self.slots.items()]
        rules = [f"- {rule}" for rule in self.rules]
        return "\n".join([self.task, "", "Kinds:", *kinds, "", "Slots:", *slots, "", "Rules:", *rules])

    def messages(self, before: Sequence[str], sentences: Sequence[str]) -> list[Message]:
        """The whole conversation up to the model's answer."""
        found: list[Message] = [{"role": "system", "content": self.system()}]
        for example in self.examples:
            found.append({"role": "user", "content": self._ask(example.before, example.sentences)})
            claims = [claim.model_dump() for claim in example.claims]
            found.append({"role": "assistant", "content": json.dumps({"claims": claims})})
        return [*found, {"role": "user", "content": self._ask(before, sentences)}]

    def _ask(self, before: Sequence[str], sentences: Sequence[str]) -> str:
        lines = [f'{{"before": {_string(text)}}}' for text in before]
        lines += [f'{{"sentence": {n}, "text": {_string(text)}}}' for n, text in enumerate(sentences, 1)]
        return "\n".join([self.question, *lines])

    def answer_schema(self) -> Mapping[str, Any]:
        """The JSON Schema of the answer."""
        return schema([kind.value for kind in self.kinds], list(self.slots))

    def digest(self) -> str:
        """Eight hexadecimal digits that change with anything the model is told."""
        told = json.dumps([self.messages((), ()), self.answer_schema()])
        return hashlib.sha256(told.encode()).hexdigest()[:8]


@functools.lru_cache(maxsize=1)
def prompt() -> Prompt:
    """The prompt, read once; raises `KnowledgeError` if its file is malformed."""
    return read_table(DATA / "prompts" / "claims.yaml", Prompt)


def shown(text: str) -> str:
    """The text as the model sees it: as long as it is, code point for code point, so that offsets stay.

    White space and control characters become spaces, halves of surrogates U+FFFD: neither survives a chat.
    """
    return _HALF.sub("\N{REPLACEMENT CHARACTER}", _BLANK.sub(" ", text))


def _string(text: str) -> str:
    """A JSON string without the characters that chat templates and their control tokens are made of."""
    return _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def groups(article: Sequence[Place], limits: Limits, dropped: Counter[Drop]) -> Iterator[Group]:
    """The sentences that are worth asking about, in text order."""
    run: list[int] = []
    for n, place in enumerate(article):
        size = place.end - place.start
        if run and (len(run) == limits.sentences or place.end - article[run[0]].start > limits.characters):
            yield from _group(run, article, limits)
            run = []
        if size <= limits.characters:
            run.append(n)
        else:
            dropped[Drop.LONG_SENTENCE] += 1
    yield from _group(run, article, limits)


def _group(run: Sequence[int], article: Sequence[Place], limits: Limits) -> Iterator[Group]:
    asked = tuple(article[n] for n in run)
    if not any(place.of_type(*_TELLING) for place in asked):
        return
    earlier = article[max(0, run[0] - limits.before) : run[0]]
    before = tuple(p for p in earlier if asked[0].start - p.start <= limits.characters_before)
    yield Group(before, asked)
