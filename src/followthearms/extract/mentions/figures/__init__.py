"""How many and how much: quantities, money, and dates beside them, no two on the same character."""
