"""Files → typed items → the hub; nothing here knows an output."""
