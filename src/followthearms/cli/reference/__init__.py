"""The pages of the documentation that are made: all commands, from the commands themselves, and all frames.

`python -m followthearms.cli.reference docs/reference` writes them; a test holds what lies there equal to it.
"""
