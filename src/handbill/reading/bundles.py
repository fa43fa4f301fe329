"""The archive of a hub → its frozen letters, and a problem for everything that is not as it was frozen.

Reads every byte of it: that is what the promise is about.  Which text belongs
to which letter, and whether it still says the same, is told by
:func:`compared`.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from handbill.errors import Level, Problem, said
from handbill.hub.frozen import Frozen, name_of
from handbill.hub.item import Item
from handbill.hub.totals import Totals
from handbill.layout import ARCHIVE
from handbill.plain import read_plain, text_of
from handbill.reading.locks import read_lock
from handbill.reading.mailed import TEXT, mailed_parts, text_digest
from handbill.reading.manifest import NoManifest, read_manifest
from handbill.reading.totals import ENDING, read_all_totals

#: The digest of each manifest: the last of a chain has nobody else to tell it.
CHAIN = f"{ARCHIVE}/chain.lock"

#: Without it, Git may change the ends of lines on its way to another machine.
ATTRIBUTES = f"{ARCHIVE}/.gitattributes"
KEPT_AS_IS = "* -text"

MANIFEST = "manifest.json"
HTML, TEXT_FORM, MAIL = "mail.html", "mail.txt", "mail.eml"

_CHAIN_HEAD = """\
# The digest of the manifest of every frozen letter.  Written by `newsletter freeze`; commit it with the letter's folder.
# By it `newsletter verify` proves that the archive holds what was mailed: never change a line by hand.
"""
_LINE = re.compile(r"([A-Za-z0-9.-]+) ([0-9a-f]{64})")

#: What file managers leave in every folder that somebody looks at; it is in no bundle and in no repository.
LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})


@dataclass(frozen=True, slots=True)
class Archive:
    """The frozen letters in order of their names, the digests written down, all that is wrong, and what became of those that were sent."""

    bundles: tuple[Frozen, ...] = ()
    chain: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    totals: Mapping[str, Totals] = field(default_factory=dict)

    def last(self, chain: tuple[str, str]) -> Frozen | None:
        """Return the newest frozen letter of a letter and language."""
        return max((one for one in self.bundles if one.chain == chain), key=lambda one: one.number, default=None)


def read_archive(root: Path) -> Archive:
    """Return the archive of a hub, every file of it read and compared with its digest."""
    chain: dict[str, str] = {}
    problems: list[Problem] = []

    def take(line: str) -> bool:
        found = _LINE.fullmatch(line)
        # Two digests for one letter: two branches have frozen it, and only one can have been mailed.
        return found is not None and chain.setdefault(found[1], found[2]) == found[2]

    if not os.path.lexists(root / ARCHIVE):
        return Archive()
    if (root / ARCHIVE).is_symlink() or not (root / ARCHIVE).is_dir():
        odd = Problem(ARCHIVE, 0, 0, "", said("something that is no folder"), said("the folder of frozen letters"), "HB442")
        return Archive(problems=(odd,))
    wanted = said("a line for each frozen letter, its name and its digest, as version history has it")
    problems += read_lock(root, CHAIN, "HB443", take, wanted)
    bundles: list[Frozen] = []
    spoiled: set[str] = set()
    folders, counts, more = _folders(root)
    problems += more
    for name in folders:
        found, faults = _bundle(root, name, chain)
        problems += faults
        if found is not None:
            bundles.append(found)
        else:
            spoiled.add(name)
    problems += _gaps(bundles, spoiled, chain)
    problems += _twice(bundles)
    totals, more = read_all_totals(root, counts, bundles, spoiled)
    problems += more
    if folders and KEPT_AS_IS not in _lines(root / ATTRIBUTES):
        found_there = said("an archive that Git may change, without the line “{line}”", line=KEPT_AS_IS)
        problems.append(Problem(ATTRIBUTES, 0, 0, "", found_there, said("a file with this line"), "HB449", Level.WARNING))
    return Archive(tuple(bundles), dict(sorted(chain.items())), tuple(problems), totals)


def chain_text(chain: Mapping[str, str]) -> str:
    """Return the text of ``chain.lock``: a line a letter, sorted, so that two branches merge."""
    return _CHAIN_HEAD + "".join(f"{name} {digest}\n" for name, digest in sorted(chain.items()))


def compared(archive: Archive, items: Iterable[Item], raws: Mapping[str, bytes]) -> Mapping[str, Frozen]:
    """Return the frozen letters by the id of their text, each with its counts, and with the names of what was edited in it since."""
    frozen = {one.item: replace(one, totals=archive.totals.get(name_of(one.letter, one.number, "", ""))) for one in archive.bundles}
    for item in items:
        if (one := frozen.get(item.id)) and item.source in raws:
            frozen[item.id] = replace(one, edited=_edited(one, raws.get(item.source, b"")))
    return MappingProxyType(frozen)


def _edited(frozen: Frozen, raw: bytes) -> tuple[str, ...]:
    if text_digest(raw) == frozen.inputs.sha256:
        return ()
    now, then = mailed_parts(raw), frozen.inputs.written
    return tuple(sorted(name for name in {*now, *then} if now.get(name) != then.get(name)))


def _folders(root: Path) -> tuple[list[str], list[str], list[Problem]]:
    """Return the folders of bundles, the files of counts, and problems for what else lies in the archive."""
    found: list[str] = []
    counts: list[str] = []
    problems: list[Problem] = []
    with os.scandir(root / ARCHIVE) as entries:
        for entry in sorted(entries, key=lambda one: one.name):
            path = f"{ARCHIVE}/{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                found.append(entry.name)
            elif entry.name.endswith(ENDING) and entry.is_file(follow_symlinks=False):
                counts.append(path)
            elif (path not in (CHAIN, ATTRIBUTES) and entry.name not in LITTER) or not entry.is_file(follow_symlinks=False):
                problems.append(_foreign(path))
    return found, counts, problems


def _foreign(path: str) -> Problem:
    return Problem(path, 0, 0, "", said("something that no frozen letter knows"), said("it taken out of the archive"), "HB442")


def _bundle(root: Path, name: str, chain: Mapping[str, str]) -> tuple[Frozen | None, list[Problem]]:
    """Return the letter in a folder, ``None`` where its manifest is not the one that was written down."""
    path = f"{ARCHIVE}/{name}/{MANIFEST}"
    try:
        raw = read_plain(root / path)
    except OSError as error:
        return None, [_damaged(path, said("a file that cannot be read ({reason})", reason=error.strerror or type(error).__name__))]
    digest = hashlib.sha256(raw).hexdigest()
    if name not in chain:
        found_here = said("a letter that {file} does not know", file=CHAIN)
        return None, [Problem(path, 0, 0, "", found_here, said("its line from version history, or the letter frozen again"), "HB443")]
    if digest != chain[name]:
        return None, [_damaged(path, _difference(raw, chain[name]))]
    try:
        frozen = read_manifest(raw, name, digest)
    except NoManifest:
        return None, [_damaged(path, said("a manifest that cannot be read"))]
    if name not in {name_of(frozen.letter, frozen.number, frozen.lang, own) for own in ("", frozen.lang)}:
        found = said("number {number} of the letter “{letter}” in “{lang}”", number=frozen.number, letter=frozen.letter, lang=frozen.lang)
        return None, [Problem(path, 0, 0, "", found, said("the folder under the name of this letter"), "HB448")]
    return frozen, list(_faults(root, frozen))


def _faults(root: Path, frozen: Frozen) -> Iterator[Problem]:
    """Yield a problem for each file of a bundle that is missing, too many, or not the one that was frozen."""
    folder = f"{ARCHIVE}/{frozen.name}"
    found = set(_below(root / folder))
    for name in sorted(found - {*frozen.files, MANIFEST}):
        if name.rpartition("/")[2] not in LITTER:
            yield _foreign(f"{folder}/{name}")
    for name, proof in sorted(frozen.files.items()):
        path = f"{folder}/{name}"
        if name not in found:
            yield _damaged(path, said("nothing"))
            continue
        try:
            raw = read_plain(root / path)
        except OSError as error:
            yield _damaged(path, said("a file that cannot be read ({reason})", reason=error.strerror or type(error).__name__))
            continue
        if len(raw) != proof.size or hashlib.sha256(raw).hexdigest() != proof.sha256:
            yield _damaged(path, _difference(raw, proof.sha256, proof.size))


def _difference(raw: bytes, sha256: str, size: int = -1) -> str:
    """Return in words how bytes differ from those that were frozen."""
    plain = raw.replace(b"\r\n", b"\n")
    if sha256 in (hashlib.sha256(one).hexdigest() for one in (plain, plain.replace(b"\n", b"\r\n"))):
        return said("other ends of lines than those that were frozen, as Git makes them where {file} is missing", file=ATTRIBUTES)
    if size >= 0 and size != len(raw):
        return said("{n} bytes in place of {size}", n=len(raw), size=size)
    return said("other bytes than those that were frozen")


def _damaged(path: str, found: str) -> Problem:
    return Problem(path, 0, 0, "", found, said("the file as it was frozen: get it back from version history"), "HB441")


def _gaps(bundles: list[Frozen], spoiled: set[str], chain: Mapping[str, str]) -> Iterator[Problem]:
    """Yield a problem for each letter that is gone, or does not follow the one before it."""
    there = {one.name for one in bundles} | spoiled
    gone = set(chain) - there
    for name in sorted(gone):
        found = said("the frozen letter {name}, whose folder is gone", name=name)
        wanted = said("the folder from version history; or, if it was never sent and is the newest, its line taken out here as well")
        yield Problem(CHAIN, 0, 0, "", found, wanted, "HB443")
    before: dict[tuple[str, str], Frozen] = {}
    for one in sorted(bundles, key=lambda bundle: bundle.number):
        last = before.get(one.chain)
        before[one.chain] = one
        if one.before == ((last.name, last.digest) if last else None):
            continue
        if one.before and (one.before[0] in spoiled or (one.before[0] in gone and chain[one.before[0]] == one.before[1])):
            # What is wrong with the one before has been told.
            continue
        path = f"{ARCHIVE}/{one.name}/{MANIFEST}"
        found = said("a letter frozen after {name}", name=one.before[0]) if one.before else said("a letter frozen as the first")
        if one.before and last and one.before[0] == last.name:
            found = said("a letter frozen after another {name} than the one that is there", name=last.name)
        wanted = said("{name} before it", name=last.name) if last else said("none before it")
        yield Problem(path, 0, 0, "", found, said("{wanted}: get the archive back from version history", wanted=wanted), "HB443")


def _twice(bundles: list[Frozen]) -> Iterator[Problem]:
    first: dict[object, Frozen] = {}
    for one in bundles:
        for key in (one.item, (*one.chain, one.number)):
            other = first.setdefault(key, one)
            if other is not one:
                found = said("a second frozen letter of {item}, beside {name}", item=one.item, name=other.name)
                yield Problem(f"{ARCHIVE}/{one.name}/{MANIFEST}", 0, 0, "", found, said("the one that was mailed"), "HB448")
                break


def _below(folder: Path) -> Iterator[str]:
    """Yield every path below a bundle that is no folder."""
    pending = [""]
    while pending:
        inner = pending.pop()
        with os.scandir(folder / inner) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    pending.append(f"{inner}{entry.name}/")
                else:
                    yield f"{inner}{entry.name}"


def _lines(file: Path) -> list[str]:
    try:
        return [line.strip() for line in text_of(file).splitlines()]
    except (OSError, UnicodeDecodeError):
        return []


__all__ = [
    "ATTRIBUTES",
    "CHAIN",
    "HTML",
    "LITTER",
    "MAIL",
    "MANIFEST",
    "TEXT",
    "TEXT_FORM",
    "Archive",
    "chain_text",
    "compared",
    "read_archive",
]
