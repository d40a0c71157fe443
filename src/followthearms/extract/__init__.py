"""From a text to events and claims: pure functions, one stage a module; `pipeline` knows their order."""
