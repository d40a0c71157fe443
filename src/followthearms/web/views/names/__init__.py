"""Who and what the register names: entities, and the sources of its documents."""
