"""What the register remembers: snapshots, what lies between two, corrections, the trail of all decisions."""
