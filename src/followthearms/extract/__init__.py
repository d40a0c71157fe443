"""From a text to events and claims: pure functions, one stage a module; `pipeline` knows their order.

A text goes through the rooms in this order: `text`, `mentions`, the voices `frames`, `tagger` and `llm`, `deciding`,
`completing`.
"""
