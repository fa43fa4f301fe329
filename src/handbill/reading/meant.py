"""A link that leads nowhere → what it probably meant; offered in a message, never taken."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property

from handbill.hub.address import slug_of
from handbill.hub.likeness import Names, fold, likeness

#: How much alike bare names must be.
_ALIKE = 0.6
_DATED = re.compile(r"^\d{4}-\d{2}-\d{2}-(?=.)")
_WEB = re.compile(
    r"(?:www\.[\w-]+\.|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:fr|org|com|net|eu|be|ch|ca|de|es|it|pt|uk|coop|bzh|example)(?=[/?]|$))",
    re.IGNORECASE,
)


class Meant:
    """All files that a link could have meant.

    *titles* are the titles of texts by their source; *lists* the addresses of
    the lists by the folder of their texts.
    """

    def __init__(self, sources: Iterable[str], pictures: Iterable[str], titles: Mapping[str, str], lists: Mapping[str, str]) -> None:
        self._sources, self._pictures, self._titles, self._lists = sources, frozenset(pictures), titles, lists

    def is_folder(self, path: str) -> bool:
        """Say whether files lie below that path."""
        return path in self._folders

    def list_of(self, folder: str) -> str:
        """Return the address of the page that lists the texts of a folder, "" if there is none."""
        while folder and folder not in self._lists:
            folder = posixpath.dirname(folder)
        return self._lists.get(folder, "")

    def twin(self, path: str) -> str:
        """Return the file whose name differs by case or by the form of its accents only, "" if there is none."""
        return self._folded.get(fold(path), "")

    def file(self, path: str, source: str, is_picture: bool) -> str:
        """Return the file that a path from the root, written in *source*, may have meant; "" where nothing is alike."""
        name = posixpath.basename(path)
        same = self._by_name.get(fold(name), []) or self._by_word.get(_word(name), [])
        fitting = [one for one in same if one != source and (not is_picture or one in self._pictures)]
        if fitting:
            return max(fitting, key=lambda one: (_shared(one, path), _shared(one, source), one))
        near = (self._picture_names if is_picture else self._names).near(path, without=source)
        # Folder and ending are alike all over a hub; only a name that is alike as well was meant.
        return near if likeness(_word(name), _word(posixpath.basename(near))) >= _ALIKE else ""

    @cached_property
    def _folders(self) -> frozenset[str]:
        found: set[str] = set()
        for one in self._sources:
            folder = posixpath.dirname(one)
            while folder and folder not in found:
                found.add(folder)
                folder = posixpath.dirname(folder)
        return frozenset(found)

    @cached_property
    def _folded(self) -> dict[str, str]:
        return {fold(one): one for one in sorted(self._sources, reverse=True)}

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for one in self._sources:
            found[fold(posixpath.basename(one))].append(one)
        return found

    @cached_property
    def _by_word(self) -> dict[str, list[str]]:
        """Return the files by their bare name and by their title, both as an address would have them."""
        found: dict[str, list[str]] = defaultdict(list)
        for one in self._sources:
            for word in {_word(posixpath.basename(one)), slug_of(self._titles.get(one, ""))} - {""}:
                found[word].append(one)
        return found

    @cached_property
    def _names(self) -> Names:
        return Names(sorted(self._sources))

    @cached_property
    def _picture_names(self) -> Names:
        return Names(sorted(self._pictures))


def looks_like_the_web(path: str) -> bool:
    """Say whether a path is an address of the web that lacks its beginning.

    >>> looks_like_the_web("www.exemple.fr"), looks_like_the_web("exemple.org/x"), looks_like_the_web("le-banc.md")
    (True, True, False)
    """
    return bool(_WEB.match(path))


def _word(name: str) -> str:
    return slug_of(_DATED.sub("", name.split(".")[0]))


def _shared(one: str, other: str) -> int:
    return len(posixpath.commonprefix([one.split("/"), other.split("/")]))
