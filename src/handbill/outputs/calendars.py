"""Everything that has a date → the calendars of members.  Does not know which kinds there are, nor how a file is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from handbill.hub.address import output_path
from handbill.hub.announced import CLOSES, SENT
from handbill.hub.hub import Hub
from handbill.outputs.calendar_choices import CONTESTS, EVENTS, LETTERS, Choice, calendars, moved_calendars
from handbill.outputs.calendar_entries import Entries, Event
from handbill.outputs.ics import Calendar, ics
from handbill.outputs.planned import Artifact, Planned, settled
from handbill.outputs.subscriptions import ALL_LANGUAGES
from handbill.outputs.theme import Theme
from handbill.outputs.words import words_for
from handbill.settings import Settings

name = "calendars"


def plan(hub: Hub, settings: Settings) -> Iterator[Planned]:
    """Yield one file for each item that takes place, and every calendar to subscribe to."""
    theme = Theme(settings.root)
    say = {lang: words_for(lang, theme.locale(lang)) for lang in dict.fromkeys((*settings.languages, *_tongues(hub)))}
    entries = Entries(hub, settings, say.__getitem__)
    former = _former(hub)
    for lang in settings.languages:
        for item in hub.listed(hub.items, lang):
            if item.occurrences:
                addresses = f"{item.address}event.ics", *former.pop(item.id, ())
                yield from _files(addresses, entries.taking_place(item), item.id, (item.source,), settings)
        for one in (*calendars(hub, settings, lang, say[lang]), *moved_calendars(hub, settings, lang)):
            address = one.address("calendars", "ics", settings)
            whole = Calendar(one.title, settings.absolute(address), settings.zone, settings.accent, tuple(_events(one, hub, entries)))
            yield settled(output_path(address), whole.key, (), whole, one.promise("calendars", "ics"))
    for identity, left in former.items():
        if identity in hub.told.records and hub.told.records[identity].is_gone:
            yield from _files([one for one in left if one not in settings.gone], entries.gone(identity), identity, (), settings)


def _files(addresses: Iterable[str], event: Event, identity: str, sources: tuple[str, ...], settings: Settings) -> Iterator[Planned]:
    """Yield the file of a single event, at its address and at those that it had before."""
    single = Calendar("", "", settings.zone, "", (event,))
    for address in addresses:
        yield settled(output_path(address), single.key, sources, single, f"calendar:{identity}")


def _tongues(hub: Hub) -> Iterator[str]:
    """Yield the languages of all that was told, also of those that the hub has no more."""
    return (record.state.lang for record in hub.told.records.values())


def _former(hub: Hub) -> dict[str, list[str]]:
    """Return the addresses that single events' files had before, by the event's id.

    A program cannot follow a page that says where a file went, so the file
    stays there too, unless another event has taken the place.  Of an event that
    vanished the file says that it was called off.
    """
    now = {f"{item.address}event.ics" for item in hub.listed(hub.items) if item.occurrences}
    found: dict[str, list[str]] = {}
    for promise in hub.promises:
        if promise.id.startswith("calendar:") and promise.address not in now:
            found.setdefault(promise.id.removeprefix("calendar:"), []).append(promise.address)
    return found


def _events(one: Choice, hub: Hub, entries: Entries) -> Iterator[Event]:
    """Yield the events of a calendar: those of its items, then what vanished."""
    for item in one.items:
        if EVENTS in one.sorts and item.occurrences and _stays(hub, item.id):
            yield entries.taking_place(item)
        if CONTESTS in one.sorts and item.deadline and _stays(hub, item.id + CLOSES):
            yield from entries.deadline(item)
        if LETTERS in one.sorts:
            yield entries.letter(item)
    for identity, record in hub.told.records.items():
        if one.is_whole and record.is_gone and _stays(hub, identity) and record.changed <= hub.as_of and _was_in(one, identity, hub):
            yield entries.gone(identity)


def _stays(hub: Hub, identity: str) -> bool:
    """Say whether an event is still in calendars: what was called off leaves them a month after its date."""
    return identity not in hub.leaving or hub.as_of < hub.leaving[identity]


def _was_in(one: Choice, identity: str, hub: Hub) -> bool:
    """Say whether an event that vanished was in this calendar; of one in all languages, its translation may still be there."""
    name, _, moment = identity.partition("#")
    sort = {"": EVENTS, SENT[1:]: LETTERS}.get(moment, CONTESTS)
    lang = hub.told.records[identity].state.lang
    if one.name == ALL_LANGUAGES and lang != one.lang:
        return sort in one.sorts and name.removesuffix(f".{lang}") not in hub.by_id
    return sort in one.sorts and lang == one.lang


def make(planned: Sequence[Planned], settings: Settings, scratch: Path) -> Iterator[Artifact]:
    """Write each calendar."""
    # The same event stands in a file of its own and in the calendars of all, of its tags and of its place.
    written: dict[str, bytes] = {}
    for one in planned:
        yield Artifact(one.path, ics(one.work, written))
