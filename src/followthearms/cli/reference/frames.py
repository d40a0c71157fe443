"""The pages of the documentation that list all frames, one page a kind, made from the frame files themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator

from followthearms.extract.frames.library import matcher
from followthearms.model import Kind
from followthearms.rules.frames import Frame
from followthearms.rules.markup import read_marked

_MADE = "<!-- made by `python -m followthearms.cli.reference`; change the frame files, not this page -->\n"
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")

_INDEX = f"""# Frames

{_MADE}
A frame says which words show one kind of happening, and where in the sentence its parts stand. Its examples are its
tests: in them the **trigger** is bold, and each part stands in italics with the name of its role. A pattern lists roles
with the paths that lead to them from the trigger; a role with `?` may be missing. How the paths are walked:
[reading](../../explanation/reading.md). A sentence of one's own is tried with `fta explain`.

| kind | frames | patterns | examples |
| --- | --- | --- | --- |
"""


def frame_pages() -> dict[str, str]:
    """Each page by its path under docs/reference: an index, and a page for each kind that has frames."""
    frames = matcher().frames
    by_kind = {kind: [f for f in frames if f.kind[0] == kind.value] for kind in Kind}
    pages = {f"frames/{kind}.md": _page(kind, members) for kind, members in by_kind.items() if members}
    rows = "".join(_row(kind, members) for kind, members in by_kind.items() if members)
    return {"frames/README.md": _INDEX + rows, **pages}


def _row(kind: Kind, frames: list[Frame]) -> str:
    patterns = sum(len(f.patterns) for f in frames)
    examples = sum(len(texts) for f in frames for texts in f.examples.values())
    return f"| [{kind}]({kind}.md) | {len(frames)} | {patterns} | {examples} |\n"


def _page(kind: Kind, frames: list[Frame]) -> str:
    sections = ["\n".join(_section(f)) for f in sorted(frames, key=lambda f: f.frame)]
    return "\n".join([f"# Frames of the kind {kind}\n\n{_MADE}", *sections])


def _section(frame: Frame) -> Iterator[str]:
    yield f"## {frame.frame}\n"
    yield f"{_plain(frame.summary)}\n"
    yield f"- triggers ({', '.join(frame.trigger.pos)}): {', '.join(map(_plain, frame.trigger.lemma))}"
    if len(frame.kind) > 1:
        yield f"- kinds: {', '.join(frame.kind)}"
    if frame.agent:
        yield f"- the doer is the {frame.agent}"
    if frame.weight < 1:
        yield f"- weight: {frame.weight:g}"
    yield ""
    for name, roles in frame.patterns.items():
        yield f"**{name}**: {'; '.join(f'{role} at `{path}`' for role, path in roles.items())}\n"
        yield from (f"- {_marked(text)}" for text in frame.examples[name])
        yield from (f"- missed so far: {_marked(text)}" for text in frame.misses.get(name, ()))
        yield ""
    yield "Not read:\n"
    yield from (f"- {_plain(reject.text)} ({_plain(reject.why)})" for reject in frame.rejects)
    yield ""


def _marked(source: str) -> str:
    """An example as Markdown: the trigger bold, the parts in italics with their roles."""
    marked, written, last = read_marked(source), "", 0
    for mark in marked.marks:
        words = _plain(mark.text)
        written += _plain(marked.text[last : mark.start])
        written += f"**{words}**" if mark.name == "trigger" else f"*{words}* ({mark.name})"
        last = mark.end
    return written + _plain(marked.text[last:])


def _plain(text: str) -> str:
    """Text in which Markdown finds nothing to mark."""
    return _SPECIAL.sub(r"\\\1", text)
