"""The pages of things: what an actor, a body, an event or a source is, for readers."""
