"""Addresses of documents and claims."""
