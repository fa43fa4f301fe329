"""A letter → the bundle that holds it for ever, and the proof that it still does."""
