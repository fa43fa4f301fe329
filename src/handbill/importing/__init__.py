"""Content of other programs → a hub, with a report of every file: kept, changed or refused."""
