"""A repository → what it would publish, and everything that is wrong with it, in one run.

Makes nothing of what it plans, and writes nothing but what it remembers of files.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from handbill.engine import PACKAGE, engine_digest, engine_lock, engine_theme, libraries
from handbill.errors import ContentProblems, Level, Problem
from handbill.layout import DECIDING, HUB, SOURCES, WRITTEN
from handbill.options import Options
from handbill.owned import look_again
from handbill.plain import MOST_SETTINGS, read_plain
from handbill.publishing.standing import files_digest

if TYPE_CHECKING:
    from handbill.hub.hub import Hub
    from handbill.outputs.planned import Output, Planned
    from handbill.outputs.recognised import Notes, Recognition
    from handbill.reading.cache import Cache
    from handbill.reading.known import Known
    from handbill.reading.load import Loaded
    from handbill.settings import Settings

    #: Each output with what it planned.
    Plans = tuple[tuple[Output, tuple[Planned, ...]], ...]

#: Opens a step of the work by its name.
Step = Callable[[str], AbstractContextManager[object]]


@dataclass(frozen=True, slots=True)
class Examined:
    """The hub as it stands, what each output would make of it, and all problems in order of place.

    ``read`` is how many texts had to be read anew, ``known`` and
    ``recognition`` what the next examination may know of this one.
    """

    hub: Hub
    settings: Settings
    plans: Plans
    problems: tuple[Problem, ...]
    read: int
    known: Known
    recognition: Recognition | None = None

    @property
    def planned(self) -> list[Planned]:
        """Return every planned path of every output."""
        return [one for _, own in self.plans for one in own]


def examine(options: Options, step: Step, before: Examined | None = None, later: list[Callable[[], None]] | None = None) -> Examined:
    """Return what the hub would publish, and its problems.

    One who examines again and again may hand over what was found *before*;
    otherwise what was written down is asked.  Neither changes the answer.
    What is to be written down for another time is put into *later*, for whoever
    has something to wait for; without it, it is done at once.

    Problems that only follow from another one are left out: while an item
    cannot be read, nobody is told that its address is gone.

    Raises:
        ContentProblems: hub.toml cannot be read at all, so nothing else can.
    """
    # What needs time to import is imported only now: most runs of a watcher find nothing to do.
    from handbill.outputs import outputs
    from handbill.reading.cache import Cache
    from handbill.settings import settings_or_problems

    look_again()
    found, told = settings_or_problems(options.root, options.base_url)
    if found is None:
        raise ContentProblems(told)
    settings = replace(found, jobs=options.jobs)
    cache = None if options.no_cache else Cache(options.private / "cache" / "drafts", engine_digest())
    with step("Reading"):
        loaded, note = _load(settings, options, cache, before)
        if cache:
            # Now and not at the end: what was read once need not be read again when a fault elsewhere is mended.
            cache.save()
    hub = loaded.hub
    problems = [*told, *loaded.problems]
    if _has_errors(told):
        # With a language or a zone in doubt, what items say of each other is in doubt too.
        note()
        return Examined(hub, settings, (), _sorted(one for one in problems if one.code != _LANGUAGE), loaded.read, loaded.known)
    with step("Checking"):
        problems += _check_hub(hub, settings, is_whole=not _has_errors(problems))
    with step("Planning"):
        plans, refused = _plan(outputs(), hub, settings)
        recognition = _recognition(options, loaded, settings, before)
        plans = recognition.all_recognised(plans)
        problems += refused
        is_whole = not _has_errors(problems)
        problems += _check_plan([one for _, own in plans for one in own], hub, settings, is_whole)
    with step("Proofing letters"):
        problems += _check_mails(plans, hub, settings, options)
    if later is None or _has_errors(problems):
        note()
    else:
        later += (note, partial(recognition.prepare, [] if options.no_cache else [one for _, own in plans for one in own]))
    return Examined(hub, settings, plans, _sorted(problems), loaded.read, loaded.known, recognition)


_LANGUAGE = "HB208"
_KNOWN = "known"


def note_pages(options: Options, found: Examined) -> None:
    """Write down the keys of pages, which are all known once a build has compared them, for the next process."""
    if found.recognition and not options.no_cache:
        notes = _page_notes(options, found.settings)
        notes.put(_KNOWN, found.recognition.notes(found.planned))
        notes.save()


def _load(settings: Settings, options: Options, cache: Cache | None, before: Examined | None) -> tuple[Loaded, Callable[[], None]]:
    """Read the hub with what is known of another time; return with it what writes down what was read if that will save time."""
    from handbill.reading.cache import Cache
    from handbill.reading.load import load

    notes = None if options.no_cache or before else Cache(options.private / "cache" / "reading", engine_digest())
    known: Known | None = before.known if before and not options.no_cache else notes.get(_KNOWN) if notes else None
    loaded = load(settings, options.as_of, cache, options.drafts, finished=options.finished, known=known)

    def note() -> None:
        if notes and not (known and loaded.known.is_near(known)):
            notes.put(_KNOWN, loaded.known.whole())
            notes.save()

    return loaded, note


def _recognition(options: Options, loaded: Loaded, settings: Settings, before: Examined | None) -> Recognition:
    """Return what recognises pages: those of another time, unless the build believes nothing."""
    from handbill.outputs.recognised import Recognition

    is_living = before is not None and before.recognition is not None
    notes: Notes | None
    if options.no_cache:
        notes = None
    elif is_living:
        notes = before.recognition.notes(before.planned)  # type: ignore[union-attr]
    else:
        notes = _page_notes(options, settings).get(_KNOWN)
    return Recognition(loaded.hub, settings, loaded.known.mark_of, notes)


def _page_notes(options: Options, settings: Settings) -> Cache:
    """Return the notes on the pages of a hub at one address: the preview has its own."""
    from handbill.reading.cache import Cache

    name = hashlib.blake2b(f"{settings.base_url} {options.drafts}".encode(), digest_size=8).hexdigest()
    return Cache(options.private / "cache" / f"pages-{name}", engine_digest())


def state_of(options: Options) -> str:
    """Return the digest of the state of all files that a build reads or asks for, and what decides what version history says."""
    from handbill.reading.history import state_of_history

    names = (*(name for name in SOURCES if name not in WRITTEN), str(engine_theme()))
    return files_digest(options.root, names) + state_of_history(options.root) + _asked_for(options.root)


def _asked_for(root: Path) -> str:
    """Return which of the folders that hub.toml may name are there; whatever stands in quotes may be one."""
    try:
        text = read_plain(root / HUB, MOST_SETTINGS).decode("utf-8", "replace")
    except OSError:
        text = ""
    named = {one for sign in "\"'" for line in text.splitlines() for one in line.split(sign)}
    # Of what can be no name of a file, Path.exists raises an error.
    there = sorted(one for one in {*named, *DECIDING} if os.path.exists(f"{root}/{one}"))  # noqa: PTH110
    return hashlib.blake2b("\0".join(there).encode(), digest_size=8).hexdigest()


@cache
def program_state() -> str:
    """Return the state of the program's own modules and libraries when this process first asked.

    A process that goes on living runs what it began with, whatever lies on the
    disk by now: what it makes must not pass for the new program's.
    """
    return files_digest(PACKAGE, (".", str(engine_lock()))) + hashlib.blake2b(libraries().encode(), digest_size=8).hexdigest()


def promised_state_of(options: Options) -> str:
    """Return the digest of the sources that a build itself writes."""
    return " ".join(_digest_of(options.root / name) for name in WRITTEN)


def _digest_of(file: Path) -> str:
    try:
        return hashlib.sha256(read_plain(file)).hexdigest()
    except OSError:
        return "-"


def _check_hub(hub: Hub, settings: Settings, is_whole: bool) -> Iterator[Problem]:
    from handbill.checking.whole import check_hub

    return check_hub(hub, settings, is_whole)


def _plan(outputs: Sequence[Output], hub: Hub, settings: Settings) -> tuple[Plans, list[Problem]]:
    """Return what each output plans, and the problems of those that refuse to."""
    from handbill.outputs.frozen import settle

    plans: list[tuple[Output, tuple[Planned, ...]]] = []
    problems: list[Problem] = []
    for output in outputs:
        try:
            plans.append((output, tuple(output.plan(hub, settings))))
        except ContentProblems as refusal:
            problems += refusal.problems
    return settle(plans), problems


def _check_plan(planned: Sequence[Planned], hub: Hub, settings: Settings, is_whole: bool) -> Iterator[Problem]:
    from handbill.checking.addresses import check_links, check_paths, check_promises
    from handbill.checking.frozen import check_mailed

    yield from check_paths(planned, hub)
    if is_whole:
        yield from check_links(planned, hub)
        yield from check_promises(planned, hub, settings)
        yield from check_mailed(planned, hub)


def _check_mails(plans: Sequence[tuple[Output, tuple[Planned, ...]]], hub: Hub, settings: Settings, options: Options) -> Iterator[Problem]:
    """Yield what is wrong with the mails of letters; what their HTML told is remembered."""
    letters = [one for output, own in plans if output.name == "letters" for one in own]
    if not letters and not any(item.kind == "issue" for item in hub.hidden):
        return
    from handbill.checking.envelopes import check_envelopes
    from handbill.checking.labels import check_labels
    from handbill.checking.mails import NoNotes, check_mails, mailings_of
    from handbill.reading.cache import Cache

    mailings = tuple(mailings_of(letters, hub, settings))
    if not mailings:
        return
    notes = None if options.no_cache else Cache(options.private / "cache" / "mails", engine_digest())
    yield from check_mails(mailings, hub, settings, notes or NoNotes())
    if notes:
        notes.save()
    for one in mailings:
        yield from check_labels(one.item, one.letter)
    yield from check_envelopes([(one.item, one.letter) for one in mailings], settings)


def _has_errors(problems: Sequence[Problem]) -> bool:
    return any(problem.level is Level.ERROR for problem in problems)


def _sorted(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(set(problems), key=lambda one: one.order))
