"""Tables of articles, one article a row: CSV and its like, JSON lines, Parquet.

Invariant: which column holds what is known by its name or stated by the user, never guessed from what is in it; a row
of which something cannot be understood is an error, and the next one is read.
"""
