"""When: dates and periods against the day of publication."""
