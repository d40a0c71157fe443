"""Alembic's entry: it migrates on the connection, and within the transaction, that `register.database` hands over.

Views are taken away first, as they stand on what migrations change; they are made anew with the derived tables.
"""

from __future__ import annotations

from alembic import context

from followthearms.register.tables import views

connection = context.config.attributes["connection"]
context.configure(connection=connection, transaction_per_migration=False)
views.drop(connection)
context.run_migrations()
