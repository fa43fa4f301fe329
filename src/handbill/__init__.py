"""Handbill: a community's website, feeds, calendars and newsletters, from Markdown in one Git repository."""

__version__ = "0.1.0"
