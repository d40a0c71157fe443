"""Asking the register: lists, one deal, a search, who and what is named; answered in tables or JSON."""
