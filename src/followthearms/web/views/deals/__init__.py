"""The list of deals, the page of a deal, and where reports of one deal differ."""
