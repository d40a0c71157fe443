"""What: military equipment, from the lexicon and from the grammar of its names."""
