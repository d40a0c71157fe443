"""A deal told from its reports: parties, figures, days, status, and where the reports differ."""
