"""Snapshots, what lies between two of them, and corrections."""
