"""Alembic's entry: it migrates on the connection, and within the transaction, that `register.database` hands over.

The views are taken off their tables first, as these may be changed; they are put back with the derived tables.
"""

from __future__ import annotations

from alembic import context

from followthearms.register.tables import views

connection = context.config.attributes["connection"]
context.configure(connection=connection, transaction_per_migration=False)
views.park(connection)
context.run_migrations()
