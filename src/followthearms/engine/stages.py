"""What is done with an input, whoever does it: this process, one of a pool, or a task on a cluster.

    bytes → document → language → screen → was it read before? → parsed, several together → claims

What somebody chose article by article is not screened, unless it is asked for. The many pages of an archive are
screened before they are taken apart: by their bytes, then by their main text.

Invariant: every input comes out, in its order, as at least one result; what a result says depends on the input and the
plan alone; and what fails on one input is the result of that input.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from followthearms.engine.inputs import Input
from followthearms.errors import FollowTheArmsError, InputError, PassedOver
from followthearms.model import ALL_VOICES, Document, Voice
from followthearms.model.fates import Fate
from followthearms.rules.tree import Sentence
from followthearms.screen import Known, gate, passes
from followthearms.sources import ReadOptions
from followthearms.sources.files import read_raw
from followthearms.sources.raw import Origin, Raw
from followthearms.sources.skimming import skim
from followthearms.sources.text.language import is_read, language_of

if TYPE_CHECKING:
    from followthearms.extract.llm import LanguageModel

NOT_LET_IN = "no word for arms near a word for their trade, nowhere in the page"
"""Why a page was not even taken apart."""


class Screening(StrEnum):
    """Of which inputs only those are read that may hold a claim, by the look of their text."""

    NONE = "none"
    MANY = "many"  # what archives, feeds and tables hold; not the articles that somebody chose
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Plan:
    """How inputs are read."""

    options: ReadOptions = field(default_factory=ReadOptions)
    voices: Set[Voice] = ALL_VOICES
    screens: Screening = Screening.NONE

    def is_screened(self, content: Raw | Document | InputError) -> bool:
        """Whether the screen looks at an input. A document came out of a table."""
        is_chosen = isinstance(content, Raw) and content.is_chosen
        return self.screens is Screening.ALL or (self.screens is Screening.MANY and not is_chosen)

    def how(self, model: LanguageModel | None = None) -> str:
        """All that the results depend on beside the inputs and the program, as JSON."""
        told = {
            "options": asdict(self.options),
            "voices": sorted(self.voices),
            "screens": self.screens,
            "model": model.name if model else None,
        }
        return json.dumps(told, sort_keys=True, default=str)


@dataclass(frozen=True, slots=True)
class Result:
    """What became of an input: a document, or the error that says why there is none.

    `place` is the input's own among those that were given together, from 0. One that is not settled waits for its
    claims; none such leaves this module.
    """

    place: int
    fate: Fate
    document: Document | None = None
    problem: InputError | None = None
    is_settled: bool = True

    def why(self, address: str) -> tuple[str | None, str | None]:
        """Why the input with this address was not read, and what to do about it; nulls if it was."""
        if self.problem:
            at = "" if self.problem.where == address else f"{self.problem.where}: "
            return f"{at}{self.problem.problem}", self.problem.remedy or None
        return self.document.language if self.document and self.fate is Fate.FOREIGN else None, None


def read_inputs(
    inputs: Sequence[Input],
    plan: Plan,
    model: LanguageModel | None = None,
    known: Known | None = None,
    alive: Callable[[], None] = lambda: None,
) -> Iterator[Result]:
    """The results of some inputs. Texts that are `known` from former calls with the same plan and model are not read
    again. `alive` is called before each step that takes time.

    Raises what is no fault of an input: KnowledgeError, LanguageModelError, MemoryError.
    """
    opened = [found for place, one in enumerate(inputs) for found in _opened(place, one, plan, alive)]
    waiting = {n: one.document for n, one in enumerate(opened) if one.document and not one.is_settled}
    known = Known() if known is None else known
    unread = {n: document for n, document in waiting.items() if known.shared(document) is None}
    alive()
    sentences = dict(zip(unread, _parsed(list(unread.values())), strict=True))
    for n, one in enumerate(opened):
        if n not in waiting:
            yield one
        elif copy := known.shared(waiting[n]):  # of one before these, or among them
            yield Result(one.place, Fate.READ, copy)
        else:
            alive()
            result = _with_claims(one.place, waiting[n], sentences.pop(n, None), plan, model)
            if result.document:
                known.keep(waiting[n], result.document)
            yield result


def _opened(place: int, source: Input, plan: Plan, alive: Callable[[], None]) -> Iterator[Result]:
    """The documents of an input, without claims, or why there are none."""
    match source.content:
        case Raw():
            alive()
            yield from _unpacked(place, source.content, plan)
        case _:
            yield _met(place, source.address, source.content, plan, is_screened=plan.is_screened(source.content))


def _unpacked(place: int, raw: Raw, plan: Plan) -> Iterator[Result]:
    is_screened = plan.is_screened(raw)
    try:
        if is_screened and raw.origin is Origin.ARCHIVED and (reason := not_worth_it(raw, plan)):
            yield _dropped(place, raw.where, reason)
            return
        for item in read_raw(raw, plan.options):
            yield _met(place, raw.where, item, plan, is_screened=is_screened)
    except (FollowTheArmsError, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001 - one input must not end a run over thousands; the error is told, not lost
        yield _failed(place, raw.where, error)


def not_worth_it(raw: Raw, plan: Plan) -> str | None:
    """Why a page of an archive need not be taken apart; None if it must be, as one that is not in English."""
    if not gate(raw.data):
        return NOT_LET_IN
    text = skim(raw, plan.options)
    if text is None or not is_read(language_of(text)) or (verdict := passes(text)).is_relevant:
        return None
    return verdict.reason


def _met(place: int, where: str, item: Document | InputError, plan: Plan, *, is_screened: bool) -> Result:
    """An input of which nothing more is to be done, or a document that waits to be read."""
    match item:
        case PassedOver():
            return Result(place, Fate.DROPPED, problem=item)
        case InputError():
            return Result(place, Fate.UNREADABLE, problem=item)
        case Document() if plan.options.keep_claims and "claims" in item.model_fields_set:
            return Result(place, Fate.READ, item)
        case Document() if not is_read(item.language):
            return Result(place, Fate.FOREIGN, item)
        case Document() if is_screened and not (verdict := passes(item.text)).is_relevant:
            return _dropped(place, where, verdict.reason)
        case Document():
            return Result(place, Fate.READ, item, is_settled=False)


def _dropped(place: int, where: str, reason: str) -> Result:
    return Result(place, Fate.DROPPED, problem=PassedOver(where, reason, "--no-screen reads it"))


def _parsed(documents: Sequence[Document]) -> Sequence[list[Sentence] | None]:
    """The sentences of each document; of none if the parser fails, so that each is tried, and fails, by itself."""
    if not documents:
        return []
    from followthearms import pipeline  # with it come the parser and the knowledge: seconds, not wanted for --help

    try:
        return pipeline.parsed(documents)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - `_with_claims` meets the error again on the document whose it is, and tells it
        return [None] * len(documents)


def _with_claims(
    place: int, document: Document, sentences: list[Sentence] | None, plan: Plan, model: LanguageModel | None
) -> Result:
    from followthearms import pipeline

    try:
        return Result(place, Fate.READ, pipeline.read(document, sentences, plan.voices, model))
    except InputError as error:
        return Result(place, Fate.UNREADABLE, problem=error)
    except (FollowTheArmsError, MemoryError):  # broken data or a server that is away: no other text would fare better
        raise
    except Exception as error:  # noqa: BLE001 - one text must not end a run over thousands; the error is told, not lost
        return _failed(place, f"document {document.id}", error)


def _failed(place: int, where: str, error: Exception) -> Result:
    failed = InputError(
        where,
        f"the program failed on it ({type(error).__name__}: {error})",
        "please report it together with the text",
    )
    failed.__cause__ = error
    return Result(place, Fate.QUARANTINED, problem=failed)
