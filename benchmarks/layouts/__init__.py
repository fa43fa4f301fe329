"""One corpus → the folder that each program wants it in."""
