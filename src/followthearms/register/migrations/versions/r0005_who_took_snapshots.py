"""Who took a snapshot; of those that were taken before, nobody wrote it down."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from followthearms.register.database import TEXT

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column: no row is changed by that, which the triggers would refuse."""
    op.add_column("snapshots", sa.Column("who", TEXT, nullable=False, server_default=""))
