"""Analysts' rulings, as linking takes them: on claims, names, and what is one deal."""
