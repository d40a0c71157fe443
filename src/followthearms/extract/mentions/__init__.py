"""Finders of typed spans, one for each kind of mention; `find` runs them, `resolve` settles overlaps."""
