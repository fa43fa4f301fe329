"""Calendars of other programs → events of a hub, step by step from lines to files."""
