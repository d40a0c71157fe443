"""The journal of what was given to be read; nothing in it can be changed or taken away."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from followthearms.register.database import TEXT
from followthearms.register.migrations.guards import append_only

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, and the triggers that keep them append-only."""
    op.create_table(
        "intakes",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("run", TEXT, nullable=False),
        sa.Column("version", TEXT, nullable=False),
        sa.Column("how", TEXT, nullable=False),
        sa.Column("paths", TEXT, nullable=False),
        sa.Column("started", TEXT, nullable=False),
    )
    op.create_table(
        "inputs",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("intake", sa.Integer, sa.ForeignKey("intakes.id"), nullable=False),
        sa.Column("address", TEXT, nullable=False),
        sa.Column("raw_hash", TEXT),
        sa.Column("fate", TEXT, nullable=False),
        sa.Column("document", TEXT, sa.ForeignKey("documents.id")),
        sa.Column("reason", TEXT),
        sa.Column("remedy", TEXT),
        sa.Column("at", TEXT, nullable=False),
    )
    op.create_index("inputs_by_hash", "inputs", ["raw_hash"])
    op.create_index("inputs_by_address", "inputs", ["address", "seq"])
    op.create_index("inputs_by_fate", "inputs", ["fate", "intake"])
    append_only(op.get_bind(), "intakes", ["id"])
    append_only(op.get_bind(), "inputs", ["seq"])
