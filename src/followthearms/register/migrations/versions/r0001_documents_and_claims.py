"""Documents, runs, readings, claims and slots; nothing can be changed or taken away."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from followthearms.register.database import TEXT
from followthearms.register.migrations.guards import append_only

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_KEYS = {
    "documents": ["id"],
    "runs": ["id"],
    "readings": ["id"],
    "claims": ["reading", "position"],
    "slots": ["reading", "position", "ordinal"],
}


def upgrade() -> None:
    """Make the tables, and the triggers that keep them append-only."""
    _documents_and_runs()
    _readings()
    _claims()
    _slots()
    for table, keys in _KEYS.items():
        append_only(op.get_bind(), table, keys)


def _documents_and_runs() -> None:
    op.create_table(
        "documents",
        sa.Column("id", TEXT, primary_key=True),
        sa.Column("text_hash", TEXT, nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.Column("added", TEXT, nullable=False),
    )
    op.create_table(
        "runs",
        sa.Column("id", TEXT, primary_key=True),
        sa.Column("version", TEXT, nullable=False),
        sa.Column("ruleset", TEXT, nullable=False),
        sa.Column("parser", TEXT, nullable=False),
        sa.Column("started", TEXT, nullable=False),
    )


def _readings() -> None:
    op.create_table(
        "readings",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("document", TEXT, sa.ForeignKey("documents.id"), nullable=False),
        sa.Column("run", TEXT, sa.ForeignKey("runs.id"), nullable=False),
        sa.Column("content", TEXT, nullable=False),
        sa.Column("metadata", TEXT, nullable=False),
        sa.Column("added", TEXT, nullable=False),
    )
    op.create_index("readings_of_document", "readings", ["document", "id"])


def _claims() -> None:
    op.create_table(
        "claims",
        sa.Column("reading", sa.Integer, sa.ForeignKey("readings.id"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("modality", TEXT, nullable=False),
        sa.Column("negated", sa.Boolean, nullable=False),
        sa.Column("disputed", sa.Boolean, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("body", TEXT, nullable=False),
    )
    op.create_index("claims_by_id", "claims", ["id"])
    op.create_index("claims_by_kind", "claims", ["kind"])


def _slots() -> None:
    op.create_table(
        "slots",
        sa.Column("reading", sa.Integer, primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("ordinal", sa.Integer, primary_key=True),
        sa.Column("slot", TEXT, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.Column("code", TEXT),
        sa.Column("label", TEXT),
        sa.ForeignKeyConstraint(["reading", "position"], ["claims.reading", "claims.position"]),
    )
    op.create_index("slots_by_code", "slots", ["code", "slot"])
    op.create_index("slots_by_label", "slots", ["label"])
