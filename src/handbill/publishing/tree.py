"""Bring a folder from the files of one generation to those of another, remembering what it holds.

It knows paths and files; it does not know what is published, or when.
"""

# 5,000 files pass through here, and each Path object costs 2 µs.
# ruff: noqa: PTH101, PTH102, PTH106, PTH108

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path

from handbill.errors import said
from handbill.publishing.claims import fold, fold_all
from handbill.publishing.files import link_or_copy
from handbill.publishing.manifest import Kept, Manifest, folders_of
from handbill.publishing.trouble import StoreError


class Tree:
    """The folder *root*, which holds what *present* lists.

    *before_change* is called before each change of the disk.  ``touched`` are
    the folders in which a name came or went.
    """

    def __init__(self, root: Path, present: Manifest, before_change: Callable[[], None]) -> None:
        self._root = root
        self._present = dict(present.files)
        self._folders = dict(present.folders)
        self._places: dict[str, set[str]] | None = None
        self._before_change = before_change
        self.touched: set[str] = set()

    def clear(self, path: str) -> str:
        """Return the place of *path* on the disk, with the folders above it and nothing there.

        Never write into a file that is there: the public folder has the same one.
        """
        self._before_change()
        folder = path.rpartition("/")[0]
        self._make_folder(folder)
        if path in self._present:
            self._remove(path)
        else:
            self._make_way(path)
        self.touched.add(folder)
        return f"{self._root}/{path}"

    def note(self, path: str, kept: Kept) -> None:
        """Remember that *path* now holds what *kept* says."""
        self._present[path] = kept

    def become(self, files: Mapping[str, Kept], source: Path) -> None:
        """Hold *files* and nothing else; what is not here yet is linked from the folder *source*.

        Raises:
            StoreError: a file in *source* is no longer what *files* says.
            OSError: the disk refuses.
        """
        for path in [path for path in self._present if path not in files]:
            self._remove(path)
        wanted = folders_of(files)
        self._remove_folders([folder for folder in self._folders if folder not in wanted])
        self.hold(files, source)

    def hold(self, files: Mapping[str, Kept], source: Path) -> None:
        """Hold *files*, and beside them what was here; what is not here yet is linked from the folder *source*.

        Raises:
            StoreError: a file in *source* is no longer what *files* says.
            OSError: the disk refuses.
        """
        for path, kept in files.items():
            here = self._present.get(path)
            # Their keys may differ; to ask each by its method took twice as long.
            if here is None or here[1:] != kept[1:]:
                self.link(path, kept, f"{source}/{path}")

    def link(self, path: str, kept: Kept, source: str) -> None:
        """Hold at *path* the file *source* as well, which is what *kept* says.

        Raises:
            StoreError: it is not, or not any more.
            OSError: the disk refuses.
        """
        target = self.clear(path)
        link_or_copy(source, target, kept.mtime_ns)
        found = os.lstat(target)
        if not kept.is_same_file(kept._replace(size=found.st_size, mtime_ns=found.st_mtime_ns)):
            raise StoreError(said("{file}: was changed by something else during the build; build again", file=source))
        self.note(path, kept)

    def folders(self) -> Mapping[str, int]:
        """Return all folders with the time of their last change; "" is the outermost."""
        for folder in self.touched | {""}:
            self._folders[folder] = os.lstat(f"{self._root}/{folder}").st_mtime_ns
        return self._folders

    def _make_folder(self, folder: str) -> None:
        if not folder or folder in self._folders:
            return
        self._make_folder(folder.rpartition("/")[0])
        self._make_way(folder)
        os.mkdir(f"{self._root}/{folder}")
        os.chmod(f"{self._root}/{folder}", 0o755)  # noqa: S103 - a web server reads it under another account
        self._folders[folder] = 0
        self.touched |= {folder, folder.rpartition("/")[0]}

    def _make_way(self, path: str) -> None:
        """Remove leftovers that have the place of *path*: a file for a folder, or another spelling.

        The spelling matters on disks that take Fair/ and fair/ for one.
        """
        if self._places is None:
            self._places = defaultdict(set)
            others = (*self._present, *self._folders)
            for place, other in zip(fold_all(others), others, strict=True):
                self._places[place].add(other)
        for other in sorted(self._places.pop(fold(path), ())):
            if other in self._present:
                self._remove(other)
            elif other in self._folders:
                inside = f"{other}/"
                for file in [file for file in self._present if file.startswith(inside)]:
                    self._remove(file)
                self._remove_folders([folder for folder in self._folders if f"{folder}/".startswith(inside)])

    def _remove(self, path: str) -> None:
        self._before_change()
        os.unlink(f"{self._root}/{path}")
        del self._present[path]
        self.touched.add(path.rpartition("/")[0])

    def _remove_folders(self, folders: list[str]) -> None:
        for folder in sorted(folders, reverse=True):  # the inner ones first
            self._before_change()
            os.rmdir(f"{self._root}/{folder}")
            del self._folders[folder]
            self.touched.discard(folder)
            self.touched.add(folder.rpartition("/")[0])
