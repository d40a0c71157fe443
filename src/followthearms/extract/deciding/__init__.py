"""Where the voices meet: which events count, and what the article fills in that their sentences leave open."""
