"""Ruling on the register, and what was ruled."""
