"""What every form needs to come from bytes to readable text: characters, paragraphs, what is broken, the language."""
