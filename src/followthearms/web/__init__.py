"""The web application: a door. Pages of the register for people, and the same as JSON and CSV for programs.

A request passes `security.Guard` (is it ours?), `accounts.gate` (who asks?) and `past.AsOf` (of which day?), and comes
to its route in `routes`, which asks the register and gives the answer to a view in `views`; `answers` makes a page of
it by a template, or JSON or CSV. Addresses, views and templates of one subject stand in rooms of one name.

Invariant: it holds no logic of its own: routes ask the register, views put what it answers into the form that a
template shows, and nothing here knows the database.
"""

from followthearms.web.app import create_app

__all__ = ["create_app"]
