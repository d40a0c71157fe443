"""The page of the documentation that lists all commands, made from the commands themselves."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

import typer.main

from followthearms.cli.commands import app

_HEAD = """# Commands

<!-- made by `python -m followthearms.cli.reference`; change the commands, not this page -->

Follow the Arms is used through one command, `fta`.
Results go to the standard output; errors, one line each, and progress to the standard error.

| exit code | meaning |
| --- | --- |
| 0 | all went well |
| 1 | some input could not be read; the rest was |
| 2 | the command could not be carried out: a wrong option, no such deal, a register that cannot be opened |

`FTA_REGISTER` names the register for all commands; `--register` goes before it. `FTA_LLM_URL`, `FTA_LLM_KEY` and
`FTA_LLM_TIMEOUT` say where [a language model](../how-to/language-model.md) is, if an option asks for one.
"""


def commands_page() -> str:
    """The page of all commands, in Markdown."""
    group: Any = typer.main.get_command(app)
    return "\n".join([_HEAD, *("\n".join(_section(name, command)) for name, command in _commands(group))])


def _commands(group: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    """The commands by their names; those of a group within the group after its name."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from _commands(command, f"{before}{name} ")
        else:
            yield f"{before}{name}", command


def _section(name: str, command: Any) -> Iterator[str]:
    said = inspect.cleandoc(command.callback.__doc__)
    prose, _, examples = said.partition("\x08\nExamples:\n")
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    options = [p for p in command.params if p.param_type_name == "option"]
    yield f"## fta {name}\n"
    yield " ".join(prose.split()) + "\n"
    yield "```text"
    yield " ".join(["fta", name, *("[OPTIONS]" for _ in options[:1]), *map(_taken, arguments)])
    yield "```\n"
    yield "| | |\n| --- | --- |"
    for parameter in (*arguments, *options):
        yield f"| {_named(parameter)} | {_explained(parameter)} |"
    yield "\nExamples:\n\n```text"
    yield from inspect.cleandoc(examples).split("\n")
    yield "```\n"


def _taken(argument: Any) -> str:
    name = str(argument.metavar) if argument.required else f"[{argument.metavar}]"
    return f"{name}..." if argument.nargs == -1 else name


def _named(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return f"`{_taken(parameter)}`"
    value = f" `{parameter.metavar}`".replace("|", "\\|") if parameter.metavar else ""
    return ", ".join(f"`{name}`" for name in (*parameter.opts, *parameter.secondary_opts)) + value


def _explained(parameter: Any) -> str:
    needed = " Required." if parameter.required and parameter.param_type_name == "option" else ""
    is_shown = isinstance(parameter.default, str)
    return f"{parameter.help}{needed}" + (f" Default: `{parameter.default}`." if is_shown else "")
