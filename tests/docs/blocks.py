"""The code blocks of the documentation, and how each kind of block is run.

A block names its language: `console` (lines with `$ ` are run, what follows is their output), `bash`, `python` (plain,
or a session with `>>>`), `json`, `yaml` and `toml` (must be well formed), `text` (prose, never run). In shown output
`...` stands for anything, over several lines too. A block that is not run says why in its first line:
"```bash not run: it needs a printer".
Invariant: the blocks of one page run in the order of the page, in one folder, and none is passed over silently.
"""

from __future__ import annotations

import doctest
import json
import os
import re
import subprocess
import sysconfig
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

FENCE = re.compile(
    r"^(?P<indent> *)(?P<fence>`{3,})(?P<info>[^`\n]*)\n(?P<text>.*?)^(?P=indent)(?P=fence) *$",
    re.MULTILINE | re.DOTALL,
)
EXPORT = re.compile(r"^export (\w+)=(\S+)$", re.MULTILINE)
COMMAND = re.compile(r"(?:[^\n]*\\\n)*[^\n]*")
NOT_RUN = re.compile(r"^not run: \w+ .+")
TIMEOUT = 120


class BlockError(AssertionError):
    """A block that fails, shows something else than what comes out, or cannot be run."""


@dataclass(frozen=True)
class Block:
    """A fenced block: where it stands ("README.md, line 12"), its language, the rest of its info string, its text."""

    where: str
    language: str
    note: str
    text: str

    @property
    def run(self) -> bool:
        if not self.note:
            return True
        if not NOT_RUN.match(self.note):
            raise BlockError(f"{self.where}: {self.note!r} is no reason; write 'not run: ' and why")
        return False


def blocks(page: Path, name: str) -> Iterator[Block]:
    """The blocks of a Markdown page, in order."""
    source = page.read_text(encoding="utf-8")
    for match in FENCE.finditer(source):
        language, _, note = match["info"].strip().partition(" ")
        indent = len(match["indent"])
        text = "".join(line[indent:] or "\n" for line in match["text"].splitlines(keepends=True))
        yield Block(f"{name}, line {source.count(chr(10), 0, match.start()) + 1}", language, note.strip(), text)


@dataclass
class Page:
    """The state in which a page's blocks run: its folder, the names its Python blocks made, the variables exported.

    Commands are looked for in `commands` first.
    """

    folder: Path
    commands: Path
    names: dict[str, Any] = field(default_factory=dict)
    exported: dict[str, str] = field(default_factory=dict)

    def run(self, block: Block) -> None:
        """Run one block; `BlockError` names it and says what differs."""
        runner = RUNNERS.get(block.language)
        if runner is None:
            raise BlockError(f"{block.where}: no language, or one that no test runs: {block.language!r}")
        if block.run:
            runner(self, block)


def shell(page: Page, block: Block, script: str) -> str:
    """What commands print on standard output; `BlockError` if one fails."""
    page.exported.update(EXPORT.findall(script))
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("FTA_")},
        "PATH": os.pathsep.join([str(page.commands), sysconfig.get_path("scripts"), os.environ["PATH"]]),
        "COLUMNS": "110",
        "TERM": "dumb",
        "NO_COLOR": "1",
        **page.exported,
    }
    ran = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=page.folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=TIMEOUT,
        check=False,
    )
    if ran.returncode:
        raise BlockError(f"{block.where}: exit {ran.returncode} from: {script}\n{ran.stdout}{ran.stderr}")
    return ran.stdout


def run_bash(page: Page, block: Block) -> None:
    """The block is one script that must succeed."""
    shell(page, block, block.text)


def run_console(page: Page, block: Block) -> None:
    """Every `$ ` line is run; if output is shown below it, it must be what comes out."""
    if not block.text.startswith("$ "):
        raise BlockError(f"{block.where}: a console block starts with a '$ ' line")
    for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
        command = COMMAND.match(part)[0]  # type: ignore[index]
        rest = part[len(command) + 1 :]
        printed = shell(page, block, command)
        if rest.strip() and not alike(rest, printed):
            raise BlockError(f"{block.where}: $ {command}\nshown:\n{rest}\nprinted:\n{printed}")


def run_python(page: Page, block: Block) -> None:
    """A session is checked line by line; a plain block must run to its end."""
    before = Path.cwd()
    os.chdir(page.folder)
    try:
        if ">>> " not in block.text:
            exec(compile(block.text, block.where, "exec"), page.names)  # noqa: S102 - our own documentation
            return
        test = doctest.DocTestParser().get_doctest(block.text, page.names, block.where, block.where, 0)
        said: list[str] = []
        flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
        if doctest.DocTestRunner(optionflags=flags).run(test, out=said.append, clear_globs=False).failed:
            raise BlockError("".join(said))
        page.names.update(test.globs)
    finally:
        os.chdir(before)


def well_formed(load: Callable[[str], object]) -> Callable[[Page, Block], None]:
    """A runner for data: the block must be readable."""

    def run(page: Page, block: Block) -> None:
        try:
            load(block.text)
        except (ValueError, yaml.YAMLError) as error:
            raise BlockError(f"{block.where}: {error}") from error

    return run


def alike(shown: str, printed: str) -> bool:
    """Whether the output is what is shown, `...` standing for anything, space at line ends for nothing."""
    pattern = ".*?".join(re.escape(piece) for piece in _tidy(shown).split("..."))
    return re.fullmatch(pattern, _tidy(printed), re.S) is not None


def _tidy(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip("\n").splitlines()).rstrip()


RUNNERS: dict[str, Callable[[Page, Block], None]] = {
    "bash": run_bash,
    "console": run_console,
    "python": run_python,
    "json": well_formed(json.loads),
    "yaml": well_formed(yaml.safe_load),
    "toml": well_formed(tomllib.loads),
    "text": lambda page, block: None,
}
