"""From a text to its parts and their sentences: `blocks` finds the prose, `parse` the sentences in it."""
