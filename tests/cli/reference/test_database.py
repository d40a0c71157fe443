"""The page of views and tables tells of each with all its columns."""

from __future__ import annotations

from followthearms.cli.reference.database import database_page
from followthearms.register.tables import derived, intake, log, people
from followthearms.register.tables.meanings import MEANINGS
from followthearms.register.tables.views import VIEWS

TABLES = [table for module in (log, derived, intake, people) for table in module.metadata.sorted_tables]


def test_every_view_and_table_stands_on_the_page_with_every_column() -> None:
    sections = {part.partition("\n")[0].strip("# "): part for part in database_page().split("\n##")}
    columns = {view.name: [name for name, *_ in view.columns] for view in VIEWS}
    columns |= {table.name: [column.name for column in table.columns] for table in TABLES}
    for name, those in columns.items():
        told = [line.split("|")[1:3] for line in sections[name].splitlines() if line.startswith("| `")]
        assert [cell.strip("` ") for cell, _ in told] == those
        assert all(meaning.strip() for _, meaning in told)


def test_no_meaning_is_of_a_column_that_there_is_not() -> None:
    assert MEANINGS.keys() <= {column.name for table in TABLES for column in table.columns if not column.doc}
