"""The page on the speed of the register, of figures that were measured."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from benchmarks.register.measuring import Figures

FLAT = 2.0
"""What adding may cost at the largest size, for each that it costs at the smallest."""
SOON = 100.0
"""Milliseconds within which 95 of 100 answers are to come."""

HEAD = f"""# How fast the register is

Measured by `python -m benchmarks.register --write docs/reference/register-speed.md`, which prints the same tables for
your machine, on a made-up world (`benchmarks/register/world.py`): documents of five claims, four on one deal and one on
another; a few deals are told much, most of them once or twice. Of each register the log was written first, then all
that follows from it made at once, as after an upgrade; registers in PostgreSQL with more than 10,000 claims were
carried there row by row from SQLite (`benchmarks/register/carrying.py`). **Adding** is the mean of 200 further
documents in transactions of 20, each of which also links them and brings all that is derived up to date. **Answers**
are of 100 warm calls with different words. A deal in full takes as long as much is told of it, and the deals ranked
first in a larger register are told more. Other work on the machine slows what the clock shows, and processor time too,
but less: compare sizes with each other. The targets: in the largest register adding costs at most {FLAT:g} times as
much as in the smallest, and 95 of 100 answers come within {SOON:g} ms.

"""


def tables(measured: Collection[Figures]) -> str:
    """All tables, as Markdown, of figures of one size and database at least."""
    found = sorted(measured, key=lambda one: (one.database != "SQLite", one.claims))
    parts = [_sizes(found), "## Adding\n", _adding(found), *_ratios(found), "## Answers\n", _answers(found)]
    return "\n".join(parts)


def _sizes(found: Sequence[Figures]) -> str:
    rows: dict[str, Callable[[Figures], str]] = {
        "deals": lambda one: f"{one.deals:,}",
        "database": lambda one: f"{one.bytes / 1e6:,.0f} MB",
        "bytes a claim": lambda one: f"{one.bytes / one.claims:,.0f}",
        "measured on": lambda one: one.day,
        "programs that wanted a core, before and after": lambda one: f"{one.load[0]:.1f}, {one.load[1]:.1f}",
    }
    machines = " and ".join(sorted({one.machine for one in found}))
    sizes = "; ".join(f"{one.database} with {one.claims:,} claims" for one in found)
    return f"On {machines}. Measured were {sizes}; no larger ones.\n\n{_table('', found, rows)}"


def _adding(found: Sequence[Figures]) -> str:
    rows: dict[str, Callable[[Figures], str]] = {
        "processor, ms a claim": lambda one: f"{one.cpu:.2f}",
        "by the clock, ms a claim": lambda one: f"{one.wall:.2f}",
    }
    for stage in found[0].shares:
        rows[f"share of {stage}"] = lambda one, stage=stage: f"{one.shares[stage]:.0%}"  # type: ignore[misc]
    note = "Processor time is of program and database; the shares are of the program alone.\n"
    return f"{_table('', found, rows)}\n{note}"


def _ratios(found: Sequence[Figures]) -> Iterable[str]:
    for database in dict.fromkeys(one.database for one in found):
        sizes = [one for one in found if one.database == database]
        if len(sizes) > 1:
            ratio = sizes[-1].cpu / sizes[0].cpu
            yield (
                f"{database}: a claim costs {ratio:.2f} times as much processor time in a register of "
                f"{sizes[-1].claims:,} claims as in one of {sizes[0].claims:,}: {_judged(ratio <= FLAT)}.\n"
            )


def _answers(found: Sequence[Figures]) -> str:
    def told(name: str) -> Callable[[Figures], str]:
        return lambda one: f"{one.answers[name].half:.0f} / {one.answers[name].most:.0f} / {one.answers[name].cpu:.0f}"

    table = _table("ms: half / 95 of 100 / 95 of 100 in processor time", found, {n: told(n) for n in found[0].answers})
    slow = [
        f"{name} ({one.database}, {one.claims:,}: {answer.most:.0f} ms)"
        for one in found
        for name, answer in one.answers.items()
        if answer.most > SOON
    ]
    missed = f"Not within {SOON:g} ms by the clock: {'; '.join(slow)}." if slow else f"All within {SOON:g} ms."
    return f"{table}\nProcessor time is of the program, in which SQLite works too, and PostgreSQL does not. {missed}\n"


def _table(corner: str, found: Sequence[Figures], rows: dict[str, Callable[[Figures], str]]) -> str:
    heads = " | ".join(f"{one.database}, {one.claims:,} claims" for one in found)
    lines = [f"| {corner} | {heads} |", f"|---|{'---:|' * len(found)}"]
    lines += [f"| {name} | {' | '.join(map(tell, found))} |" for name, tell in rows.items()]
    return "\n".join(lines) + "\n"


def _judged(kept: bool) -> str:
    return "the target is met" if kept else "the target is missed"
