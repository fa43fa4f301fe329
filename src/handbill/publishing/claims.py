"""Refuse output paths that are wrong, or that some disk would take for one another.

Paths were planned and checked before; a wrong one here is an error of ours,
and this is the last thing between a bad path and the disk.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence

# Control characters, the backslash and the drive letter of another system,
# lone surrogates (they have no bytes in UTF-8), and segments that lead elsewhere.
_WRONG = re.compile(r"[\x00-\x1f\x7f-\x9f\\\ud800-\udfff]|\A[A-Za-z]:|\A/|//|/\Z|\A\Z|(?:\A|/)\.\.?(?:/|\Z)")


def check_path(path: str) -> None:
    """Let pass a relative path with forward slashes that stays where it is put.

    Raises:
        ValueError: anything else, naming the path.
    """
    if _WRONG.search(path):
        raise ValueError(f"not a path that can be published: {path!r}")


def fold(path: str) -> str:
    """Return *path* as a disk that ignores case and Unicode composition sees it.

    Source: The Unicode Standard, definition D145 (canonical caseless matching).
    """
    if path.isascii():
        return path.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", path).casefold())


def fold_all(paths: Sequence[str]) -> list[str]:
    """Return :func:`fold` of each of many paths, in one go: none holds the line end between them, which no form of a letter crosses."""
    return fold("\n".join(paths)).split("\n") if paths else []


class Claims:
    """The paths taken so far, each at most once on any disk, as a file or as a folder.

    It may begin with *files* and *folders* that stood together already.
    """

    def __init__(self, files: Iterable[str] = (), folders: Iterable[str] = ()) -> None:
        self._seen: set[str] = {one for one in folders if one}
        self._files = _by_place([*files])
        self._folders = _by_place([*self._seen])

    def take(self, path: str) -> None:
        """Claim *path* for a file, and with it the folders above it.

        Raises:
            ValueError: the path is wrong, or its place is taken; names both.
        """
        check_path(path)
        place = fold(path)
        taken = self._files.get(place) or self._folders.get(place)
        if taken is not None:
            raise ValueError(f"two files for one place: {path!r} and {taken!r}")
        self._take_folder(path.rpartition("/")[0])
        self._files[place] = path

    def _take_folder(self, folder: str) -> None:
        if not folder or folder in self._seen:
            return
        self._take_folder(folder.rpartition("/")[0])
        place = fold(folder)
        taken = self._files.get(place) or self._folders.get(place)
        if taken is not None:
            raise ValueError(f"two names for one place: {folder!r} and {taken!r}")
        self._folders[place] = folder
        self._seen.add(folder)


class NextClaims:
    """The paths of a generation that follows one of *files* and *folders*.

    What stood together cannot be in each other's way, so only new paths are
    claimed: beside all that stood, and where one of that is in the way, which
    may go this time, beside what was taken so far.
    """

    def __init__(self, files: Collection[str], folders: Collection[str]) -> None:
        self._stood, self._folders = files, folders
        self._claims: Claims | None = None
        self._is_strict = False

    def take(self, path: str, so_far: Iterable[str]) -> None:
        """Claim *path* for a file; *so_far* are those of this generation.

        Raises:
            ValueError: the path is wrong, or its place is taken; names both.
        """
        if self._is_strict and self._claims:
            self._claims.take(path)
        elif path not in self._stood:
            check_path(path)
            self._claims = self._claims or Claims(self._stood, self._folders)
            try:
                self._claims.take(path)
            except ValueError:
                self._is_strict, self._claims = True, Claims()
                for earlier in (*so_far, path):
                    self._claims.take(earlier)


def _by_place(paths: Sequence[str]) -> dict[str, str]:
    return dict(zip(fold_all(paths), paths, strict=True))
