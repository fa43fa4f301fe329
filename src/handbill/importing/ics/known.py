"""What a hub has already, as far as an import must know: events by their UID, addresses, places, people and tags."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from handbill.hub.address import name_of, slug_of
from handbill.hub.ledger import Ledger, Record, State
from handbill.importing.ics.event import Brought
from handbill.kinds.event import EVENT
from handbill.reading.load import Loaded
from handbill.settings import Settings

#: Names that Windows keeps for machines; years and the like have pages of their own.
_RESERVED = re.compile(r"con|prn|aux|nul|com\d|lpt\d|\d+|index|page|archive", re.IGNORECASE)


class Known:
    """What is there before an import, and what the events of it take."""

    def __init__(self, loaded: Loaded, settings: Settings) -> None:
        hub = loaded.hub
        self._ledger = hub.ledger
        self._host = hub.host
        items = (*hub.items, *hub.hidden)
        self._sources = {item.id: item.source for item in items}
        self._by_uid = {record.uid: name for ledger in (hub.told, hub.ledger) for name, record in ledger.records.items()}
        # A file that cannot be read is no item, and its place is taken all the same.
        files = sorted((settings.root / EVENT.folder).rglob("*.md"))
        self._files = {name_of(file.name, settings.languages)[0]: file.relative_to(settings.root).as_posix() for file in files}
        self.places = {slug: item.slug for item in items if item.kind == "place" for slug in (slug_of(item.title), item.slug)}
        self.people = frozenset(item.slug for item in items if item.kind == "person")
        self.tags = {slug_of(tag): tag for item in items for tag in item.tags}
        addresses = [
            *(one.address for one in hub.promises),
            *settings.gone,
            *(alias for item in items for alias in (item.address, *item.aliases)),
        ]
        self._slugs = {one.strip("/").rpartition("/")[2] for one in addresses}
        self._slugs |= self._files.keys()
        self._slugs |= {name.rpartition(":")[2] for name in (*self._sources, *hub.ledger.records, *(one.id for one in hub.promises))}

    def place_of(self, uid: str) -> str:
        """Return the file of an event that is in the hub already, "" if it is not."""
        name = self._by_uid.get(uid, "")
        return self._sources.get(name, "") or self._files.get(name.rpartition(":")[2], "")

    def was_taken_away(self, uid: str) -> bool:
        """Say whether the hub had the event, published it, and has it no more."""
        record = self._ledger.records.get(self._by_uid.get(uid, ""))
        return record is not None and record.is_gone

    def slug_for(self, brought: Brought) -> str:
        """Return the last part of an event's address, which no other has; with its day where its name alone is taken."""
        begun = self._by_uid.get(brought.uid, "")
        if begun in self._ledger.records:
            # An import that was broken off has promised that name.
            return begun.rpartition(":")[2]
        name = slug_of(brought.title)[:80].strip("-")
        day = brought.starts.isoformat()[:10]
        wanted = name if name and not _RESERVED.fullmatch(name) else f"event-{name}".strip("-")
        slug, number = wanted, 1
        while slug in self._slugs:
            slug = f"{wanted}-{day}" if number == 1 else f"{wanted}-{day}-{number}"
            number += 1
        self._slugs.add(slug)
        return slug

    def ledger_with(self, brought: Mapping[str, Brought], lang: str) -> Ledger:
        """Return what calendars have told, with what the calendars told that the events come from, by their ids."""
        records = dict(self._ledger.records)
        for name, one in brought.items():
            over = (one.ends.date() if isinstance(one.ends, datetime) else one.ends) + timedelta(days=1)
            # Without a digest, the next build takes all of it for changed, and counts on from the number of the old calendar.
            state = State(one.title, lang, one.starts, one.ends, one.zone, over, "", "")
            records[name] = Record(one.uid, one.sequence, one.changed, state)
        return Ledger(self._host, dict(sorted(records.items())))
