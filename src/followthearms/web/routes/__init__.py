"""Addresses of the application, one module for each sort of page."""

from followthearms.web.routes import (
    adding,
    asof,
    claims,
    contradictions,
    correcting,
    deals,
    deciding,
    documents,
    entities,
    explore,
    intake,
    log,
    login,
    methods,
    preferences,
    review,
    rulings,
    snapshots,
    sources,
    users,
)

ROUTERS = tuple(
    module.router
    for module in (
        *(deals, documents, claims, contradictions, entities, sources, intake, explore),
        *(methods, preferences, snapshots, asof, rulings),
        *(login, users, log),
        *(review, deciding, correcting, adding),
    )
)
"""In the order in which an address is looked for."""
