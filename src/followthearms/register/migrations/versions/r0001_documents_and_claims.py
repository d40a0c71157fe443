"""Documents, runs, readings, claims and slots; nothing can be changed or taken away.

Triggers hold that for every program that opens the file. `INSERT OR REPLACE` deletes without firing delete triggers,
so that adding a row under a key that exists is refused by a trigger as well.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_KNOWN = {
    "documents": "SELECT 1 FROM documents WHERE id = NEW.id",
    "runs": "SELECT 1 FROM runs WHERE id = NEW.id",
    "readings": "SELECT 1 FROM readings WHERE id = NEW.id",
    "claims": "SELECT 1 FROM claims WHERE reading = NEW.reading AND position = NEW.position",
    "slots": "SELECT 1 FROM slots WHERE reading = NEW.reading AND position = NEW.position AND ordinal = NEW.ordinal",
}


def upgrade() -> None:
    """Make the tables, and the triggers that keep them append-only."""
    _documents_and_runs()
    _readings()
    _claims()
    _slots()
    for table, known in _KNOWN.items():
        for act, condition in (("UPDATE", ""), ("DELETE", ""), ("INSERT", f"WHEN EXISTS ({known})")):
            op.execute(
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} {condition} "
                "BEGIN SELECT RAISE(ABORT, 'the register is append-only'); END"
            )


def _documents_and_runs() -> None:
    op.create_table(
        "documents",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("text_hash", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("added", sa.Text, nullable=False),
    )
    op.create_table(
        "runs",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("ruleset", sa.Text, nullable=False),
        sa.Column("parser", sa.Text, nullable=False),
        sa.Column("started", sa.Text, nullable=False),
    )


def _readings() -> None:
    op.create_table(
        "readings",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("document", sa.Text, sa.ForeignKey("documents.id"), nullable=False),
        sa.Column("run", sa.Text, sa.ForeignKey("runs.id"), nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("metadata", sa.Text, nullable=False),
        sa.Column("added", sa.Text, nullable=False),
    )
    op.create_index("readings_of_document", "readings", ["document", "id"])


def _claims() -> None:
    op.create_table(
        "claims",
        sa.Column("reading", sa.Integer, sa.ForeignKey("readings.id"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("modality", sa.Text, nullable=False),
        sa.Column("negated", sa.Boolean, nullable=False),
        sa.Column("disputed", sa.Boolean, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_index("claims_by_id", "claims", ["id"])
    op.create_index("claims_by_kind", "claims", ["kind"])


def _slots() -> None:
    op.create_table(
        "slots",
        sa.Column("reading", sa.Integer, primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("ordinal", sa.Integer, primary_key=True),
        sa.Column("slot", sa.Text, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("code", sa.Text),
        sa.Column("label", sa.Text),
        sa.ForeignKeyConstraint(["reading", "position"], ["claims.reading", "claims.position"]),
    )
    op.create_index("slots_by_code", "slots", ["code", "slot"])
    op.create_index("slots_by_label", "slots", ["label"])
