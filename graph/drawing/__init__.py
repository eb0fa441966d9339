"""The interactive view: positions, payload, page and print picture of a network."""
