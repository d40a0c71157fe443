"""Addresses at which texts are given to be read, and at which is told what became of all that was given."""
