"""A letter on its way: which numbers there are and how they stand, what the next one would say, how one will look."""
