"""Addresses at which an analyst decides: on claims, one by one or in groups, on their slots, on deals and names."""
