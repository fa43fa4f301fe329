"""What a review asks two states about, each subject in a module of its own, named once.

A subject that knows facts has ``facts(hub, settings, options, scratch)``, asked in
the process of each state, and ``changes(before, after)``, which compares them.
One whose answers cost more for what differs has ``forms`` and ``with_forms``
as well.  A subject of files compares their bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

#: Subjects that know facts, by the name of the record's field: ``addresses`` may ask for what is planned, too.
FACTS: Mapping[str, str] = {
    "addresses": "addresses",
    "letters": "letters",
    "people": "people",
    "domains": "outside",
    "pictures": "pictures",
    "third_parties": "third_parties",
    "trusted": "trusted",
}

#: Subjects that compare published files, by the name of the record's field.
FILES: Mapping[str, str] = {"feeds": "feeds", "dates": "calendars"}


def subject(module: str) -> Any:
    """Return the module of a subject; it is imported only now, because most commands need none."""
    return import_module(f"handbill.reviewing.{module}")


def belongs(field: str, path: str) -> bool:
    """Say whether a published file is one of those that a subject of files compares."""
    if field == "feeds":
        return path.startswith("feeds/") or "/feeds/" in path
    return path.endswith(".ics")
