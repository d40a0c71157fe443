"""Addresses of the application, one module for each sort of page."""

from followthearms.web.routes import (
    asof,
    claims,
    contradictions,
    deals,
    documents,
    entities,
    login,
    methods,
    preferences,
    snapshots,
    sources,
    users,
)

ROUTERS = tuple(
    module.router
    for module in (
        *(deals, documents, claims, contradictions, entities, sources),
        *(methods, preferences, snapshots, asof),
        *(login, users),
    )
)
"""In the order in which an address is looked for."""
