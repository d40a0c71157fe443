"""Addresses of snapshots, of what lies between two, of corrections and the trail, and the way to a past day."""
