"""Accounts of those who share a register: the one table that is no part of the log, and may be changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from followthearms.register.database import TEXT

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "accounts",
        sa.Column("name", TEXT, primary_key=True),
        sa.Column("role", TEXT, nullable=False),
        sa.Column("password", TEXT, nullable=False),
        sa.Column("epoch", TEXT, nullable=False),
        sa.Column("is_active", sa.Boolean, nullable=False),
        sa.Column("made", TEXT, nullable=False),
    )
