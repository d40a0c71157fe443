"""How many articles a core reads in a second, and which stage costs what share of it.

    python -m benchmarks.reading.stages [TEXTS…] [--write docs/reference/speed.md]

Without texts the sample articles are read. An article counts as 300 words. Time is the processor's, as other work on
the machine does not add to it, the best of several runs; the stages are those that the pipeline calls, whatever it is.
"""

from __future__ import annotations

import argparse
import inspect
import os
import platform
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Set
from contextlib import contextmanager
from pathlib import Path
from types import GeneratorType, ModuleType
from typing import Any

from followthearms.engine import run
from followthearms.engine.inputs import CHUNK_INPUTS
from followthearms.extract.mentions import find
from followthearms.extract.tagger import Tagger
from followthearms.model import ALL_VOICES, Document, Voice
from followthearms.pipeline import reading
from followthearms.sources import ReadOptions, read_sources

ROOT = Path(__file__).resolve().parent.parent.parent
ARTICLES = ROOT / "examples/articles"
WORDS = 300
"""Words of an article."""
TIMES = 3


class Clock:
    """Processor seconds of each stage, without those of the stages that it calls."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._inner = [0.0]

    def timed(self, name: str, stage: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **named: Any) -> Any:
            self._inner.append(0.0)
            start = time.process_time()
            found = stage(*args, **named)
            if isinstance(found, GeneratorType):
                found = list(found)
            spent = time.process_time() - start
            self.seconds[name] += spent - self._inner.pop()
            self._inner[-1] += spent
            return found

        return call

    @contextmanager
    def on(self, *modules: ModuleType) -> Iterator[None]:
        """Time every function that these modules take from `extract`."""
        before = [(module, dict(vars(module))) for module in modules]
        for module, names in before:
            for name, value in names.items():
                origin = value.__module__ if inspect.isfunction(value) else ""
                if origin.startswith("followthearms.extract") and origin != module.__name__:
                    setattr(module, name, self.timed(f"{origin.removeprefix('followthearms.extract.')}.{name}", value))
        propose = Tagger.propose
        setattr(Tagger, "propose", self.timed("tagger.propose", propose))  # noqa: B010
        try:
            yield
        finally:
            setattr(Tagger, "propose", propose)  # noqa: B010
            for module, names in before:
                for name, value in names.items():
                    setattr(module, name, value)


def read_all(documents: list[Document], voices: Set[Voice] = ALL_VOICES) -> float:
    """Processor seconds for reading the documents as the commands do."""
    start = time.process_time()
    failed = [outcome for outcome in run(documents, voices=voices) if not isinstance(outcome, Document)]
    seconds = time.process_time() - start
    if failed:
        raise failed[0]
    return seconds


def measure(paths: list[Path]) -> list[str]:
    """The figures as lines of a Markdown page."""
    documents = [d for d in read_sources(paths, ReadOptions()) if isinstance(d, Document)]
    read_all(documents)  # loads the parser and the tables
    words = sum(len(d.text.split()) for d in documents)
    together = min(read_all(documents) for _ in range(TIMES))
    framed = min(read_all(documents, {Voice.FRAME}) for _ in range(TIMES))
    alone = min(sum(read_all([d]) for d in documents) for _ in range(TIMES))
    clock = Clock()
    with clock.on(reading, find):
        total = sum(read_all(documents) for _ in range(TIMES))
    shares = sorted(clock.seconds.items(), key=lambda item: -item[1])
    rest = total - sum(clock.seconds.values())
    an_article = 1000 / TIMES * WORDS / words
    return [
        f"{len(documents)} texts with {words:,} words, on one core of {_machine()}:",
        "",
        "| | articles of 300 words a second and core |",
        "|---|---:|",
        f"| {CHUNK_INPUTS} texts at a time, as `fta read` does | {words / WORDS / together:.0f} |",
        f"| the same by the frames alone (`--voice frame`) | {words / WORDS / framed:.0f} |",
        f"| one text at a time | {words / WORDS / alone:.0f} |",
        "",
        "| stage | ms an article | share of the time |",
        "|---|---:|---:|",
        *(f"| `{name}` | {seconds * an_article:.1f} | {seconds / total:.1%} |" for name, seconds in shares),
        f"| all else | {rest * an_article:.1f} | {rest / total:.1%} |",
    ]


def _machine() -> str:
    """What it ran on. The more processes want its cores, the lower are the figures."""
    load = f"{os.getloadavg()[0]:.0f} processes wanting its cores"
    kind = f"{os.cpu_count()}-core {platform.machine()} machine{_instructions()}"
    return f"a {kind} with Python {platform.python_version()} and {load}"


def _instructions() -> str:
    """Those that the tagger's products are the faster for, in brackets, where the system tells."""
    told = Path("/proc/cpuinfo")
    flags = set(told.read_text(encoding="utf-8").split()) if told.is_file() else set[str]()
    known = [name for name in ("avx2", "avx512f", "avx_vnni", "avx512_vnni", "amx_int8") if name in flags]
    return f" ({', '.join(known)})" if known else ""


HEAD = """# How fast it reads

Measured by `make bench`, which prints the same tables for your machine. Other work on the machine slows all stages
alike: compare the shares, and the figures of one run, rather than figures of different machines. The tagger's time
depends on the processor above all: its products of eight bits are faster with AMX or VNNI. Why it is as it is:
[decision 0027](../decisions/0027-what-is-parsed.md) and [0037](../decisions/0037-products-of-the-parser.md) for the
parser, [decision 0028](../decisions/0028-what-the-encoder-reads.md) for the tagger.

"""


def main() -> None:
    """Measure, print, and write the page if asked to."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("texts", nargs="*", type=Path, default=[ARTICLES])
    arguments.add_argument("--write", type=Path)
    given = arguments.parse_args()
    lines = measure(given.texts)
    print("\n".join(lines))
    if given.write:
        given.write.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
