"""The language model as a voice: reads a scanned article and proposes events, as the frames and the tagger do.

Invariant: an article is asked about in its own order, one request at a time and with nothing of another article in it,
so that what it gets depends on the text, the prompt and the server alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Self

from followthearms.extract.events import Event, Place
from followthearms.extract.llm.answers import Proposed, parse
from followthearms.extract.llm.endpoint import Client, Endpoint
from followthearms.extract.llm.grounding import Grounded, Grounds
from followthearms.extract.llm.heard import Drop, Heard, Tally
from followthearms.extract.llm.prompt import LIMITS, Group, Limits, groups, prompt, shown
from followthearms.model import Document


class LanguageModel:
    """Reads scanned articles. `tally` counts over all that it has read.

    Raises `UsageError` if the extra is not installed. Close it, or use it in a `with`.
    """

    def __init__(self, endpoint: Endpoint, limits: Limits = LIMITS) -> None:
        self.endpoint, self.limits, self.tally = endpoint, limits, Tally()
        self._client = Client(endpoint)

    @property
    def name(self) -> str:
        """What signs an event, for the record: the model and a digest of all that it is told."""
        return f"{self.endpoint.model}/{prompt().digest()}"

    def events(self, document: Document, article: Sequence[Place]) -> Heard:
        """What the model finds in an article, in text order, with modality, negation and dispute by our own cues.

        Raises `LanguageModelError` if the endpoint cannot be reached, fails or does not keep its format.
        """
        dropped: Counter[Drop] = Counter()
        found: dict[tuple[int, int, str], Event] = {}
        requests = proposed = quoted = 0
        for group in groups(article, self.limits, dropped):
            requests += 1
            for made in self._group(document, group, dropped):
                proposed += 1
                if isinstance(made, Drop):
                    dropped[made] += 1
                elif (key := _key(made.event)) in found:
                    dropped[Drop.REPEATED] += 1
                else:
                    found[key] = made.event
                    quoted += made.quoted
                    dropped.update(made.dropped)
        heard = Heard(tuple(found[key] for key in sorted(found)), requests, proposed, quoted, dropped)
        self.tally.add(heard)
        return heard

    def _group(self, document: Document, group: Group, dropped: Counter[Drop]) -> Iterator[Grounded | Drop]:
        """What became of each claim that the model makes of a group; an answer that is lost whole is counted."""
        grounds = Grounds(document, group, self.limits, self.name)
        for claim in self._ask(document, group, dropped):
            yield claim if isinstance(claim, Drop) else grounds.event(claim)

    def _ask(self, document: Document, group: Group, dropped: Counter[Drop]) -> Sequence[Proposed | Drop]:
        before, asked = (
            [shown(document.text[p.start : p.end]) for p in places] for places in (group.before, group.asked)
        )
        reply = self._client.ask(prompt().messages(before, asked), prompt().answer_schema(), self.limits.answer_tokens)
        claims = Drop.CUT_OFF if reply.is_cut_off else parse(reply.content)
        if isinstance(claims, Drop):
            dropped[claims] += 1
            return ()
        return claims

    def close(self) -> None:
        """Close the connections to the server."""
        self._client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _key(event: Event) -> tuple[int, int, str]:
    """Where an event stands in the text and of what kind it is: one of each is enough."""
    return (event.trigger_extent().start, event.trigger_extent().end, event.kind.value)
