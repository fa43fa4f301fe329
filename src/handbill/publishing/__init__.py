"""The public folder: one writer, whole generations, one swap."""
