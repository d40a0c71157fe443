"""What analysts decide: looked up, checked, taken down, told."""
