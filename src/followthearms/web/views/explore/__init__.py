"""Pictures of the deals that meet a query: a map of flows, a timeline, a matrix, a network.

Invariants: every mark stands for rows, says how many, and leads to the list of exactly these; what has no place in a
picture is counted and listed beside it; and the rows that are drawn are what the page's table, JSON and CSV hold.
"""
