"""The triggers that keep a table append-only, in either database.

Invariant: no program that opens the database can update, delete or replace a row of such a table, or empty it, unless
it drops the triggers first.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

_REFUSAL = "the register is append-only"


def append_only(connection: Connection, table: str, *keys: Sequence[str]) -> None:
    """Make triggers that refuse every update and delete, and an insert under a key that exists.

    `keys` are the primary key and any other unique one, each with the names of its columns.

    SQLite replaces a row (`INSERT OR REPLACE`) without firing delete triggers, and both databases can pass over a row
    in silence (`OR IGNORE`, `ON CONFLICT DO NOTHING`): this is why an insert is looked at as well.
    """
    same = (" AND ".join(f'"{column}" = NEW."{column}"' for column in key) for key in keys)
    known = " OR ".join(f'EXISTS (SELECT 1 FROM "{table}" WHERE {condition})' for condition in same)  # noqa: S608
    make = _on_postgresql if connection.dialect.name == "postgresql" else _on_sqlite
    for statement in make(table, known):
        connection.exec_driver_sql(statement)


def _on_sqlite(table: str, known: str) -> list[str]:
    return [
        f'CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON "{table}" {condition} '
        f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
        for act, condition in (("UPDATE", ""), ("DELETE", ""), ("INSERT", f"WHEN {known}"))
    ]


def _on_postgresql(table: str, known: str) -> list[str]:
    refuse = f"RAISE EXCEPTION '{_REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'"
    triggers = (
        ("UPDATE", "ROW", "fta_refuse"),
        ("DELETE", "ROW", "fta_refuse"),
        ("TRUNCATE", "STATEMENT", "fta_refuse"),
        ("INSERT", "ROW", f"fta_{table}_insert"),
    )
    return [
        f"CREATE OR REPLACE FUNCTION fta_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {refuse}; END $$",
        f"CREATE FUNCTION fta_{table}_insert() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF {known} THEN {refuse}; END IF; RETURN NEW; END $$",
        *(
            f'CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON "{table}" FOR EACH {each} '
            f"EXECUTE FUNCTION {function}()"
            for act, each, function in triggers
        ),
    ]
