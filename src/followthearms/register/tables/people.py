"""Who may log in, as the newest migration leaves it (a test holds the two equal).

Invariant: this is no part of the log: it says nothing of any article, may be changed, and is never exported. A name
that decisions were made under is never given to another person: an account is closed, not deleted.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, MetaData, Table, Text

metadata = MetaData()

accounts = Table(
    "accounts",
    metadata,
    Column("name", Text, primary_key=True),
    Column("role", Text, nullable=False),  # `model.accounts.Role`
    Column("password", Text, nullable=False),  # its hash, with the parameters it was made with: "$argon2id$v=19$…"
    Column("epoch", Text, nullable=False),  # random; sessions of another epoch are over
    Column("is_active", Boolean, nullable=False),
    Column("made", Text, nullable=False),  # ISO 8601, UTC
)
