"""Decisions and what they touch, snapshots with their deals, and every id that a deal was shown under."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from followthearms.register.database import TEXT
from followthearms.register.migrations.guards import append_only

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, and the triggers that keep them append-only."""
    _decisions()
    _snapshots()
    _issued()
    log = op.get_bind()
    append_only(log, "decisions", ["seq"], ["id"])
    append_only(log, "touched", ["decision", "subject"])
    append_only(log, "snapshots", ["name"])
    append_only(log, "frozen_deals", ["snapshot", "deal"])
    append_only(log, "issued", ["deal"])


def _decisions() -> None:
    op.create_table(
        "decisions",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("id", TEXT, nullable=False, unique=True),
        sa.Column("act", TEXT, nullable=False),
        sa.Column("who", TEXT, nullable=False),
        sa.Column("made", TEXT, nullable=False),
        sa.Column("body", TEXT, nullable=False),
    )
    op.create_table(
        "touched",
        sa.Column("decision", sa.Integer, sa.ForeignKey("decisions.seq"), primary_key=True),
        sa.Column("subject", TEXT, primary_key=True),
    )
    op.create_index("touched_by_subject", "touched", ["subject"])


def _snapshots() -> None:
    op.create_table(
        "snapshots",
        sa.Column("name", TEXT, primary_key=True),
        sa.Column("made", TEXT, nullable=False),
        sa.Column("reading", sa.Integer, nullable=False),
        sa.Column("decision", sa.Integer, nullable=False),
        sa.Column("content", TEXT, nullable=False),
        sa.Column("version", TEXT, nullable=False),
        sa.Column("note", TEXT, nullable=False),
    )
    op.create_table(
        "frozen_deals",
        sa.Column("snapshot", TEXT, sa.ForeignKey("snapshots.name"), primary_key=True),
        sa.Column("deal", TEXT, primary_key=True),
        sa.Column("body", TEXT, nullable=False),
    )


def _issued() -> None:
    op.create_table(
        "issued",
        sa.Column("deal", TEXT, primary_key=True),
        sa.Column("document", TEXT, sa.ForeignKey("documents.id"), nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("added", TEXT, nullable=False),
    )
