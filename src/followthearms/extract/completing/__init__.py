"""From an event to a claim: who says so, and how many, how much, when and where."""
