"""Decisions and what they touch, snapshots with their deals, and every id that a deal was shown under."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_KNOWN = {
    "decisions": "SELECT 1 FROM decisions WHERE seq = NEW.seq OR id = NEW.id",
    "touched": "SELECT 1 FROM touched WHERE decision = NEW.decision AND subject = NEW.subject",
    "snapshots": "SELECT 1 FROM snapshots WHERE name = NEW.name",
    "frozen_deals": "SELECT 1 FROM frozen_deals WHERE snapshot = NEW.snapshot AND deal = NEW.deal",
    "issued": "SELECT 1 FROM issued WHERE deal = NEW.deal",
}


def upgrade() -> None:
    """Make the tables, and the triggers that keep them append-only."""
    _decisions()
    _snapshots()
    _issued()
    for table, known in _KNOWN.items():
        for act, condition in (("UPDATE", ""), ("DELETE", ""), ("INSERT", f"WHEN EXISTS ({known})")):
            op.execute(
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} {condition} "
                "BEGIN SELECT RAISE(ABORT, 'the register is append-only'); END"
            )


def _decisions() -> None:
    op.create_table(
        "decisions",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("act", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("made", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_table(
        "touched",
        sa.Column("decision", sa.Integer, sa.ForeignKey("decisions.seq"), primary_key=True),
        sa.Column("subject", sa.Text, primary_key=True),
    )
    op.create_index("touched_by_subject", "touched", ["subject"])


def _snapshots() -> None:
    op.create_table(
        "snapshots",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("made", sa.Text, nullable=False),
        sa.Column("reading", sa.Integer, nullable=False),
        sa.Column("decision", sa.Integer, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
    )
    op.create_table(
        "frozen_deals",
        sa.Column("snapshot", sa.Text, sa.ForeignKey("snapshots.name"), primary_key=True),
        sa.Column("deal", sa.Text, primary_key=True),
        sa.Column("body", sa.Text, nullable=False),
    )


def _issued() -> None:
    op.create_table(
        "issued",
        sa.Column("deal", sa.Text, primary_key=True),
        sa.Column("document", sa.Text, sa.ForeignKey("documents.id"), nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("added", sa.Text, nullable=False),
    )
