"""Alembic's entry: it migrates on the connection, and within the transaction, that `register.database` hands over."""

from __future__ import annotations

from alembic import context

context.configure(connection=context.config.attributes["connection"], transaction_per_migration=False)
context.run_migrations()
