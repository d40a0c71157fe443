"""The page of the documentation that lists the views and tables of a register, made from their definitions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from followthearms.register.tables import derived, intake, log, people
from followthearms.register.tables.meanings import MEANINGS
from followthearms.register.tables.views import BETWEEN, VIEWS

_HEAD = f"""# Views and tables

<!-- made by `python -m followthearms.cli.reference`; change the definitions, not this page -->

A register is one SQLite file, or a PostgreSQL database, and any program that reads one of these can look into it. Let
it only read: the log refuses to be changed, and what is written elsewhere is lost.

**For your own questions there are two views.** Their names and columns stay as they are; there may be more columns one
day. They say what the [CSV files](tables.md) say, in SQL's types; several values in one column have `{BETWEEN.strip()}`
between them. They are joined by `deal`:

```bash
fta import examples/gold.jsonl
```

```python
import sqlite3

register = sqlite3.connect("file:register.db?mode=ro", uri=True)
asked = (
    "SELECT d.supplier, d.status, c.designation, c.number, c.evidence, c.outlet, c.published, c.url"
    " FROM claim_register AS c JOIN deal_register AS d ON d.deal = c.deal"
    " WHERE d.recipient_code = 'IN' AND c.kind = 'delivery' AND NOT c.negated ORDER BY c.published"
)
assert register.execute(asked).fetchall()
```

**Datasette** opens the file as it is, with both views. **DuckDB** answers both by its extension for SQLite (in it,
`count(deal)` rather than `count(*)`, which asks some tables for row numbers that they have not).

**Views of your own** stand best on these two. What stands on them, and whom they let read them
(`GRANT SELECT ON deal_register, claim_register TO …`), outlives every new version of the program.

The **tables** change with the program, without notice; names as in the [codebook](codebook.md). A view of yours on a
table that a new version changes goes on in SQLite as far as it fits; in PostgreSQL the register is not opened before it
is dropped, and you are told its name.
"""  # noqa: S608  # prose with a query in it, which nobody runs here

_KINDS = (
    (log, "The log", "What was added and ruled. Rows are only ever added; the database refuses to change them."),
    (derived, "What follows from the log", "Kept so that questions are answered soon; made anew by each new version."),
    (intake, "The journal", "What was given to be read, and what became of it; on one machine, never exported."),
    (people, "People", "Never exported."),
)


def database_page() -> str:
    """The page of all views and tables, in Markdown."""
    return "\n".join([_HEAD, *_views(), *_tables()])


def _views() -> Iterator[str]:
    for view in VIEWS:
        yield from _section(f"## {view.name}", view.about, [(name, meaning) for name, _, meaning in view.columns])


def _tables() -> Iterator[str]:
    for module, heading, about in _KINDS:
        yield f"## {heading}\n\n{about}\n"
        for table in module.metadata.sorted_tables:
            yield from _section(f"### {table.name}", table.info["about"], [_told(one) for one in table.columns])
    yield (
        "Tables that begin with `pages`, `quotes` and `tellings` are the index of the search; `alembic_version` has "
        "the revision of the schema.\n"
    )


def _section(heading: str, about: str, columns: list[tuple[str, str]]) -> Iterator[str]:
    yield f"{heading}\n\n{about[0].upper()}{about[1:]}.\n"
    yield "| column | holds |\n| --- | --- |"
    yield from (f"| `{name}` | {meaning} |" for name, meaning in columns)
    yield ""


def _told(column: Any) -> tuple[str, str]:
    return column.name, column.doc or MEANINGS[column.name]
