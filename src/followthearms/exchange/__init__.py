"""From documents and deals to files and back: claim format, CSV, one HTML report.

Invariant: every text that came from outside is shown as text. It is never markup, a formula, an address
or a command to a terminal, whatever it holds.
"""
