"""The register in a browser, and the accounts of those who share it."""
