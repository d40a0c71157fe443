"""One file a revision, named by its number; a revision is never edited once released."""
