"""Open proposals and the hub → who has waited how long, for whom, and what date each of them must not miss."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from handbill.hub.facets import instant
from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.kinds.post import POST
from handbill.proposals.export import Proposal
from handbill.settings import Settings
from handbill.settings_sections import section_of

#: A day in the name of a file or in a title: what people call something that is about it.
_DAY = re.compile(r"(?<!\d)(20\d\d-\d\d-\d\d)(?!\d)")

#: Within so many days a date is soon.
SOON = 7


@dataclass(frozen=True, slots=True)
class Due:
    """A date that a proposal must not miss: an ISO day or moment, whole days until then, and what it is of."""

    when: str
    days: int
    of: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A proposal as it waits: ``days`` since it was opened, the words for its sections, and who is asked about it.

    ``waiting`` is how many the same person has open, ``is_over`` whether a section asked for fewer.
    """

    proposal: Proposal
    days: int
    sections: tuple[str, ...]
    asked: tuple[str, ...]
    due: Due | None = None
    waiting: int = 1
    is_over: bool = False

    @property
    def is_soon(self) -> bool:
        """Say whether its date comes within a week, or has passed already."""
        return self.due is not None and self.due.days <= SOON


@dataclass(frozen=True, slots=True)
class Queue:
    """Everything that waits, longest first: for a reviewer, for the merge, for its author, or unfinished; and the letters to come."""

    as_of: str
    for_reviewers: tuple[Entry, ...]
    approved: tuple[Entry, ...]
    for_authors: tuple[Entry, ...]
    drafts: tuple[Entry, ...]
    letters: tuple[Due, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Return all that is open."""
        return self.for_reviewers + self.approved + self.for_authors + self.drafts


def queue_of(proposals: Iterable[Proposal], hub: Hub, settings: Settings, lang: str) -> Queue:
    """Return what waits as of the hub's moment; a proposal that was opened after it has waited for no day."""
    every = tuple(proposals)
    by_source = {item.source: item for item in (*hub.items, *hub.hidden)}
    open_of = Counter(one.author for one in every if not one.is_draft)
    entries = sorted(
        (_entry(one, open_of[one.author], by_source, hub, settings, lang) for one in every),
        key=lambda entry: (entry.proposal.opened, entry.proposal.number),
    )
    finished = [entry for entry in entries if not entry.proposal.is_draft]
    return Queue(
        hub.as_of.isoformat(),
        tuple(entry for entry in finished if not entry.proposal.decision),
        tuple(entry for entry in finished if entry.proposal.decision == "approved"),
        tuple(entry for entry in finished if entry.proposal.decision == "changes"),
        tuple(entry for entry in entries if entry.proposal.is_draft),
        tuple(_letters(hub, settings, lang)),
    )


def _entry(one: Proposal, waiting: int, by_source: dict[str, Item], hub: Hub, settings: Settings, lang: str) -> Entry:
    # Each once, in the order of its files.
    sections = tuple({found.key: found for path in one.files if (found := section_of(path, settings.sections))}.values())
    owners = tuple(dict.fromkeys(owner for section in sections for owner in section.owners if owner != f"@{one.author}"))
    opened = one.opened.astimezone(ZoneInfo(settings.zone)).date()
    days = max(0, (hub.as_of.date() - opened).days)
    quotas = [section.most_waiting for section in sections if section.most_waiting]
    return Entry(
        one,
        days,
        tuple(section.called(lang) for section in sections),
        tuple(f"@{name.removeprefix('@')}" for name in one.asked) or owners,
        _due(one, opened, by_source, hub),
        max(waiting, 1),
        not one.is_draft and bool(quotas) and waiting > min(quotas),
    )


def _due(one: Proposal, opened: date, by_source: dict[str, Item], hub: Hub) -> Due | None:
    """Return the nearest date to come of what it changes; one that has passed while it waited, where nothing is to come."""
    found = [due for path in one.files for due in _dates(path, by_source.get(path), hub)]
    # A form names no file for a day, and says it in the title.
    found = found or list(_named(one.title, one.title, hub))
    to_come = [due for due in found if due.days >= 0]
    missed = [due for due in found if due.days < 0 and due.when[:10] >= opened.isoformat()]
    return min(to_come, key=lambda due: due.when) if to_come else max(missed, key=lambda due: due.when) if missed else None


def _dates(path: str, item: Item | None, hub: Hub) -> Iterator[Due]:
    if item is None:
        found = _named(path.rpartition("/")[2], path, hub)
        # The name of a post begins with the day on which it was written, which nobody can miss.
        yield from (due for due in found if due.days > 0 or not path.startswith(f"{POST.folder}/"))
        return
    for one in item.occurrences:
        if one.status != "cancelled" and instant(one.starts, one.zone) > hub.as_of:
            yield _counted(one.starts, item.title, hub)
            break
    if item.deadline and item.deadline.closes > hub.as_of:
        yield _counted(item.deadline.closes, item.title, hub)
    if item.published and item.published > hub.as_of:
        yield _counted(item.published, item.title, hub)


def _named(text: str, of: str, hub: Hub) -> Iterator[Due]:
    for written in _DAY.findall(text):
        with suppress(ValueError):
            yield _counted(date.fromisoformat(written), of, hub)


def _letters(hub: Hub, settings: Settings, lang: str) -> Iterator[Due]:
    """Yield the next issue of each letter: what is not merged by then is not in it.  Its subject is not told."""
    coming = [item for item in hub.hidden if item.kind == "issue" and item.published and item.published > hub.as_of]
    seen: set[str] = set()
    for item in sorted(coming, key=lambda one: (str(one.published), one.id)):
        letter = getattr(item.facts, "letter", "") or "main"
        if letter not in seen and item.published:
            seen.add(letter)
            yield _counted(item.published, settings.letter(letter).says("name", lang)[0], hub)


def _counted(when: date | datetime, of: str, hub: Hub) -> Due:
    zone = hub.as_of.tzinfo
    local = when.astimezone(zone) if isinstance(when, datetime) else when
    day = local.date() if isinstance(local, datetime) else local
    return Due(local.isoformat(), (day - hub.as_of.date()).days, of)
