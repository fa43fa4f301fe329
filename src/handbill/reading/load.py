"""A repository → the hub and all its problems.

Three passes: every file alone (a draft), then identity and address of each,
then what needs the others: links, people, pictures.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlsplit

from handbill.errors import Problem, said
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
from handbill.reading.draft import Draft, Terms
from handbill.reading.forms import FOREIGN, ending_of
from handbill.reading.history import Past, blob_of, head_of, read_git, read_lock
from handbill.reading.ledger import read_ledger
from handbill.reading.linking import with_waiting_links
from handbill.reading.media import begin_of, fix_command, public_media, read_media
from handbill.reading.own import Own
from handbill.reading.promises import read_promises
from handbill.reading.resolve import resolve
from handbill.reading.rulebook import with_rules
from handbill.reading.walk import Found, walk
from handbill.settings import Settings

#: So many years after the present one a series without an end is followed: two whole years at least.
_YEARS_AHEAD = 2

#: From this many unread files on, starting more processes pays.
CREW_FROM = 120

_KINDS = {kind.name: kind for kind in KINDS}


@dataclass(frozen=True, slots=True)
class Loaded:
    """The hub as read, every problem found on the way, and how many texts had to be read anew."""

    hub: Hub
    problems: tuple[Problem, ...]
    read: int


def load(
    settings: Settings, as_of: datetime, cache: Cache | None, drafts: bool = False, unwritten: tuple[Found, bytes] | None = None,
    finished: Collection[str] = (),
) -> Loaded:  # fmt: skip
    """Return the hub of a repository at the moment *as_of*, and its problems, sorted by place.

    *cache* speeds it up and never changes the result.  With *drafts*, drafts
    are shown as if they were finished.  *unwritten* is a file that does not
    exist yet, judged as if it did; drafts whose source is among the *finished*
    are shown even without the others.
    """
    files, problems = walk(settings.root, KINDS)
    if unwritten:
        files = sorted((*files, unwritten[0]), key=lambda one: one.source)
    raws: dict[str, bytes] = {}
    for one in files:
        if unwritten and one is unwritten[0]:
            raws[one.source] = unwritten[1]
            continue
        file = settings.root / one.source
        if ending_of(one.source) in FOREIGN:
            # No page shows it, so its size is not what is wrong with it.
            raws[one.source] = begin_of(file)
            continue
        raw = _read(file, one.source, settings.budget.file_bytes if one.kind else settings.budget.picture_bytes, bool(one.kind), problems)
        if raw is not None:
            raws[one.source] = raw
    texts = [one for one in files if one.kind]
    read, drafts_found, more = _drafts(texts, raws, settings, as_of.year + _YEARS_AHEAD, cache)
    problems += more
    found = {source: draft for source, draft in drafts_found.items() if not draft.is_broken}
    media = read_media([one.source for one in files if not one.kind], raws, cache, problems)
    broken = {one.source: drafts_found.get(one.source) for one in files if one.source not in found and one.source not in media}
    promises, more_promises = read_promises(settings.root)
    problems += more_promises
    ledger, more_told = read_ledger(settings.root)
    problems += more_told
    archive = archive_of(settings.root, cache)
    problems += archive.problems
    past = _past(settings.root, found, raws, cache)
    records, more_records = read_contests(settings.root, cache)
    records = with_rules(records, settings.root, cache)
    problems += more_records
    items = resolve(found, broken, media, past, raws, settings, problems, promises)
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
    return Loaded(hub, tuple(sorted(set(hide(problems, raws)), key=lambda one: one.order)), read)


def _letters(settings: Settings) -> Mapping[str, str]:
    """Return the names of the letters whose sending calendars tell; one without a table of its own is the hub's."""
    names = {"main": settings.name} | {key: one.name for key, one in settings.letters.items()}
    return MappingProxyType(names if settings.calendar_letters else {})


def _as_known(item: Item, as_of: datetime) -> Item:
    """Return the item without an update that has not happened yet."""
    return replace(item, updated=None) if item.updated and item.updated > as_of else item


def _read(file: Path, source: str, limit: int, is_text: bool, problems: list[Problem]) -> bytes | None:
    try:
        with file.open("rb") as opened:
            raw = opened.read(limit + 1)
    except OSError as error:
        found = said("a file that cannot be opened ({reason})", reason=error.strerror)
        problems.append(Problem(source, 0, 0, "", found, said("a file that may be read"), "HB124"))
        return None
    if len(raw) > limit:
        found = said("a file of more than {most} KB", most=limit // 1024)
        wanted = (
            said("a smaller file, or a larger {setting} under [budget] in hub.toml", setting="file_kb")
            if is_text
            else said(
                "a smaller picture ({command}), or a larger {setting} under [budget] in hub.toml",
                command=fix_command(source),
                setting="picture_kb",
            )
        )
        problems.append(Problem(source, 0, 0, "", found, wanted, "HB106"))
        return None
    return raw


def terms_of(settings: Settings) -> Terms:
    """Return what every text of a hub is read with."""
    house = House(settings.public, settings.avoid, settings.origin, (settings.mail.sender, settings.mail.reply_to))
    return Terms(settings.dialect, settings.zone, settings.languages, settings.budget.file_bytes, settings.typography, house)


def _drafts(
    files: list[Found], raws: Mapping[str, bytes], settings: Settings, followed: int, cache: Cache | None
) -> tuple[int, dict[str, Draft], list[Problem]]:
    terms = terms_of(settings)
    found: dict[str, Draft] = {}
    problems: list[Problem] = []
    todo: list[tuple[str, bytes, str]] = []
    keys: dict[str, str] = {}
    of_all = repr(terms)
    for one in files:
        raw = raws.get(one.source)
        if raw is None:
            continue
        # Of all texts only those with a series are read anew when a year begins.
        known = f"({one.source!r}, {one.kind!r}, {of_all}, {followed if b'recurrence' in raw else 0})"
        keys[one.source] = hashlib.blake2b(known.encode() + b"\0" + raw, digest_size=20).hexdigest()
        kept = cache.get(keys[one.source]) if cache else None
        if kept is not None:
            found[one.source] = kept[0]
            problems += kept[1]
        else:
            todo.append((one.source, raw, one.kind))
    if todo:
        # The reader's engines are only imported when there is something to read.
        from handbill.reading.crew import read_crew, read_here

        def keep(source: str, packed: bytes) -> None:
            if cache:
                cache.keep(keys[source], packed)

        terms = replace(terms, followed=followed)
        many = len(todo) >= CREW_FROM and settings.jobs > 1
        if many or settings.dialect == "python-markdown":
            answers = read_crew(todo, terms, min(settings.jobs, len(todo)), settings.budget.seconds, keep)
        else:
            answers = read_here(todo, terms, keep)
        for source, draft, told in answers:
            problems += told
            if draft is not None:
                found[source] = draft
    return len(todo), {source: found[source] for source in sorted(found)}, problems


def _past(root: Path, found: Mapping[str, Draft], raws: Mapping[str, bytes], cache: Cache | None) -> dict[str, Past]:
    """Return what is known of exactly the bytes that are being built: recorded, or else from git."""
    blobs = {source: blob_of(raws[source]) for source in found}
    known = read_lock(root)
    past = {source: known[source] for source, blob in blobs.items() if source in known and known[source].blob == blob}
    if len(past) == len(blobs):
        return past
    head = head_of(root)
    if not head:
        return past
    fresh: dict[str, Past] | None = cache.get(f"git {head}") if cache else None
    if fresh is None:
        fresh = read_git(root, FOLDERS)
        if cache:
            cache.put(f"git {head}", fresh)
    for source, blob in blobs.items():
        if source not in past and source in fresh and fresh[source].blob == blob:
            past[source] = fresh[source]
    return past
