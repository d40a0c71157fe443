"""Addresses of the application: a room for each subject, with the same name under `views` and `templates`.

Invariant: a route asks the register and gives what it answers to a view; no more is done here.
"""

from followthearms.web.routes import explore, methods, preferences
from followthearms.web.routes.accounts import login, users
from followthearms.web.routes.adding import intake, trays
from followthearms.web.routes.deals import contradictions, deals
from followthearms.web.routes.deciding import claiming, correcting, review, rulings, verdicts
from followthearms.web.routes.documents import claims, documents
from followthearms.web.routes.names import entities, sources
from followthearms.web.routes.past import asof, snapshots, trail

ROUTERS = tuple(
    module.router
    for module in (
        *(deals, documents, claims, contradictions, entities, sources, intake, explore),
        *(methods, preferences, snapshots, asof, rulings),
        *(login, users, trail),
        *(review, verdicts, correcting, claiming, trays),
    )
)
"""In the order in which an address is looked for."""
