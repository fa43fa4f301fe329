"""The life of a contest, step by step, from its announcement to the day its data are destroyed (decision 0049)."""
