"""Social cards: what stands on one, how its title is broken into lines, and how it is drawn."""
