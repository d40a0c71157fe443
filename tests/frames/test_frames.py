"""Every frame's examples are its tests: each fires with the pattern and the parts that are marked, no reject fires."""

from __future__ import annotations

import functools

import pytest

from followthearms.extract.events import Event
from followthearms.extract.frames.candidates import candidates, places
from followthearms.extract.frames.library import matcher
from followthearms.extract.mentions.find import find_mentions
from followthearms.extract.text.parse import parse
from followthearms.model import Document, Extent
from followthearms.rules.frames import Frame
from followthearms.rules.markup import Mark, Marked, read_marked

FRAMES = matcher().frames
EXAMPLES = [(f, p, e) for f in FRAMES for p, texts in f.examples.items() for e in texts]
REJECTS = [(f, r) for f in FRAMES for r in f.rejects]
MISSES = [(f, p, e) for f in FRAMES for p, texts in f.misses.items() for e in texts]


@functools.cache
def events(text: str) -> tuple[Event, ...]:
    document = Document(text=text)
    sentences = parse(text, [Extent(start=0, end=len(text))])
    mentions = find_mentions(document, sentences)
    return tuple(candidates(places(sentences, mentions), matcher()))


def fires(frame: Frame, pattern: str, marked: Marked) -> None:
    own = [e for e in events(marked.text) if e.frame == frame.frame]
    assert own, f"{frame.frame} does not fire on {marked.text!r}"
    trigger = marked.of("trigger")[0]
    here = [e for e in own if e.trigger_extent().start < trigger.end and trigger.start < e.trigger_extent().end]
    assert here, f"{frame.frame} fires on {[e.token.text for e in own]}, not on {trigger.text!r}"
    assert here[0].pattern == pattern, f"{here[0].pattern} fires, not {pattern}"
    for mark in marked.marks:
        if mark.name not in ("trigger", "object"):
            assert_filled(here[0], mark)


def assert_filled(event: Event, mark: Mark) -> None:
    filled = event.roles.get(mark.name, ())
    assert any(m.start < mark.end and mark.start < m.end for m in filled), (
        f"{mark.name} should be {mark.text!r}, is {[m.span.text for m in filled]}"
    )


@pytest.mark.parametrize(("frame", "pattern", "example"), EXAMPLES, ids=lambda v: v if isinstance(v, str) else v.frame)
def test_example(frame: Frame, pattern: str, example: str) -> None:
    fires(frame, pattern, read_marked(example))


@pytest.mark.parametrize(("frame", "reject"), REJECTS, ids=lambda v: v.frame if isinstance(v, Frame) else v.text[:40])
def test_reject(frame: Frame, reject: object) -> None:
    text = reject.text  # type: ignore[attr-defined]
    assert not [e for e in events(text) if e.frame == frame.frame], text


@pytest.mark.parametrize(("frame", "pattern", "example"), MISSES, ids=lambda v: v if isinstance(v, str) else v.frame)
@pytest.mark.xfail(strict=True, reason="a known miss, kept until it is mended")
def test_miss(frame: Frame, pattern: str, example: str) -> None:
    fires(frame, pattern, read_marked(example))


@pytest.mark.parametrize("frame", FRAMES, ids=lambda f: f.frame)
def test_frame_is_well_kept(frame: Frame) -> None:
    assert all(len(texts) >= 2 for texts in frame.examples.values()), "every pattern has two examples"
    assert len(frame.rejects) >= 2, "every frame has two rejects"
