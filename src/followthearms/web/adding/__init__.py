"""Texts that visitors give to be read: looked at first, and added to the register if they say so.

Invariant: nothing that was given is in the register before its visitor added it.
"""
