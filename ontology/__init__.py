"""What may be said: vocabulary, concept schemes, shapes, IRIs and dates.

The lowest layer. It owns the Turtle files (`comity.ttl`, `schemes.ttl`,
`cameo.ttl`, `plover.ttl`, `shapes.ttl`) and the rules for IRIs and dates. It knows no
store, no query and no web framework.
"""
