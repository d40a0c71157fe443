"""What is taken into a register that was read elsewhere, and what is written out of it."""
