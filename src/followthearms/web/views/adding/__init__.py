"""What was read out of texts that somebody gave, and what was given to be read at all."""
