"""What migrations share, so that a table is the same in both databases.

Invariants: rows of a table that is `append_only` cannot be updated, deleted or replaced by any program, a table cannot
be emptied; and texts sort by their code points everywhere (`TEXT`), whatever the language of the server.
"""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from alembic.operations import Operations

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
"""The type of all text columns. Of SQLite's own collation, `BINARY`, PostgreSQL's "C" is the equal."""

_REFUSAL = "the register is append-only"


def append_only(op: Operations, table: str, keys: Sequence[str]) -> None:
    """Make triggers that refuse every update and delete, and an insert under a key (the columns `keys`) that exists.

    SQLite replaces a row (`INSERT OR REPLACE`) without firing delete triggers, and both databases can pass over a row
    in silence (`OR IGNORE`, `ON CONFLICT DO NOTHING`): this is why an insert is looked at as well.
    """
    same = " AND ".join(f'"{key}" = NEW."{key}"' for key in keys)
    known = f'EXISTS (SELECT 1 FROM "{table}" WHERE {same})'
    make = _on_postgresql if op.get_bind().dialect.name == "postgresql" else _on_sqlite
    for statement in make(table, known):
        op.get_bind().exec_driver_sql(statement)


def _on_sqlite(table: str, known: str) -> list[str]:
    return [
        f'CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON "{table}" {condition} '
        f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
        for act, condition in (("UPDATE", ""), ("DELETE", ""), ("INSERT", f"WHEN {known}"))
    ]


def _on_postgresql(table: str, known: str) -> list[str]:
    refuse = f"RAISE EXCEPTION '{_REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'"
    triggers = (("UPDATE", "ROW", "refuse"), ("DELETE", "ROW", "refuse"), ("TRUNCATE", "STATEMENT", "refuse"))
    return [
        f"CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {refuse}; END $$",
        f"CREATE FUNCTION {table}_insert() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF {known} THEN {refuse}; END IF; RETURN NEW; END $$",
        *(
            f'CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON "{table}" FOR EACH {each} EXECUTE FUNCTION {function}()'
            for act, each, function in (*triggers, ("INSERT", "ROW", f"{table}_insert"))
        ),
    ]
