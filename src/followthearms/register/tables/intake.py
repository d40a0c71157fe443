"""The journal of what was given to be read, as the newest migration leaves it (a test holds the two equal).

Invariant: rows are only ever added. It is no part of the log: it names files of one machine, and no claim follows from
it; it is never exported.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, Table, Text

from followthearms.register.tables.log import documents

metadata = MetaData()

intakes = Table(
    "intakes",
    metadata,
    Column("id", Integer, primary_key=True, doc="its number"),
    Column("run", Text, nullable=False, doc="id and version of what read them; in `runs` only if it read a document"),
    Column("version", Text, nullable=False),
    Column("how", Text, nullable=False, doc="JSON of the options that the outcome depends on"),
    Column("paths", Text, nullable=False, doc="JSON list of what it was given"),
    Column("started", Text, nullable=False, doc="ISO 8601, UTC"),
    info={"about": "a command that read inputs into the register"},
)

inputs = Table(
    "inputs",
    metadata,
    Column("seq", Integer, primary_key=True, doc="its number"),
    Column("intake", Integer, ForeignKey("intakes.id"), nullable=False, doc="the number of the command"),
    Column("address", Text, nullable=False, doc='"page.html", "day.warc.gz, record 17"'),
    Column("raw_hash", Text, doc="SHA-256 of its bytes, hexadecimal; null where they could not be had"),
    Column("fate", Text, nullable=False, doc="`model.fates.Fate`"),
    Column("document", Text, ForeignKey(documents.c.id), doc="the document that it became"),
    Column("reason", Text),
    Column("remedy", Text, doc="what to do about it"),
    Column("at", Text, nullable=False, doc="ISO 8601, UTC"),
    Index("inputs_by_hash", "raw_hash"),
    Index("inputs_by_address", "address", "seq"),
    Index("inputs_by_fate", "fate", "intake"),
    info={"about": "what became of each input of a command"},
)
