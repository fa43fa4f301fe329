"""Pure functions from what is known to problems, one file per subject."""
