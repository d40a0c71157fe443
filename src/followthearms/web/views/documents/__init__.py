"""Lists of documents and claims, and a document in layers with how each of its claims stands."""
