"""Apache Spark as the hands of a run: the same stages over the same parts, on as many machines as there are.

Invariant: nothing but this package knows Spark; and what a task does, it does again with the same outcome, so that
Spark may try it anew on another machine.
"""
