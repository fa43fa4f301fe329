"""One output folder in the making: it grows unseen and is published as a whole, or not at all.

It starts from the spare, the generation before the one that stands.  Two
generations differ in little, so a publication costs what changed and not what
there is: 5,000 hard links and folders took 1 s where a catch-up takes 0.1 s.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Self

from handbill.errors import Said, said
from handbill.publishing import swap
from handbill.publishing.claims import NextClaims, check_path
from handbill.publishing.files import measure, plain_files, write
from handbill.publishing.flush import flush, flush_folder
from handbill.publishing.going_back import Found
from handbill.publishing.manifest import Kept, Manifest
from handbill.publishing.shelf import Shelf
from handbill.publishing.tree import Tree
from handbill.publishing.trouble import told


@dataclass(frozen=True, slots=True)
class Published:
    """What a publication did: nothing at all when ``is_new`` is false.

    ``written`` are the paths whose bytes are new, ``removed`` those that are gone.
    ``unkept`` says why the site that stood before was not kept to go back to, if
    it should have been.
    """

    is_new: bool
    written: tuple[str, ...]
    removed: tuple[str, ...]
    kept: int
    unkept: str = ""


#: Keeps the generation that stood, of which the files at these paths are going; returns why it could not.
Keep = Callable[[Manifest, Iterable[str]], str]


class Generation:
    """A complete output folder in the making; a context manager that removes what was not published.

    Only the store writes in ``root``.  It holds all that was kept and added so
    far after :meth:`settle`, and leftovers beside it.
    """

    def __init__(
        self, public: Path, shelf: Shelf, manifest: Manifest, standing: Mapping[str, Kept], present: Manifest, keep: Keep | None = None
    ) -> None:
        self.root = shelf.spare
        self._public = public
        self._shelf = shelf
        self._manifest = manifest
        self._standing = standing
        self._keep = keep
        self._claims = NextClaims(manifest.files, manifest.folders)
        self._files: dict[str, Kept] = {}
        self._adopted: set[str] = set()
        self._tree = Tree(shelf.spare, present, self._before_change)
        self._new: set[str] = set()
        self._is_listed = bool(present.files)
        self._is_over = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, trouble: BaseException | None, trace: TracebackType | None) -> None:
        self._is_over = True
        if not self._is_listed:
            # Whatever cannot be removed now is removed by the next build.
            with suppress(OSError):
                self._shelf.discard_spare()

    @property
    def files(self) -> Mapping[str, Kept]:
        """Return what was kept and added so far, by path."""
        return MappingProxyType(self._files)

    def keep(self, path: str) -> None:
        """Take over the file that stands at *path*.

        Raises:
            ValueError: nothing stands there as it was published.
        """
        self.keep_all((path,))

    def keep_all(self, paths: Iterable[str]) -> None:
        """Take over the files that stand at these paths, as :meth:`keep` does one."""
        self._check_going()
        for path in paths:
            kept = self._standing.get(path)
            if kept is None:
                raise ValueError(f"nothing to keep at {path!r}")
            self._claim(path)
            self._files[path] = kept

    def keep_folder(self, prefix: str) -> None:
        """Take over the whole folder at *prefix*, as another program once made it."""
        prefix = prefix.removesuffix("/")
        inside = [path for path in self._standing if path.startswith(f"{prefix}/")]
        if prefix not in self._manifest.adopted or not inside:
            raise ValueError(f"no folder to keep at {prefix!r}")
        self.keep_all(inside)
        self._adopted.add(prefix)

    def add(self, path: str, key: str, content: bytes | Path, measured: tuple[int, str] | None = None) -> Kept:
        """Put *content* at *path*; *key* is the digest of everything that decided it.

        A file is moved in, and gone from where it was.  Bytes that stand there
        already are kept with their time, so that readers' caches stay valid.
        Who has just written a file may say what it *measured*, its size and
        SHA-256; it is not read again for them.

        Raises:
            ValueError: the path is wrong or taken, the key has blanks, or the content is no plain file.
            StoreError: the disk refuses; the public folder is untouched.
        """
        self._check_going()
        if not re.fullmatch(r"[!-~]+", key):
            raise ValueError(f"not a key: {key!r}")
        self._claim(path)
        with self._disk(said("write {path}", path=path)):
            size, digest = measured or measure(content)
            kept = self._same_standing(path, key, size, digest)
            if kept is None:
                kept = Kept(key, digest, size, write(self._tree.clear(path), content))
                self._tree.note(path, kept)
                self._new.add(path)
            elif isinstance(content, Path):
                content.unlink()
        self._files[path] = kept
        return kept

    def adopt_folder(self, prefix: str, key: str, folder: Path, kept: Collection[str] = ()) -> None:
        """Move in every file of *folder*, which another program made; each gets the *key* of the whole.

        *kept* are paths in it at which a file stands that stays.

        Raises:
            ValueError: the folder is empty, holds a link or another odd thing, or nothing stands at a path of *kept*.
        """
        prefix = prefix.removesuffix("/")
        check_path(prefix)
        with told(self._public, said("read what was made for {folder}/", folder=prefix)):
            files = plain_files(folder)
        if not files:
            raise ValueError(f"nothing was made for {prefix!r}")
        if any(path.startswith(f"{prefix}/") for path in self._files):
            raise ValueError(f"{prefix!r} belongs to another program as a whole")
        inside = [f"{prefix}/{path}" for path in kept]
        self.keep_all(inside)
        for path in inside:
            self._files[path] = self._files[path]._replace(key=key)
        for path in files:
            self.add(f"{prefix}/{path}", key, folder / path)
        self._adopted.add(prefix)

    def take_back(self, found: Found) -> None:
        """Hold an earlier site: its files that stand, and the others from where they lie.

        Raises:
            NotWhole: one of these does not hold what it did.
            StoreError: the disk refuses; the public folder is untouched.
        """
        self._check_going()
        wanted = found.manifest.files
        for path, place in found.places.items():
            with self._disk(said("write {path}", path=path)):
                self._tree.link(path, wanted[path], place)
                found.verify(path, self.root / path)
        # It had room once, so it has now; what stands may have come to other keys since.
        self._files, self._new, self._adopted = dict(wanted), {*found.places}, {*found.manifest.adopted}

    def settle(self) -> Path:
        """Make ``root`` hold all that was kept and added so far, for whoever reads it by its path; return it.

        What a former generation left lies there too: most of it comes again, and
        5,000 files removed and linked again took half a second.
        """
        self._check_going()
        with self._disk(said("prepare the next generation")):
            self._tree.hold(self._files, self._public)
        return self.root

    def publish(self, *, flushed: bool = True) -> Published:
        """Put this generation in the place of what stands; do nothing when that is the same.

        With *flushed* it also survives a power cut; a preview need not.

        Raises:
            StoreError: the disk refuses; the public folder is untouched.
        """
        self._check_going()
        if not self._files:
            raise ValueError("nothing to publish")
        written = tuple(sorted(self._new))
        removed = tuple(sorted(path for path in self._manifest.files if path not in self._files))
        if not written and not removed and len(self._standing) == len(self._manifest.files):
            self._note_keys()
            return Published(False, (), (), len(self._files))
        with self._disk(said("prepare the next generation")):
            self._tree.become(self._files, self._public)
            if flushed:
                flush(self.root, self._new, self._tree.touched)
            self._shelf.put(self.root, self._list())
        with self._disk(said("swap the generations")):
            swap.swap(self.root, self._public, self._shelf.aside)
        self._is_listed = self._is_over = True
        unkept = self._keep(self._manifest, (*written, *removed)) if self._keep else ""
        self._tidy(flushed)
        return Published(True, written, removed, len(self._files) - len(written), unkept)

    def mirror(self) -> None:
        """Become the spare of what stands, so that the next publication costs what changed.

        Nothing is published, and this generation is over.
        """
        self._check_going()
        if self._files or len(self._standing) != len(self._manifest.files):
            raise ValueError("only what stands complete can be mirrored")
        self._files, self._adopted = dict(self._standing), set(self._manifest.adopted)
        with self._disk(said("prepare the next generation")):
            self._rest()

    def _check_going(self) -> None:
        if self._is_over:
            raise ValueError("this generation is over")

    @contextmanager
    def _disk(self, what: Said) -> Iterator[None]:
        """After a failure half a file may lie in ``root``, so nothing more can come of it."""
        try:
            with told(self._public, what):
                yield
        except BaseException:
            self._is_over = True
            raise

    def _claim(self, path: str) -> None:
        if path in self._files:
            raise ValueError(f"two files for one place: {path!r}")
        if self._adopted and any(path.startswith(f"{prefix}/") for prefix in self._adopted):
            raise ValueError(f"{path!r} lies in a folder that another program made as a whole")
        self._claims.take(path, self._files)

    def _same_standing(self, path: str, key: str, size: int, digest: str) -> Kept | None:
        """Return the standing file under *key* if it holds these bytes, read and not believed."""
        kept = self._standing.get(path)
        if kept is None or (kept.size, kept.digest) != (size, digest) or measure(self._public / path) != (size, digest):
            return None
        return kept._replace(key=key)

    def _note_keys(self) -> None:
        """Other keys, same bytes: the lists learn them, the public folder is left alone."""
        if self._files != self._manifest.files or self._adopted != self._manifest.adopted:
            with self._disk(said("note what decided the files")):
                self._shelf.put(self._public, Manifest(self._files, self._manifest.folders, frozenset(self._adopted)))
        if self._tree.touched:
            with self._disk(said("prepare the next generation")):
                self._rest()
        self._is_over = True

    def _rest(self) -> None:
        """Stay a spare, with a list again."""
        self._tree.become(self._files, self._public)
        if not self._is_listed:
            self._shelf.put(self.root, self._list())
        self._is_listed = self._is_over = True

    def _list(self) -> Manifest:
        return Manifest(self._files, self._tree.folders(), frozenset(self._adopted))

    def _before_change(self) -> None:
        """A killed build must leave a spare without a list, which nobody trusts."""
        if self._is_listed:
            self._shelf.drop(self.root)
            self._is_listed = False

    def _tidy(self, flushed: bool) -> None:
        # The new generation stands; what fails from here on, the next build tidies.
        with suppress(OSError):
            if flushed:
                flush_folder(self._public.parent)
                flush_folder(self._shelf.folder)
            if self._shelf.manifest(self._shelf.spare) is None:
                self._shelf.discard_spare()
            self._shelf.sweep(self._public, self._shelf.spare)
