"""How well texts are read, and learning to read them better."""
