"""Calendars of other programs → events of a hub, new or there already, with a report of every entry.

An event keeps the UID that members' programs know it by, so that whoever moves
from the old calendar to the hub's meets the same events again.  What is in the
hub already is left alone: the same calendar imported twice changes nothing.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from handbill.engine import engine_digest
from handbill.errors import ContentProblems, Level, Problem, WrongUse, said
from handbill.importing.bringing import UNREAD, Check
from handbill.importing.ics.event import Brought, Frame, event_of
from handbill.importing.ics.gather import Group, calendars_in, gather
from handbill.importing.ics.known import Known
from handbill.importing.ics.mask import Mask
from handbill.importing.ics.parts import Part
from handbill.importing.ics.sheet import sheet
from handbill.importing.newhub import first_settings, in_place_of, is_vacant, refuse_zone, write_frame
from handbill.importing.report import EVENTS, Entry, Note, Report
from handbill.importing.sources import Refusal
from handbill.importing.verdicts import reasons_of
from handbill.layout import CALENDARS, HUB, PRIVATE
from handbill.reading.cache import Cache
from handbill.reading.ledger import ledger_text
from handbill.reading.load import Loaded, load, terms_of
from handbill.settings import Settings, read_settings


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of an import: who organises and where, for events that name nobody and no place; "" for the usual."""

    organiser: str = ""
    venue: str = ""


def import_ics(source: Path, into: Path, as_of: datetime, wish: Wish, new: Callable[[Path], None], check: Check | None = None) -> Report:
    """Bring the calendars in *source* (a file or a folder) into the hub in *into*; return what became of each entry.

    Where there is no hub yet, *new* writes all of one but its content.  *check*
    tells what a whole build would find, beyond what the reader finds; each
    event that would stop one is refused.

    Raises:
        WrongUse: *into* is neither a hub nor empty, or a setting makes no hub.
        ContentProblems: hub.toml or calendars.lock cannot be read.
    """
    into = into.resolve()
    if (into / HUB).is_file():
        return _bring(source, into, as_of, wish, check)
    if not is_vacant(into):
        raise WrongUse(said("{folder} is neither a hub (it has no {file}) nor empty", folder=into, file=HUB))
    with in_place_of(into) as scratch:
        new(scratch)
        return _bring(source, scratch, as_of, wish, check)


def new_hub(root: Path, name: str, base_url: str, lang: str, zone: str, engine: Path | None) -> None:
    """Write all of a hub but its content.

    Raises:
        WrongUse: a setting makes no hub.
    """
    refuse_zone(zone)
    write_frame(root, engine, {"name": name, "base_url": base_url, "lang": lang, "timezone": zone}, (lang,), has_letter=False)
    first_settings(root)


def _bring(source: Path, root: Path, as_of: datetime, wish: Wish, check: Check | None) -> Report:
    settings = replace(read_settings(root), jobs=os.cpu_count() or 1)
    work = _Bringing(source, root, settings, as_of, wish)
    try:
        work.write()
        work.check(check)
        report = work.report()
        work.record()
        return report
    except BaseException:
        work.undo()
        raise


class _Bringing:
    """One import on its way: what is to be written, what was refused and why, and what was there already."""

    def __init__(self, source: Path, root: Path, settings: Settings, as_of: datetime, wish: Wish) -> None:
        self._root, self._settings, self._as_of = root, settings, as_of
        loaded, problems = self._load()
        if unread := tuple(one for one in problems if one.path == CALENDARS):
            # What cannot be read there would be lost when it is written.
            raise ContentProblems(unread)
        self._known = Known(loaded, settings)
        mask = Mask(terms_of(settings).house)
        self._frame = Frame(
            lang=settings.lang,
            zone=settings.zone,
            origin=f"{urlsplit(settings.base_url).scheme}://{urlsplit(settings.base_url).netloc}/",
            as_of=as_of,
            organiser=wish.organiser or _unlike_a_file(settings.name, self._known.people),
            mask=mask,
            venue=wish.venue,
            is_organiser_given=bool(wish.organiser),
            places=self._known.places,
            tags=self._known.tags,
            people=self._known.people,
        )
        files, no_calendars = calendars_in(source)
        gathered = gather(files, settings.zone)
        self._notes = gathered.notes
        self._refused: dict[str, tuple[Note, ...]] = {}
        for place, note in (*no_calendars, *gathered.refused):
            self._refused[place] = (note,)
        self._there: dict[str, str] = {}
        self._events: dict[str, Brought] = {}
        self._paths: dict[str, str] = {}
        self._titles: dict[str, str] = {}
        self._made: list[Path] = []
        for group in sorted(gathered.groups.values(), key=_place):
            self._read(group)
        for place, brought in sorted(self._events.items(), key=lambda pair: (pair[1].starts.isoformat(), pair[1].uid)):
            slug = self._known.slug_for(brought)
            brought.values = {"title": brought.title, "id": f"event:{slug}", **brought.values}
            self._paths[place] = f"events/{brought.starts.year}/{slug}.md"

    def _load(self) -> tuple[Loaded, list[Problem]]:
        # Where a build looks for it: what was read here need not be read again there.
        cache = Cache(self._root / PRIVATE / "cache" / "drafts", engine_digest())
        loaded = load(self._settings, self._as_of, cache, drafts=True)
        cache.save()
        return loaded, [one for one in loaded.problems if one.level is Level.ERROR]

    def _read(self, group: Group) -> None:
        """Make an event of a group, or one of each of its single dates where the event itself is missing."""
        singles = group.part is None
        parts = [(group.uid, group.part, group.others)] if group.part else [(_single(group.uid, one), one, []) for one in group.others]
        for uid, part, others in parts:
            place = f"{group.source}:{part.number}"
            if there := self._known.place_of(uid):
                self._there[place] = there
                continue
            if self._known.was_taken_away(uid):
                self._refused[place] = (Note("the hub had this event, and took it away", "", part.number),)
                continue
            try:
                brought = event_of(uid, part, others, group.calendar.clock(), self._frame, group.calendar.is_cancelling)
            except Refusal as refusal:
                self._refused[place] = (Note(refusal.why, "", refusal.line),)
                continue
            if singles:
                brought.changes.append(Note("a single date of an event that is not in the calendar", "", part.number))
            if group.is_nameless:
                brought.changes.append(Note("no UID, or one that names a person: one was made of when and what it is", "", part.number))
            self._events[place] = brought
            self._titles[place] = brought.title

    def write(self) -> None:
        """Write a file for each event; none that is there is touched."""
        for place, brought in self._events.items():
            file = self._root / self._paths[place]
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("x", encoding="utf-8", newline="\n") as opened:
                self._made.append(file)
                opened.write(sheet(brought, self._settings.lang))

    def check(self, check: Check | None) -> None:
        """Read the hub as a build does; take back each event that would stop one."""
        while self._events:
            loaded, problems = self._load()
            own = {self._paths[place]: place for place in self._events}
            wrong = [one for one in problems if one.path in own]
            if not wrong and check is not None:
                problems = [one for one in check(self._root, self._as_of) if one.level is Level.ERROR]
                wrong = [one for one in problems if one.path in own]
            if unread := tuple(one for one in problems if one.code == UNREAD):
                # That is the machine's fault, and not what the calendar says.
                raise ContentProblems(unread)
            if not wrong:
                self._tell(loaded.problems, own)
                if others := len({one.path for one in problems}):
                    self._notes.append(Note("other files of the hub have errors, which “handbill check” tells", str(others)))
                return
            told: dict[str, list[Problem]] = {}
            for one in wrong:
                told.setdefault(own[one.path], []).append(one)
            for place, problems_of in told.items():
                number = self._events.pop(place).number
                (self._root / self._paths[place]).unlink()
                self._refused[place] = tuple(replace(note, line=number) for note in reasons_of(problems_of, None))

    def _tell(self, problems: tuple[Problem, ...], own: dict[str, str]) -> None:
        """Note the warnings of the reader at the events that they are about."""
        for one in problems:
            if one.level is Level.WARNING and one.path in own:
                (note,) = reasons_of([one], None)
                self._events[own[one.path]].notes.append(Note("a warning of the reader", note.what))

    def record(self) -> None:
        """Write down under which UID each event was known, and how often it had changed."""
        if not self._events:
            return
        by_id = {str(one.values["id"]): one for one in self._events.values()}
        text = ledger_text(self._known.ledger_with(by_id, self._settings.lang))
        scratch = self._root / PRIVATE / f"import.{os.getpid()}"
        scratch.parent.mkdir(exist_ok=True)
        scratch.write_text(text, encoding="utf-8", newline="\n")
        scratch.replace(self._root / CALENDARS)

    def report(self) -> Report:
        """Return what became of each entry, and keep it in the hub if anything came into it."""
        entries = [Entry(self._label(place), "refused", "", why) for place, why in self._refused.items()]
        entries += [
            Entry(place, "kept", there, (), (Note("it was in the hub already and was left alone"),)) for place, there in self._there.items()
        ]
        for place, one in self._events.items():
            entries.append(
                Entry(self._label(place), "changed" if one.changes else "kept", self._paths[place], _once(one.changes), _once(one.notes))
            )
        notes = list(self._notes)
        if self._there:
            notes.append(Note("in the hub already, and left alone", str(len(self._there))))
        if drafts := sum(one.is_draft for one in self._events.values()):
            notes.append(Note("drafts, which nobody sees until an editor has looked at them", str(drafts)))
        report = Report(len(entries), tuple(entries), tuple(notes), sort=EVENTS, page=self._page() if self._events else "")
        if report.page:
            self._made.append(self._root / report.page)
            self._made[-1].write_text(report.markdown(), encoding="utf-8", newline="\n")
        return report

    def _label(self, place: str) -> str:
        """Return a place with the title of what stands there, as far as it may be read by everybody."""
        return f"{place} {self._titles[place]}" if place in self._titles else place

    def _page(self) -> str:
        """Return a name for the report under which none of an earlier import lies."""
        number, name = 1, "import-report.md"
        while (self._root / name).exists():
            number += 1
            name = f"import-report-{number}.md"
        return name

    def undo(self) -> None:
        """Take away every file that was written."""
        for file in self._made:
            with suppress(FileNotFoundError):
                file.unlink()
        for folder in sorted({file.parent for file in self._made} - {self._root}):
            # One that holds something else stays.
            with suppress(OSError):
                folder.rmdir()


def _place(group: Group) -> tuple[str, int]:
    return group.source, group.part.number if group.part else group.others[0].number


def _single(uid: str, part: Part) -> str:
    """Return a UID for a single date of an event that is not there: no other date may have the event's own."""
    return f"{uid}/{part.word('RECURRENCE-ID')}"


def _once(notes: list[Note]) -> tuple[Note, ...]:
    return tuple(sorted(dict.fromkeys(notes), key=lambda note: note.line))


def _unlike_a_file(name: str, people: frozenset[str]) -> str:
    """Return the community's name as one that is not taken for the file of a person."""
    return name.title() if name not in people and name == name.lower().replace(" ", "-") else name
