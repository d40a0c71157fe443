"""Addresses of entities and sources."""
