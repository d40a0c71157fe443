"""The log of a register: its entries, the file that holds them, and the register as a past day had it."""
