"""Which earlier sites can be had back, beside what stands, and of which files.  It reads; it changes nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from handbill.errors import Said, WrongUse, said
from handbill.publishing.earlier import Earlier, name_of
from handbill.publishing.earlier_list import Listed
from handbill.publishing.manifest import Kept, Manifest
from handbill.publishing.own_files import bytes_of, looks_like
from handbill.publishing.trouble import StoreError


class NoSuchSite(WrongUse):
    """There is no earlier site of that number, or none at all."""


class NotWhole(StoreError):
    """Something of an earlier site is missing or altered."""


@dataclass(frozen=True, slots=True)
class EarlierSite:
    """One earlier site beside what stands: when its newest file was made, how many paths differ, and which are missing.

    Where its manifest is missing, nothing else is known: ``made_ns`` is 0.
    """

    number: int
    made_ns: int
    differing: int
    lacking: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """An earlier site with its manifest, and where those of its files lie that do not stand, by path."""

    site: EarlierSite
    manifest: Manifest
    places: Mapping[str, str]

    def verify(self, path: str, file: Path) -> None:
        """Let pass the *file* that holds the very bytes which stood at *path*; it is read for that.

        Raises:
            NotWhole: it holds others.
            OSError: it cannot be read.
        """
        content = bytes_of(file)
        if content is None or hashlib.sha256(content).hexdigest() != self.manifest.files[path].digest:
            raise NotWhole(_not_whole(self.site.number, path))


def sites(earlier: Earlier, standing: Mapping[str, Kept]) -> Iterator[EarlierSite]:
    """Yield every earlier site, the one that stood last first, beside the files that stand."""
    lying: dict[str, str] = {}
    for one in reversed(earlier.listed().sites):
        lying |= earlier.lying(one)
        yield _found(earlier, one, lying, standing).site


def find(earlier: Earlier, number: int | None, seal: str, standing: Mapping[str, Kept]) -> Found:
    """Return the earlier site of that *number*; without one, the last before that which stands under *seal*.

    Raises:
        NoSuchSite: there is none.
        NotWhole: something of it is missing or altered.
    """
    listed = earlier.listed()
    numbers = [one.number for one in listed.sites]
    if number is None:
        # Whoever goes back twice goes back further, and not forward again.
        twin = listed.twin_of(seal)
        place = (numbers.index(twin.number) if twin else len(numbers)) - 1
    else:
        place = numbers.index(number) if number in numbers else -1
    if place < 0:
        raise NoSuchSite(_none(number, numbers))
    lying: dict[str, str] = {}
    for one in listed.sites[place:]:
        lying |= earlier.lying(one)
    found = _found(earlier, listed.sites[place], lying, standing)
    if found.site.lacking:
        raise NotWhole(_not_whole(found.site.number, found.site.lacking[0]))
    return found


def _found(earlier: Earlier, one: Listed, lying: Mapping[str, str], standing: Mapping[str, Kept]) -> Found:
    manifest = earlier.manifest(one)
    if manifest is None:
        return Found(EarlierSite(one.number, 0, 0, (".",)), Manifest({}, {}), {})
    made_ns = 0
    places: dict[str, str] = {}
    lacking = []
    for path, kept in manifest.files.items():
        made_ns = max(made_ns, kept.mtime_ns)
        here = standing.get(path)
        if here is not None and here[1:] == kept[1:]:
            continue
        place = lying.get(name_of(kept))
        if place and looks_like(place, kept):
            places[path] = place
        else:
            lacking.append(path)
    gone = sum(1 for path in standing if path not in manifest.files)
    return Found(EarlierSite(one.number, made_ns, len(places) + len(lacking) + gone, tuple(lacking)), manifest, places)


def _none(number: int | None, numbers: Collection[int]) -> Said:
    if not numbers:
        return said(
            "no earlier site is kept: each build that changes something keeps the site that stood before it, "
            "unless {setting} under [budget] in hub.toml is 0",
            setting="earlier",
        )
    known = ", ".join(map(str, numbers))
    if number is None:
        return said("no site from before the one that stands is kept any more; there are: {numbers}", numbers=known)
    return said("found no earlier site {number}; there are: {numbers}", number=number, numbers=known)


def _not_whole(number: int, path: str) -> Said:
    return said(
        "site {number} is no longer whole: {path} is missing, or something else altered it. "
        "The folder stands as it was. {command} shows which sites are whole",
        number=number,
        path=path,
        command="python3 build.py rollback --list",
    )
