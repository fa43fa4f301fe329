"""The hidden folder beside the public one: manifests, the spare generation, the lock.

It is beside the public folder because a swap needs one file system, and
because what says "this folder is ours" must not vanish with a cache.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from handbill.publishing.earlier import Earlier, Limits
from handbill.publishing.files import write
from handbill.publishing.flush import flush_file
from handbill.publishing.manifest import Manifest, dump, parse, seal_of, survey
from handbill.refusals import reason_of

_PREFIX = "manifest-"
_IGNORE = ".gitignore"


class Shelf:
    """Where the store of *public* keeps what no reader may see.

    A manifest is named by the inode of the folder that it lists: the number
    stays with a folder however it is renamed, so the right list travels with a
    generation through the swap without being touched.
    """

    def __init__(self, public: Path) -> None:
        self.folder = public.with_name(f".{public.name}.handbill")
        self.spare = self.folder / "spare"
        self.aside = self.folder / "aside"
        self.lock = self.folder / "lock"
        self.earlier = Earlier(self.folder / "earlier")
        self._read: dict[Path, tuple[tuple[int, ...], Manifest | None]] = {}
        self._put: dict[Path, Manifest] = {}

    def make(self) -> None:
        """Make the folder, closed to others, and to Git: what was taken off the site is not to be read here.

        A folder or a link in the place of a file of ours is removed: nothing but harm puts it there.
        """
        if os.path.lexists(self.folder) and not stat.S_ISDIR(os.lstat(self.folder).st_mode):
            # What lies elsewhere is not ours to sweep.
            self.folder.unlink()
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for file in self.folder.iterdir():
            if (file.name.startswith(_PREFIX) or file.name in (self.lock.name, _IGNORE)) and not stat.S_ISREG(os.lstat(file).st_mode):
                _remove(file)
        if not (ignore := self.folder / _IGNORE).exists():
            ignore.write_text("*\n")

    def is_ours(self, folder: Path) -> bool:
        """Return whether *folder* is a generation of this store, even if its manifest is spoilt."""
        while True:
            number = folder.lstat().st_ino
            if self._file(number).exists() or self._fitting(folder) is not None:
                return True
            # A build elsewhere may just have put another generation there.
            if folder.lstat().st_ino == number:
                return False

    def manifest(self, folder: Path) -> Manifest | None:
        """Return the manifest of *folder*; None when there is none that can be trusted."""
        try:
            return self._load(self._file(folder.lstat().st_ino))
        except (FileNotFoundError, IsADirectoryError):
            return None

    def manifest_of_public(self, public: Path) -> Manifest | None:
        """Return the manifest of *public*, also of one that was restored from an archive.

        Then, and on some mounted disks, the same folder has another inode.
        """
        try:
            own = self._file(public.lstat().st_ino)
        except FileNotFoundError:
            return None
        return self.manifest(public) if own.exists() else self._fitting(public)

    def put(self, folder: Path, manifest: Manifest) -> None:
        """Keep *manifest* for *folder*, whole or not at all."""
        target = self._file(folder.lstat().st_ino)
        draft = target.with_suffix(".new")
        draft.unlink(missing_ok=True)
        text = dump(manifest)
        write(str(draft), text)
        flush_file(draft)
        draft.replace(target)
        manifest = replace(manifest, seal=seal_of(text))
        self._read[target] = (_stamp(os.lstat(target)), manifest)
        self._put[target] = manifest

    def has_put(self, manifest: Manifest) -> bool:
        """Return whether this object itself wrote *manifest*, not an earlier run."""
        return any(manifest is mine for mine in self._put.values())

    def drop(self, folder: Path) -> None:
        """Forget the manifest of *folder*, because what it lists is about to change."""
        with suppress(FileNotFoundError):
            self._file(folder.lstat().st_ino).unlink(missing_ok=True)

    def take_down(self, former: Manifest, going: Iterable[str], limits: Limits) -> str:
        """Keep what stood until now, which is the spare; return why not, as that undoes no publication."""
        try:
            if limits.sites and former.files:
                return self.earlier.take_down(former, self.spare, going, partial(self._name_manifest, former), limits)
            if not limits.sites:
                self.earlier.forget()
        except OSError as trouble:
            return reason_of(trouble)
        return ""

    def catch_up(self, standing: Manifest, limits: Limits) -> None:
        """Keep what stood before, where a build was killed between its swap and that."""
        with suppress(OSError):
            spare = self.manifest(self.spare)
            if spare is not None and limits.sites and not self.earlier.number_of(spare.seal):
                # A spare that is no former site has what stands.
                files = standing.files
                going = [path for path, kept in spare.files.items() if path not in files or not kept.is_same_file(files[path])]
                if going or len(spare.files) != len(files):
                    self.take_down(spare, going, limits)

    def _name_manifest(self, manifest: Manifest, name: Path) -> None:
        """Give the manifest of the spare a further name; write it, where it has none or the disk knows no such names."""
        try:
            os.link(self._file(self.spare.lstat().st_ino), name)
        except OSError:
            write(str(name), dump(manifest))

    def discard_spare(self) -> None:
        """Remove the spare generation and its manifest."""
        self.drop(self.spare)
        if os.path.lexists(self.spare):
            _remove(self.spare)

    def sweep(self, *folders: Path) -> None:
        """Remove the manifests of all but *folders*, and half-written ones."""
        wanted = set()
        for folder in folders:
            with suppress(FileNotFoundError):
                wanted.add(self._file(folder.lstat().st_ino))
        for file in self._manifests(".new", ""):
            if file not in wanted:
                file.unlink()

    def _file(self, number: int) -> Path:
        return self.folder / f"{_PREFIX}{number}"

    def _manifests(self, *suffixes: str) -> Iterator[Path]:
        with suppress(FileNotFoundError):
            for file in sorted(self.folder.iterdir()):
                if file.name.startswith(_PREFIX) and file.suffix in suffixes:
                    yield file

    def _load(self, file: Path) -> Manifest | None:
        found = os.lstat(file)
        if hasattr(os, "geteuid") and found.st_uid != os.geteuid():
            return None
        # A preview publishes every few seconds, and reading 5,000 lines takes 15 ms.
        stamp, manifest = self._read.get(file, ((), None))
        if stamp != _stamp(found):
            manifest = parse(file.read_bytes())
            self._read[file] = (_stamp(found), manifest)
        return manifest

    def _fitting(self, folder: Path) -> Manifest | None:
        """Return the manifest that fits *folder* best by its files, if any file fits."""
        best, most = None, 0
        for file in self._manifests(""):
            manifest = self._load(file)
            if manifest is not None and len(found := survey(folder, manifest).files) > most:
                best, most = manifest, len(found)
        return best


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


def _stamp(found: os.stat_result) -> tuple[int, ...]:
    return (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
