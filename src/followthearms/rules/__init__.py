"""The frame engine: grammar, paths and patterns. It knows no word about arms."""
