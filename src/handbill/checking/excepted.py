"""Dates of a series that were announced, and are left out since: whoever noted them should be told why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from handbill.checking.pointing import at
from handbill.errors import Level, Problem, said
from handbill.hub.facets import instant
from handbill.hub.hub import Hub
from handbill.hub.when import told


def check_excepted(hub: Hub) -> Iterator[Problem]:
    """Yield a warning for each date to come under ``except`` that calendars have told of before.

    A series that begins otherwise now is another one, and what calendars have
    not told of yet can still be left out without a word.
    """
    for item in hub.items:
        record = hub.ledger.records.get(item.id)
        if item.series is None or record is None or not record.state.facts or not item.occurrences:
            continue
        before, zone = record.state, item.occurrences[0].zone
        firsts = (one.original for one in item.occurrences if one.original is not None)
        if before.zone != zone or before.starts != min((*firsts, *item.series.excluded)):
            continue
        for date in item.series.excluded:
            day = date.date() if isinstance(date, datetime) else date
            if date not in before.never and instant(date, zone) > hub.as_of and day < before.over:
                found = said("{date}, which calendars have told of already", date=told(date))
                line = f"changes: [{{on: {told(date)}, status: cancelled, note: …}}]"
                wanted = said("a line such as “{line}”, so that members learn why", line=line)
                yield at(item, "recurrence.except", found, wanted, "HB406", Level.WARNING)
