"""Addresses for logging in and out, for one's own account, and for all accounts."""
