"""The forms that texts come in: a module or a folder for each, and what several of them need."""
