"""Addresses of deals and contradictions. The list of deals is the first page."""
