"""Each slot of a claim in a row of its own, beside the claim's body, is kept no more: nothing was read from there."""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Drop the table, its triggers with it."""
    op.drop_table("slots")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION fta_slots_insert()")
