"""Links between source files → addresses of the hub, once for pages, feeds and letters alike."""

from __future__ import annotations

import difflib
import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from handbill.errors import Said, said


@dataclass(frozen=True, slots=True)
class Target:
    """What a source path leads to: its address, and the anchors that exist there (``None``: unknown)."""

    address: str
    anchors: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Broken:
    """Why a link leads nowhere: the two halves of a message."""

    found: Said
    wanted: Said
    code: str


class Links:
    """All that links of the content can lead to.

    ``texts`` and ``pictures`` map source paths to what they lead to.
    """

    def __init__(self, texts: Mapping[str, Target], pictures: Mapping[str, Target]) -> None:
        self._targets = {**texts, **pictures}
        self._addresses = frozenset(target.address for target in self._targets.values())
        self._names = {False: sorted(self._targets), True: sorted(pictures)}

    def resolve(self, written: str, source: str, is_picture: bool = False) -> str | Broken:
        """Return the hub address that a link in the file *source* leads to, or why it leads nowhere.

        A link is a path to a source file, relative to the file it stands in,
        or an address of the hub from its root.
        """
        path, hash_, anchor = written.partition("#")
        path = unquote(path.partition("?")[0])
        if path.startswith("/"):
            for address in (path, path + "/"):
                if address in self._addresses:
                    return address + hash_ + anchor
            near = difflib.get_close_matches(path, self._addresses, n=1, cutoff=0.7)
            wanted = _perhaps(near[0]) if near else said("an address of the hub, or a path to a file")
            return Broken(_lost(path, is_picture, "nowhere"), wanted, "HB301")
        joined = posixpath.normpath(posixpath.join(posixpath.dirname(source), path))
        if joined.startswith("../") or joined == "..":
            return Broken(_lost(written, is_picture, "outside"), said("a path to a file of the content"), "HB302")
        target = self._targets.get(joined)
        if target is None:
            near = difflib.get_close_matches(joined, self._names[is_picture], n=1, cutoff=0.7)
            wanted = (
                _perhaps(posixpath.relpath(near[0], posixpath.dirname(source)))
                if near
                else said("a path to a file of the content, from this file")
            )
            return Broken(_lost(written, is_picture, "missing"), wanted, "HB301")
        if anchor and target.anchors is not None and unquote(anchor) not in target.anchors:
            near = difflib.get_close_matches(unquote(anchor), target.anchors, n=1)
            wanted = _perhaps(f"#{near[0]}") if near else said("a heading of that text")
            return Broken(said("a link to “#{anchor}”, which is no heading there", anchor=anchor[:80]), wanted, "HB303")
        return target.address + hash_ + anchor


def _perhaps(near: str) -> Said:
    return said("{near}, perhaps", near=near)


def _lost(path: str, is_picture: bool, why: str) -> Said:
    """Return what was found, for a path that leads *nowhere*, *outside*, or to a *missing* file."""
    path = path[:100]
    if is_picture:
        return {
            "nowhere": said("a picture {path}, which is no address of the hub", path=path),
            "outside": said("a picture {path}, which lies outside the repository", path=path),
            "missing": said("a picture {path}, which does not exist", path=path),
        }[why]
    return {
        "nowhere": said("a link to {path}, which is no address of the hub", path=path),
        "outside": said("a link to {path}, which lies outside the repository", path=path),
        "missing": said("a link to {path}, which does not exist", path=path),
    }[why]
