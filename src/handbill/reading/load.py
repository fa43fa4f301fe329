"""A repository → the hub and all its problems.

Three passes: every file alone (a draft), then identity and address of each,
then what needs the others: links, people, pictures.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlsplit

from handbill.errors import Problem
from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.kinds import KINDS
from handbill.kinds.contest import CONTEST
from handbill.layout import FOLDERS
from handbill.proofing.hiding import hide
from handbill.proofing.house import House
from handbill.reading.archive import archive_of
from handbill.reading.bundles import compared
from handbill.reading.cache import Cache
from handbill.reading.contest_entries import check_entries
from handbill.reading.contest_privacy import check_privacy
from handbill.reading.contests import alone, read_contests, with_records
from handbill.reading.draft import Terms
from handbill.reading.history import Past, Record, past_in, read_lock, read_record
from handbill.reading.known import Frame, Known, marks_of
from handbill.reading.ledger import read_ledger
from handbill.reading.linking import with_waiting_links
from handbill.reading.media import public_media, read_media
from handbill.reading.own import Own
from handbill.reading.promises import read_promises
from handbill.reading.resolve import resolve
from handbill.reading.rulebook import with_rules
from handbill.reading.settings_signs import misread_settings
from handbill.reading.texts import Text, read_texts
from handbill.reading.walk import Found, walk
from handbill.settings import Settings
from handbill.settings_trusted import pairs_of

#: So many years after the present one a series without an end is followed: two whole years at least.
_YEARS_AHEAD = 2

_HISTORY = "git"
_KINDS = {kind.name: kind for kind in KINDS}


@dataclass(frozen=True, slots=True)
class Loaded:
    """The hub as read, every problem found on the way, how many texts had to be read anew, and what the next reading may know."""

    hub: Hub
    problems: tuple[Problem, ...]
    read: int
    known: Known


def load(
    settings: Settings, as_of: datetime, cache: Cache | None, drafts: bool = False, unwritten: tuple[Found, bytes] | None = None,
    finished: Collection[str] = (), known: Known | None = None,
) -> Loaded:  # fmt: skip
    """Return the hub of a repository at the moment *as_of*, and its problems, sorted by place.

    *cache* speeds it up and never changes the result.  With *drafts*, drafts
    are shown as if they were finished.  *unwritten* is a file that does not
    exist yet, judged as if it did; drafts whose source is among the *finished*
    are shown even without the others.  *known* is another reading of the same
    repository; it too speeds it up and changes nothing.
    """
    files, problems = walk(settings.root, KINDS)
    problems += misread_settings(settings.root)
    if unwritten:
        files = sorted((*files, unwritten[0]), key=lambda one: one.source)
    terms = replace(terms_of(settings), followed=as_of.year + _YEARS_AHEAD)
    texts = read_texts(files, settings, terms, cache, known.texts_on(terms) if known else {}, unwritten)
    raws = texts.raws
    problems += texts.problems
    found = {source: text.draft for source, text in texts.found.items() if not text.draft.is_broken}
    media = read_media([one.source for one in files if not one.kind], raws, cache, problems)
    unsound = [one.source for one in files if one.source not in found and one.source not in media]
    broken = {source: texts.found[source].draft if source in texts.found else None for source in unsound}
    promises, more_promises = read_promises(settings.root)
    problems += more_promises
    ledger, more_told = read_ledger(settings.root)
    problems += more_told
    archive = archive_of(settings.root, cache)
    problems += archive.problems
    past = _past(settings.root, texts.found, cache)
    records, more_records = read_contests(settings.root, cache)
    records = with_rules(records, settings.root, cache)
    problems += more_records
    frame = Frame(repr(replace(settings, jobs=1)), media, promises, frozenset(broken))
    told: list[Problem] = []
    items = resolve(
        found, broken, media, past, raws, settings, told, promises, known, known.settled(texts.found, past, frame) if known else {}
    )  # fmt: skip
    problems += told
    by_source = {item.source: item for item in items}
    now = Known(terms, texts.found, frame, past, by_source, tuple(dict.fromkeys(told)), marks_of(by_source, known))
    if not any(source.startswith(f"{CONTEST.folder}/") for source in broken):
        problems += alone(items, records)
    items = with_records(items, records, as_of)
    problems += check_entries(settings.root, items, settings.zone, terms_of(settings).house)
    problems += check_privacy(settings.root, records, terms_of(settings).house, cache)
    shown_drafts = {i.source for i in items if i.is_draft and (drafts or i.source in finished)}
    ready = [i for i in items if not i.is_draft or i.source in shown_drafts]
    visible = [_as_known(i, as_of) for i in ready if i.published is None or i.published <= as_of]
    shown = {item.source for item in visible}
    hidden = tuple(item for item in items if item.source not in shown)
    hub = Hub(
        items=tuple(with_waiting_links(visible, hidden, found, raws, Own(settings))),
        hidden=hidden,
        as_of=as_of,
        zone=settings.zone,
        lang=settings.lang,
        languages=settings.languages,
        kinds=_KINDS,
        media=public_media(media.values(), visible, hidden),
        promises=promises,
        host=ledger.host or urlsplit(settings.base_url).hostname or "",
        awaited=tuple(sorted({i.updated for i in items if i.updated and i.updated > as_of})),
        ledger=ledger,
        letters=_letters(settings),
        frozen=compared(archive, items, raws),
    )
    return Loaded(hub, tuple(sorted(set(hide(problems, raws)), key=lambda one: one.order)), texts.read, now)


def _letters(settings: Settings) -> Mapping[str, str]:
    """Return the names of the letters whose sending calendars tell; one without a table of its own is the hub's."""
    names = {"main": settings.name} | {key: one.name for key, one in settings.letters.items()}
    return MappingProxyType(names if settings.calendar_letters else {})


def _as_known(item: Item, as_of: datetime) -> Item:
    """Return the item without an update that has not happened yet."""
    return replace(item, updated=None) if item.updated and item.updated > as_of else item


def terms_of(settings: Settings) -> Terms:
    """Return what every text of a hub is read with."""
    house = House(settings.public, settings.avoid, settings.origin, (settings.mail.sender, settings.mail.reply_to))
    trusted = pairs_of(settings.trusted)
    return Terms(
        settings.dialect,
        settings.zone,
        settings.languages,
        settings.budget.file_bytes,
        settings.typography,
        house,
        trusted=trusted,
        page_bytes=settings.budget.page_bytes,
    )


def _past(root: Path, texts: Mapping[str, Text], cache: Cache | None) -> dict[str, Past]:
    """Return what is known of exactly the bytes that are being built: recorded, or else from git."""
    blobs = {source: text.blob for source, text in texts.items() if not text.draft.is_broken}
    known = read_lock(root)
    past = {source: known[source] for source, blob in blobs.items() if source in known and known[source].blob == blob}
    if len(past) == len(blobs):
        return past
    kept: tuple[Record, dict[str, Past]] | None = cache.get(_HISTORY) if cache else None
    record = read_record(root, FOLDERS, kept[0] if kept else None)
    if not record:
        return past
    if kept and record is kept[0]:
        fresh = kept[1]
    else:
        fresh = past_in(root, FOLDERS, record)
        if cache:
            cache.put(_HISTORY, (record, fresh))
    for source, blob in blobs.items():
        if source not in past and source in fresh and fresh[source].blob == blob:
            past[source] = fresh[source]
    return past
