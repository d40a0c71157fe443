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
    Column("role", Text, nullable=False, doc="`model.accounts.Role`"),
    Column("password", Text, nullable=False, doc='its hash, with the parameters it was made with: "$argon2id$v=19$…"'),
    Column("epoch", Text, nullable=False, doc="random; sessions of another epoch are over"),
    Column("is_active", Boolean, nullable=False, doc="false once it is closed"),
    Column("made", Text, nullable=False, doc="ISO 8601, UTC"),
    info={"about": "who may log in to the web application"},
)
