"""What helps to write: schemas for editor programs, new files, copies of last year's."""
