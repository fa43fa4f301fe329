"""Freeze a letter: check it, make it, write its bundle; or say that it stands as it is, or what has changed since."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from handbill.composing.naming import named
from handbill.engine import engine_digest
from handbill.errors import ContentProblems, HandbillError, Level, Problem, Said, WrongUse, said
from handbill.examining import Examined, examine
from handbill.freezing.bundling import CannotFreeze, Composed, compose
from handbill.freezing.naming import meant
from handbill.hub.frozen import Frozen, Told
from handbill.hub.item import Item
from handbill.kinds.remembered import LINKED
from handbill.layout import ARCHIVE
from handbill.options import Options
from handbill.outputs.mail.standing import heading_of
from handbill.outputs.theme import Theme
from handbill.outputs.words import words_for
from handbill.publishing.bundle import bring
from handbill.publishing.lock import only_build
from handbill.reading.bundles import ATTRIBUTES, CHAIN, KEPT_AS_IS, MANIFEST, Archive, chain_text, read_archive
from handbill.reading.cache import Cache
from handbill.reading.load import load
from handbill.settings import Settings, read_settings

#: Where the texts of letters lie.
_LETTERS = "newsletters/"

#: A letter whose date is further ahead tells of what nobody can know yet; its date is probably a slip.
FAR = timedelta(days=31)

#: What compares the addresses of today with those that there were on a day that is over.
_OF_TODAY = frozenset({"HB402", "HB447"})

#: Warnings of the whole hub that make every letter wrong, and those of a letter that are advice.
_OF_ALL, _ADVICE = frozenset({"HB428"}), frozenset({"HB423", "HB426"})

Step = Callable[[str], AbstractContextManager[object]]


class Changed(HandbillError):
    """A frozen letter would be another one today; ``differences`` say file by file what differs."""

    def __init__(self, name: str, differences: tuple[Said, ...]) -> None:
        self.name = name
        self.differences = differences
        folder = f"{ARCHIVE}/{name}/"
        note = said("a correction is a note: “corrections:” with date and text among its fields")
        never = said("if it was never sent, delete {folder} and its line in {chain}, and freeze it again", folder=folder, chain=CHAIN)
        super().__init__(said("{name} is frozen, and what is mailed stays: {note}; {never}", name=name, note=note, never=never))


@dataclass(frozen=True, slots=True)
class Outcome:
    """A letter that is frozen now; ``is_new`` if it was not before.

    ``told`` pairs the heading of each section, as members read it, with its
    entries; what only a link in the text tells stands under "".  ``weights``
    are its files with their bytes, ``waiting`` the titles of what it tells
    that members cannot see yet.
    """

    frozen: Frozen
    is_new: bool
    told: tuple[tuple[str, tuple[Told, ...]], ...]
    weights: tuple[tuple[str, int], ...]
    waiting: tuple[str, ...]


def freeze(wanted: str, lang: str, options: Options, step: Step, despite_warnings: bool = False) -> tuple[Outcome, ...]:
    """Freeze a letter in all its languages, or in one; all of them or none.

    What it tells is as of its own date, whether that has come or not.

    Raises:
        ContentProblems: the hub as of that date has problems.
        CannotFreeze: the letter is a draft, too far ahead, or not the next of its chain.
        Changed: it was frozen before, and would be another one now.
    """

    def wait(reason: str) -> None:
        with step(reason):
            pass

    options.private.mkdir(parents=True, exist_ok=True)
    # Two at once would write two books of digests, of which one lacks the other's letter.
    with only_build(options.private / "freezing.lock", wait):
        return _frozen(wanted, lang, options, step, despite_warnings)


def _frozen(wanted: str, lang: str, options: Options, step: Step, despite_warnings: bool) -> tuple[Outcome, ...]:
    settings = replace(read_settings(options.root), jobs=options.jobs)
    loaded = load(settings, options.as_of, Cache(options.private / "cache" / "drafts", engine_digest()))
    try:
        issues = meant(wanted, lang, loaded.hub, settings)
    except WrongUse:
        # A letter that cannot be read is not one that is missing.
        _stop_on([one for one in loaded.problems if one.path.startswith(_LETTERS)], (), (), despite_warnings=True)
        raise
    archive = read_archive(options.root)
    known = {one.item: one for one in archive.bundles}
    for item in issues:
        _refuse(item, known.get(item.id), archive, options.as_of, settings)
    examined: dict[datetime, Examined] = {}
    composed: list[tuple[Item, Composed]] = []
    for item in issues:
        at = item.published
        assert at is not None
        if at not in examined:
            examined[at] = examine(replace(options, as_of=at, drafts=False), step)
        found = examined[at]
        fresh = [one for one in issues if one.id not in known]
        problems = [one for one in found.problems if at >= options.as_of or one.code not in _OF_TODAY]
        _stop_on(problems, issues, {named(one, settings) for one in fresh} - set(archive.chain), despite_warnings or not fresh)
        with step(said("Making {name}", name=named(item, settings))):
            composed.append((item, _composed(item, found, archive, options)))
    outcomes = tuple(_outcome(item, one, item.id not in known, options.as_of, examined) for item, one in composed)
    for item, one in composed:
        if item.id in known and (differences := tuple(differing(known[item.id], one, options))):
            raise Changed(one.frozen.name, differences)
    _write([one for item, one in composed if item.id not in known], archive, options)
    return outcomes


def _refuse(item: Item, frozen: Frozen | None, archive: Archive, now: datetime, settings: Settings) -> None:
    """Refuse a letter that is not ready to be frozen; one that is frozen already is only compared."""
    name = named(item, settings)
    if frozen is not None:
        return
    if item.is_draft:
        raise CannotFreeze(said("{name} is a draft: take the line draft out of {file} first", name=name, file=item.source))
    assert item.published is not None
    if item.published > now + FAR:
        when = f"{item.published:%Y-%m-%d}"
        raise CannotFreeze(
            said("{name} is dated {date}, more than {n} days ahead: nobody knows yet what is true then", name=name, date=when, n=FAR.days)
        )
    last = archive.last((item.facts.letter, item.lang))
    if last and item.facts.number <= last.number:
        raise CannotFreeze(
            said("{name} comes before {last}, which is frozen already: letters are frozen in their order", name=name, last=last.name)
        )


def _stop_on(problems: Sequence[Problem], issues: Iterable[Item], names: Iterable[str], despite_warnings: bool) -> None:
    """Stop on errors anywhere, and on warnings that mean that the mail is wrong: what is frozen cannot be mended."""
    sources = {one.source for one in issues}
    own = tuple(f"{ARCHIVE}/{name}/" for name in names)
    stopping = []
    for one in problems:
        # That a letter was edited is told file by file; and what an interrupted freezing left is looked at when it is written.
        if (one.path in sources and one.code == "HB444") or one.path.startswith(own or ("\0",)):
            continue
        is_wrong = one.level is Level.WARNING and (one.code in _OF_ALL or (one.path in sources and one.code not in _ADVICE))
        if one.level is Level.ERROR or (is_wrong and not despite_warnings):
            stopping.append(one)
    if stopping:
        raise ContentProblems(tuple(stopping))


def _composed(item: Item, found: Examined, archive: Archive, options: Options) -> Composed:
    mine = next((one for one in archive.bundles if one.item == item.id), None)
    last = archive.last((item.facts.letter, item.lang))
    before = mine.before if mine else (last.name, last.digest) if last else None
    visible = found.hub.by_id.get(item.id)
    if visible is None:
        raise CannotFreeze(said("{file} is on no list, so nobody could be sent to its page", file=item.source))
    return compose(visible, found.hub, found.settings, found.plans, before, options.private / "scratch" / "freezing")


def _outcome(item: Item, composed: Composed, is_new: bool, now: datetime, examined: dict[datetime, Examined]) -> Outcome:
    assert item.published is not None
    found = examined[item.published]
    sections = composed.frozen.chosen
    ids = {entry.id for section in sections for entry in section.entries} & set(found.hub.by_id)
    waiting = (found.hub.by_id[one] for one in sorted(ids))
    titles = tuple(one.title for one in waiting if one.published is not None and one.published > now)
    weights = tuple((name, len(raw)) for name, raw in sorted(composed.files.items()) if name != MANIFEST)
    return Outcome(composed.frozen, is_new, tuple(_headed(composed.frozen, found.settings)), weights, titles)


def _headed(frozen: Frozen, settings: Settings) -> Iterator[tuple[str, tuple[Told, ...]]]:
    words = words_for(frozen.lang, Theme(settings.root).locale(frozen.lang))
    shown: set[str] = set()
    for section in frozen.chosen:
        if section.show == LINKED:
            if linked := tuple(one for one in section.entries if one.id not in shown):
                yield "", linked
        else:
            shown |= {one.id for one in section.entries}
            yield heading_of(section.show, str(section.query["title"]), words), section.entries


def differing(frozen: Frozen, composed: Composed, options: Options) -> Iterator[Said]:
    """Yield how a bundle that is made now differs from the one that was frozen; nothing where what is told and shown is the same."""
    now = composed.frozen
    for name in sorted({*frozen.files, *now.files}):
        then, made = frozen.files.get(name), now.files.get(name)
        if then is None or made is None:
            yield said("{file}: was there", file=name) if made is None else said("{file}: was not there", file=name)
        elif then != made:
            old = (options.root / ARCHIVE / frozen.name / name).read_bytes()
            yield _first_difference(name, old, composed.files[name])
    if frozen.chosen != now.chosen:
        yield said("what its sections chose: other items, titles or dates than then")


def _first_difference(name: str, old: bytes, new: bytes) -> Said:
    lines = list(zip(old.split(b"\n"), new.split(b"\n"), strict=False))
    place = next((number for number, (one, other) in enumerate(lines) if one != other), len(lines))
    if not name.endswith(".txt") or place == len(lines):
        return said("{file}: {n} bytes, were {m}; they differ from line {line} on", file=name, n=len(new), m=len(old), line=place + 1)
    was, now = (one.decode("utf-8", "replace").strip()[:70] for one in lines[place])
    return said("{file}: line {line} was “{was}”, would be “{now}”", file=name, line=place + 1, was=was, now=now)


def _write(composed: Sequence[Composed], archive: Archive, options: Options) -> None:
    """Write what is new, all of it or nothing; what an interrupted freezing has brought there already is taken if it is the same."""
    folder = options.root / ARCHIVE
    bundles = {}
    for one in composed:
        place = folder / one.frozen.name
        if place.exists():
            there = {file.relative_to(place).as_posix(): file.read_bytes() for file in place.rglob("*") if file.is_file()}
            if there != one.files:
                wanted = said("{folder} is in the way: {chain} does not know it; delete it, and freeze again", folder=place, chain=CHAIN)
                raise CannotFreeze(wanted)
            shutil.rmtree(place)
        bundles[one.frozen.name] = one.files
    if bundles:
        chain = {**archive.chain, **{one.frozen.name: one.frozen.digest for one in composed}}
        attributes = {ATTRIBUTES.rpartition("/")[2]: f"{KEPT_AS_IS}\n"}
        bring(folder, options.private / "scratch" / "bundles", bundles, attributes, (CHAIN.rpartition("/")[2], chain_text(chain)))
