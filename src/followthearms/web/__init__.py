"""The web application: a door. Pages of the register for people, and the same as JSON and CSV for programs.

Invariant: it holds no logic of its own: routes ask the register, views put what it answers into the form that a
template shows, and nothing here knows the database.
"""

from followthearms.web.app import create_app

__all__ = ["create_app"]
