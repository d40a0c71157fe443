"""Reading articles: once, into a register, a lot of them, again and again; and what became of what was given."""
