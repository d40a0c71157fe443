"""An event: what a frame found in a sentence, on its way to becoming a claim.

Events are values: every stage returns new ones. All offsets and tokens are those of the event's own sentence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Self

from followthearms.model import Extent, Kind, Modality, Span, Voice
from followthearms.model.mentions import Mention, MentionType
from followthearms.model.slots import Party
from followthearms.rules.matcher import Scene, Tag
from followthearms.rules.tree import Token


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence of the article with all that is mentioned in it."""

    index: int
    scene: Scene
    mentions: tuple[Mention, ...]

    @property
    def start(self) -> int:
        """Offset of the sentence's first code point."""
        return self.scene.sentence.start

    @property
    def end(self) -> int:
        """Offset one past the sentence's last code point."""
        return self.scene.sentence.end

    def of_type(self, *types: MentionType) -> list[Mention]:
        """The mentions of some types, in text order."""
        return [m for m in self.mentions if m.type in types]

    def head(self, mention: Mention) -> int:
        """The token that heads a mention of this sentence."""
        sentence = self.scene.sentence
        return sentence.head_of(sentence.at(mention.start, mention.end))


@dataclass(frozen=True, slots=True)
class Event:
    """One happening as a voice hears it.

    `roles` maps the frame's role names to mentions of the sentence; `inherited` names those that were taken from
    elsewhere. `frame` and `pattern` say which rule made it, `found` how many parts of the frame stand in the sentence,
    and `agent` which role the doer plays, if the frame says so. `told` names the voice of each role that another one
    than the event's own filled, `within` the triggers of what it took up, `likely` how likely a code plays a role where
    a voice can tell, `figures` how likely each date and sum is the event's: those left out are not, and None says that
    no voice was asked.
    """

    place: Place
    frame: str
    pattern: str
    kinds: tuple[Kind, ...]
    head: int
    trigger: tuple[int, ...]
    weight: float
    found: int
    agent: str | None = None
    roles: Mapping[str, tuple[Mention, ...]] = field(default_factory=dict)
    inherited: frozenset[str] = frozenset()
    modality: Modality = Modality.ACTUAL
    negated: bool = False
    disputed: bool = False
    speaker: tuple[Party, ...] = ()
    medium: Span | None = None
    voice: Voice = Voice.FRAME
    told: Mapping[str, Voice] = field(default_factory=dict)
    within: tuple[tuple[int, ...], ...] = ()
    likely: Mapping[tuple[str, str], float] = field(default_factory=dict)
    figures: Mapping[Mention, float] | None = None

    @property
    def kind(self) -> Kind:
        """The best kind."""
        return self.kinds[0]

    @property
    def token(self) -> Token:
        """The token that heads the trigger."""
        return self.place.scene.sentence.tokens[self.head]

    def codes(self, *roles: str) -> set[str]:
        """The codes of the parties in some roles."""
        return {m.code for r in roles for m in self.roles.get(r, ()) if m.code}

    def with_roles(self, **roles: tuple[Mention, ...]) -> Self:
        """The same event with some roles set; an empty tuple takes a role away."""
        merged = {k: v for k, v in {**self.roles, **roles}.items() if v}
        return replace(self, roles=merged)

    def trigger_extent(self) -> Extent:
        """From the first to the last word of the trigger."""
        tokens = self.place.scene.sentence.tokens
        return Extent(start=tokens[min(self.trigger)].start, end=tokens[max(self.trigger)].end)


def tags(
    mentions: tuple[Mention, ...], sentence_at: Mapping[int, tuple[int, ...]], heads: Mapping[int, int]
) -> list[Tag]:
    """The mentions of a sentence as the rule engine takes them; `ref` is the index of the mention."""
    return [Tag(m.type.value, sentence_at[n], heads[n], n) for n, m in enumerate(mentions) if sentence_at[n]]
