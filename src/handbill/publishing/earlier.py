"""The sites that stood before: each is taken down when another takes its place.

Of each there is its manifest, and of its files those that the next site had no
more.  So whatever a site needs stands in public, or lies with that site or a
later one, and the oldest can be dropped without a look at the others.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from handbill.errors import said
from handbill.publishing.earlier_list import EarlierList, Listed, read_list, write_list
from handbill.publishing.files import link_or_copy
from handbill.publishing.manifest import Kept, Manifest, parse
from handbill.publishing.own_files import bytes_of, is_own_folder, looks_like

_LIST = "list"
_MANIFEST = "manifest"
_DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class Limits:
    """How many earlier sites are kept, and how many bytes they may take together."""

    sites: int
    bytes: int


class Earlier:
    """The folder in which the earlier sites lie; nothing counts there but what its list names."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def listed(self) -> EarlierList:
        """Return the list of the earlier sites.

        Raises:
            OSError: there is one that cannot be read.
        """
        return read_list(self._folder / _LIST) if is_own_folder(self._folder) else EarlierList()

    def number_of(self, seal: str) -> int:
        """Return the number of the site of that *seal*, if it was the last to be taken down; 0 if not."""
        sites = self.listed().sites
        return sites[-1].number if sites and sites[-1].seal == seal else 0

    def manifest(self, one: Listed) -> Manifest | None:
        """Return the manifest of an earlier site; ``None`` where it is damaged or gone."""
        text = bytes_of(self._folder / str(one.folder) / _MANIFEST)
        manifest = parse(text) if text else None
        return manifest if manifest and manifest.seal == one.seal else None

    def lying(self, one: Listed) -> Mapping[str, str]:
        """Return where the files of an earlier site lie that the next one had no more, by :func:`name_of`."""
        home = self._folder / str(one.folder)
        return {name: f"{home}/{name}" for name in os.listdir(home)} if is_own_folder(home) else {}  # noqa: PTH208 - thousands of files

    def take_down(self, former: Manifest, source: Path, going: Iterable[str], name_manifest: Callable[[Path], None], limits: Limits) -> str:
        """Keep the *former* site, of which the files at the paths *going* stand no more; they lie in the folder *source* still.

        *name_manifest* gives its manifest a further name.  What is older than
        the *limits* allow is dropped.  Returned is why it was not kept, if they
        are too narrow for it alone.

        Raises:
            OSError: the disk refuses; the list is as it was.
        """
        self._clear_way()
        listed = self.listed()
        files = [(path, former.files[path]) for path in going if path in former.files]
        draft = self._folder / _DRAFT
        _clear(draft)
        draft.mkdir(mode=0o700, parents=True)
        name_manifest(draft / _MANIFEST)
        size = (draft / _MANIFEST).stat().st_size + sum(kept.size for _, kept in files)
        if size > limits.bytes:
            # Without its files no older one is whole either.
            self._write(replace(listed, sites=()))
            return said("it takes {n} MB, more than {setting} under [budget] in hub.toml allows", n=-(-size >> 20), setting="earlier_mb")
        for path, kept in files:
            place, target = f"{source}/{path}", f"{draft}/{name_of(kept)}"
            # What somebody altered by hand is missing from now on; and the same file may have stood at two places.
            if looks_like(place, kept) and not os.path.lexists(target):
                link_or_copy(place, target, kept.mtime_ns)
        if twin := listed.twin_of(former.seal):
            # It was gone back to, and stood again: to go back and forth pushes no other site out.
            for name, place in self.lying(twin).items():
                if name != _MANIFEST and not os.path.lexists(draft / name):
                    link_or_copy(place, str(draft / name), Path(place).lstat().st_mtime_ns)
        home = self._folder / str(listed.next)
        _clear(home)
        draft.rename(home)
        size = sum(file.lstat().st_size for file in home.iterdir())
        last = Listed(twin.number if twin else listed.next, listed.next, size, former.seal)
        sites = (*(one for one in listed.sites if one is not twin), last)
        self._write(EarlierList(listed.next + 1, _within(sites, limits)))
        return ""

    def note_back(self, seal: str, number: int) -> None:
        """Write down that what stands under *seal* is what the site of that *number* was."""
        if is_own_folder(self._folder):
            write_list(self._folder / _LIST, replace(self.listed(), back=(seal, number)))

    def forget(self) -> int:
        """Remove every earlier site; return how many there were.  Their numbers do not come again.

        Raises:
            OSError: the disk refuses.
        """
        self._clear_way()
        if not is_own_folder(self._folder):
            return 0
        listed = self.listed()
        if listed.sites:
            write_list(self._folder / _LIST, EarlierList(listed.next))
        self._sweep(())
        return len(listed.sites)

    def _write(self, listed: EarlierList) -> None:
        """Write the list, and only then remove what it names no more."""
        write_list(self._folder / _LIST, listed)
        # What cannot be removed now is removed with the next.
        with suppress(OSError):
            self._sweep(listed.sites)

    def _sweep(self, sites: Iterable[Listed]) -> None:
        wanted = {_LIST, *(str(one.folder) for one in sites)}
        for file in self._folder.iterdir():
            if file.name not in wanted:
                _clear(file)

    def _clear_way(self) -> None:
        """Remove what has the place of the folder: a link above all, as what lies at its end is not ours to sweep."""
        if os.path.lexists(self._folder) and not is_own_folder(self._folder):
            _clear(self._folder)
        if (self._folder / _LIST).is_dir():
            _clear(self._folder / _LIST)


def name_of(kept: Kept) -> str:
    """Return the name of a file that is kept; its time belongs to it, as readers' caches tell versions by that."""
    return f"{kept.digest}.{kept.mtime_ns}"


def _within(sites: tuple[Listed, ...], limits: Limits) -> tuple[Listed, ...]:
    """Return the newest of *sites* that the limits allow; where one is dropped no older one is whole."""
    size, found = 0, 0
    for one in reversed(sites[-limits.sites :]):
        size += one.bytes
        if size > limits.bytes:
            break
        found += 1
    return sites[len(sites) - found :]


def _clear(path: Path) -> None:
    """Let nothing be at *path*; what a link leads to stays."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
