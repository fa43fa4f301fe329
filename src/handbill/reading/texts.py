"""The files of a hub → the drafts of its texts; what did not change since it was read is neither read nor looked into again."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from pathlib import Path

from handbill.errors import ContentProblems, Problem, Said, said
from handbill.hub.swift import swift
from handbill.plain import NotPlain, TooLarge, read_plain, refused
from handbill.reading.bounds import ORDINARY
from handbill.reading.cache import Cache
from handbill.reading.draft import Draft, Terms
from handbill.reading.forms import FOREIGN, ending_of
from handbill.reading.history import blob_of
from handbill.reading.media import begin_of, fix_command
from handbill.reading.walk import Found
from handbill.settings import Settings
from handbill.stamps import changed_ns, settle, stamp_of, unsettled_s

#: From this many unread files on, starting more processes pays.
CREW_FROM = 120


@swift
@dataclass(frozen=True, slots=True)
class Text:
    """A text as it was read: what tells its file apart, the name that git gives to its bytes, what it says, and what is wrong with it.

    ``key`` is the digest of all that decided the last two; ``stamp`` is empty
    where a change of the file might not show.
    """

    stamp: bytes
    blob: str
    key: str
    draft: Draft
    told: tuple[Problem, ...]


class Raws(Mapping[str, bytes]):
    """The bytes of the files by their source; those of texts are read again when somebody asks, which is seldom."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._read: dict[str, bytes | None] = {}

    def __getitem__(self, source: str) -> bytes:
        """Return the bytes of a file that was found sound."""
        raw = self._read[source]
        if raw is not None:
            return raw
        try:
            return read_plain(self._root / source)
        except OSError:
            # It was there a moment ago; the next build finds it gone.
            raise KeyError(source) from None

    def __iter__(self) -> Iterator[str]:
        """Iterate over the sources."""
        return iter(self._read)

    def __len__(self) -> int:
        """Return how many files there are."""
        return len(self._read)

    def held(self, source: str) -> bytes | None:
        """Return the bytes of a file if they are held."""
        return self._read.get(source)

    def know(self, source: str) -> None:
        """Add a file whose bytes need not be held."""
        self._read.setdefault(source, None)

    def add(self, source: str, raw: bytes) -> None:
        """Add a file and hold its bytes."""
        self._read[source] = raw


@dataclass(slots=True)
class Texts:
    """All files that could be read, the texts among them by their source, what is wrong with any, and how many had to be read anew."""

    raws: Raws
    found: dict[str, Text] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    read: int = 0


def read_texts(
    files: Sequence[Found],
    settings: Settings,
    terms: Terms,
    cache: Cache | None,
    known: Mapping[str, Text],
    unwritten: tuple[Found, bytes] | None = None,
) -> Texts:
    """Return what the files say that a text is made of; *terms* say up to which year series are followed.

    *known* are texts that were read on the same terms.  *unwritten* is one of
    the files that does not exist yet, with its bytes.

    Raises:
        ContentProblems: the files are more, or larger, than a hub's budget.
    """
    texts = Texts(Raws(settings.root))
    if len(files) > settings.budget.files:
        raise _over(said("{n} texts and pictures", n=len(files)), said("at most {n}", n=settings.budget.files), "files")
    todo: list[tuple[Found, bytes]] = []
    taken = 0
    for one in files:
        kept, stamp, size = known.get(one.source), b"", 0
        if unwritten and one is unwritten[0]:
            texts.raws.add(one.source, unwritten[1])
        elif ending_of(one.source) in FOREIGN:
            # No page shows it, so its size is not what is wrong with it.
            texts.raws.add(one.source, begin_of(settings.root / one.source))
        elif one.kind:
            stamp, size = _stamp(f"{settings.root}/{one.source}", kept.stamp if kept else b"")
            if kept and stamp and stamp == kept.stamp and kept.draft.kind == one.kind and not _has_private(kept.told):
                texts.found[one.source] = kept
                texts.raws.know(one.source)
                taken += size
                continue
        elif (raw := _read(settings.root / one.source, one.source, settings.budget.picture_bytes, False, texts.problems)) is not None:
            texts.raws.add(one.source, raw)
            size = len(raw)
        if one.kind:
            todo.append((one, stamp))
        # What is too large by itself is told by its name.
        taken += min(size, settings.budget.file_bytes if one.kind else size)
        if taken > settings.budget.total_bytes:
            most = said("at most {n} MB", n=settings.budget.total_bytes // 1024**2)
            raise _over(said("texts and pictures of more than that"), most, "total_mb")
    _read_anew(todo, settings, terms, cache, known, texts)
    if cache:
        cache.hold(text.key for text in texts.found.values())
    texts.found = {source: texts.found[source] for source in sorted(texts.found)}
    texts.problems += [problem for text in texts.found.values() for problem in text.told]
    return texts


def _over(found: Said, most: Said, setting: str) -> ContentProblems:
    """Return the refusal of a hub that is larger than its budget."""
    wanted = said("{most}, or a larger {setting} under [budget] in hub.toml", most=most, setting=setting)
    return ContentProblems((Problem("hub.toml", 0, 0, f"budget.{setting}", found, wanted, "HB106"),))


def _stamp(file: str, known: bytes) -> tuple[bytes, int]:
    """Return what tells a file apart now, nothing where a later change might not show, and its size.

    It is taken before the file is read.
    """
    try:
        found = os.lstat(file)
        if stamp_of(found) == known:
            return known, found.st_size
        found = settle(file, found)
    except OSError:
        return b"", 0
    return b"" if unsettled_s(changed_ns(found)) else stamp_of(found), found.st_size


def _read_anew(
    todo: Iterable[tuple[Found, bytes]],
    settings: Settings,
    terms: Terms,
    cache: Cache | None,
    known: Mapping[str, Text],
    texts: Texts,
) -> None:
    """Add the drafts of texts, given with their stamps, whose bytes have to be read."""
    marks: dict[str, tuple[bytes, str, str]] = {}
    reading: dict[str, bytes] = {}

    def keep(source: str, packed: bytes) -> None:
        if cache:
            cache.keep(marks[source][2], packed)

    unread = _unread(todo, settings, terms, cache, known, texts, marks)
    for source, draft, told in _answers(_noted(unread, reading), settings, terms, keep):
        _hold_private(source, reading.pop(source), told, texts)
        if draft is None:
            texts.problems += told
        else:
            texts.found[source] = Text(*marks[source], draft, tuple(told))


def _unread(
    todo: Iterable[tuple[Found, bytes]],
    settings: Settings,
    terms: Terms,
    cache: Cache | None,
    known: Mapping[str, Text],
    texts: Texts,
    marks: dict[str, tuple[bytes, str, str]],
) -> Iterator[tuple[str, bytes, str]]:
    """Yield the texts that nobody has read before, one after the other while others are being read, and put down their *marks*."""
    of_all, followed = repr(replace(terms, followed=0)), terms.followed
    for one, stamp in todo:
        raw = texts.raws.held(one.source)
        if raw is None:
            raw = _read(settings.root / one.source, one.source, settings.budget.file_bytes, True, texts.problems)
        if raw is None:
            continue
        texts.raws.know(one.source)
        # Of all texts only those with a series are read anew when a year begins.
        decided = f"({one.source!r}, {one.kind!r}, {of_all}, {followed if b'recurrence' in raw else 0})"
        key = hashlib.blake2b(decided.encode() + b"\0" + raw, digest_size=20).hexdigest()
        marks[one.source] = stamp, blob_of(raw), key
        kept = known.get(one.source)
        if kept is not None and kept.key == key:
            texts.found[one.source] = replace(kept, stamp=stamp)
        elif cache and (packed := cache.get(key)) is not None:
            texts.found[one.source] = Text(*marks[one.source], packed[0], tuple(packed[1]))
        else:
            texts.read += 1
            yield one.source, raw, one.kind
            continue
        _hold_private(one.source, raw, texts.found[one.source].told, texts)


def _noted(unread: Iterable[tuple[str, bytes, str]], reading: dict[str, bytes]) -> Iterator[tuple[str, bytes, str]]:
    """Yield the texts as they are asked for, with their bytes put down until they are answered."""
    for one in unread:
        reading[one[0]] = one[1]
        yield one


def _has_private(told: Iterable[Problem]) -> bool:
    return any(one.is_private for one in told)


def _hold_private(source: str, raw: bytes, told: Iterable[Problem], texts: Texts) -> None:
    """Hold the bytes of a text with a private datum, told by its place in them: in those of a later moment it stands elsewhere."""
    if _has_private(told):
        texts.raws.add(source, raw)


def _answers(
    unread: Iterator[tuple[str, bytes, str]], settings: Settings, terms: Terms, keep: Callable[[str, bytes], None]
) -> Iterable[tuple[str, Draft | None, Collection[Problem]]]:
    """Return the drafts of texts that nobody has read before, and keep them."""
    first = list(islice(unread, CREW_FROM))
    if not first:
        return ()
    # The reader's engines are only imported when there is something to read.
    from handbill.reading.crew import read_crew

    is_many = len(first) == CREW_FROM and settings.jobs > 1
    if is_many or settings.dialect == "python-markdown":
        budget, jobs = settings.budget, min(settings.jobs, len(first))
        return read_crew(chain(first, unread), terms, jobs, budget.seconds, keep, budget.memory_bytes)
    return _few(chain(first, unread), settings, terms, keep)


def _few(
    unread: Iterable[tuple[str, bytes, str]], settings: Settings, terms: Terms, keep: Callable[[str, bytes], None]
) -> Iterator[tuple[str, Draft | None, Collection[Problem]]]:
    """Yield the drafts of texts that are read in this process, but for long ones: what they cost is limited in a process of its own."""
    from handbill.reading.crew import read_crew, read_here

    long: list[tuple[str, bytes, str]] = []

    def short() -> Iterator[tuple[str, bytes, str]]:
        for one in unread:
            if len(one[1]) > ORDINARY:
                long.append(one)
            else:
                yield one

    yield from read_here(short(), terms, keep)
    if long:
        budget = settings.budget
        yield from read_crew(long, terms, min(settings.jobs, len(long)), budget.seconds, keep, budget.memory_bytes)


def _read(file: Path, source: str, limit: int, is_text: bool, problems: list[Problem]) -> bytes | None:
    try:
        return read_plain(file, limit)
    except TooLarge as odd:
        wanted = said("a smaller file, or a larger {setting} under [budget] in hub.toml", setting="file_kb")
        if not is_text:
            wanted = said(
                "a smaller picture ({command}), or a larger {setting} under [budget] in hub.toml",
                command=fix_command(source),
                setting="picture_kb",
            )
        problems.append(Problem(source, 0, 0, "", odd.found, wanted, "HB106"))
    except NotPlain as odd:
        problems.append(refused(source, odd.found))
    except OSError as error:
        found = said("a file that cannot be opened ({reason})", reason=error.strerror)
        problems.append(Problem(source, 0, 0, "", found, said("a file that may be read"), "HB124"))
    return None
