"""One letter → HTML, plain text and a MIME message, each from the same record."""
