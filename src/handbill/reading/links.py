"""Links between source files → addresses of the hub, once for pages, feeds and letters alike."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote, unquote

from handbill.errors import Said, said
from handbill.hub.likeness import Names, likeness
from handbill.reading.meant import Meant, looks_like_the_web
from handbill.reading.own import BESIDE, Own
from handbill.reading.within import near_anchor

#: How much alike the ends of two addresses must be.
_ALIKE = 0.6


#: What stands in no address as it is (RFC 3986, 2).
_UNSAFE = re.compile(r"[\x00-\x20\"'<>\\^`{|}\x7f]")


@dataclass(frozen=True, slots=True)
class Target:
    """What a source path leads to: its address, and the anchors that exist there (``None``: unknown)."""

    address: str
    anchors: frozenset[str] | None = None


#: Files that people link to and that a hub does not hold.
_UNPUBLISHED = frozenset({
    ".pdf", ".doc", ".docx", ".odt", ".rtf", ".xls", ".xlsx", ".ods", ".ppt", ".pptx", ".odp", ".zip", ".epub", ".txt", ".csv",
    ".mp3", ".ogg", ".mp4", ".mov", ".webm",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Broken:
    """Why a link leads nowhere: the two halves of a message."""

    found: Said
    wanted: Said
    code: str


class Links:
    """All that links of the content can lead to.

    ``texts`` and ``pictures`` map source paths to what they lead to, ``moved``
    old addresses to the present ones; ``titles`` and ``lists`` help to guess
    what a link that leads nowhere may have meant (see :class:`Meant`).
    """

    def __init__(
        self,
        texts: Mapping[str, Target],
        pictures: Mapping[str, Target],
        own: Own | None = None,
        moved: Mapping[str, str] | None = None,
        titles: Mapping[str, str] | None = None,
        lists: Mapping[str, str] | None = None,
    ) -> None:
        self._targets = {**texts, **pictures}
        self._by_address = {target.address: target for target in self._targets.values() if target.address.startswith("/")}
        self._shown = frozenset(target.address for target in pictures.values())
        self._own, self._moved = own, moved or {}
        self._meant = Meant(self._targets, pictures, titles or {}, lists or {})
        # The headings of texts to which somebody has led wrongly.
        self._names: dict[frozenset[str], Names] = {}

    def is_text(self, address: str) -> bool:
        """Say whether an address is that of an item."""
        return address in self._by_address and address not in self._shown

    def is_settled(self, address: str) -> bool:
        """Say whether an address is that of an item or picture, not of a page that is only known when all is planned."""
        return address.partition("#")[0] in self._by_address

    def resolve(self, written: str, source: str, is_picture: bool = False) -> str | Broken:
        """Return the hub address that a link in the file *source* leads to, or why it leads nowhere.

        A link is a path to a source file, relative to the file it stands in,
        or an address of the hub from its root, or that address written whole.
        """
        whole = self._own.path_of(written) if self._own and "://" in written else None
        if whole is not None:
            return self._from_whole(written, whole, source)
        path, _, anchor = written.partition("#")
        anchor = _UNSAFE.sub(lambda sign: quote(sign[0], safe=""), anchor)
        path = unquote(path.partition("?")[0])
        if path.startswith("/"):
            return self._from_root(path, anchor, source, is_picture)
        return self._from_file(written, path, anchor, source, is_picture)

    def from_preview(self, written: str, source: str) -> Broken | None:
        """Return what is wrong with a link to a preview of this hub; ``None`` if it is none."""
        path = self._own.preview_path_of(written) if self._own else None
        answer = self.resolve(path, source) if path is not None and path != "/" else None
        if answer is None or isinstance(answer, Broken):
            return None
        return Broken(said("a link to the preview on your own computer"), said("{path}, the same page for everybody", path=answer), "HB309")

    def _from_whole(self, written: str, path: str, source: str) -> str | Broken:
        answer = self.resolve(path, source)
        if isinstance(answer, Broken) and answer.code == "HB301":
            found = said("a link to {address}, an address of this hub that nothing answers", address=written[:100])
            return Broken(found, answer.wanted, "HB309")
        return answer

    def _from_root(self, path: str, anchor: str, source: str, is_picture: bool) -> str | Broken:
        for address in (path, path + "/", path.removesuffix("index.html")):
            if address in self._by_address:
                return self._at(self._by_address[address], anchor)
            if address in self._moved:
                return self._moved[address] + (f"#{anchor}" if anchor else "")
        folder, _, name = path.rpartition("/")
        common = path if name in BESIDE and f"{folder}/" in self._by_address else self._own.common(path) if self._own else ""
        if common:
            return common + (f"#{anchor}" if anchor else "")
        found = said("a picture {path}, which is no address of the hub", path=path[:100])
        if not is_picture:
            found = said("a link to {path}, which is no address of the hub", path=path[:100])
        near = self._near_address(path, source)
        return Broken(found, _perhaps(near) if near else said("an address of the hub, or a path to a file"), "HB301")

    def _near_address(self, path: str, source: str) -> str:
        if (file := path[1:]) in self._targets:
            # As a forge writes it: from the root of the repository.
            return _as_link(file, source)
        below = self._own.below_base(path) if self._own else None
        for address in (path.removesuffix(".html") + "/", below or ""):
            if address in self._by_address:
                return address
        near = self._addresses.near(path, without=self._targets[source].address if source in self._targets else "")
        # Addresses of one kind all begin alike; only one that ends alike as well was meant.
        return near if likeness(_last(near), _last(path)) >= _ALIKE else ""

    def _from_file(self, written: str, path: str, anchor: str, source: str, is_picture: bool) -> str | Broken:
        joined = posixpath.normpath(posixpath.join(posixpath.dirname(source), path))
        target = self._targets.get(joined)
        if target is not None:
            return self._at(target, anchor)
        if "@" in path and not is_picture:
            return Broken(said("a mail address without “mailto:” before it"), said("mailto: and the address"), "HB318")
        shown = unquote(written)[:100]
        if joined.startswith("../") or joined == "..":
            found = said("a link to {path}, which lies outside the repository", path=shown)
            if is_picture:
                found = said("a picture {path}, which lies outside the repository", path=shown)
            return Broken(found, self._wanted(joined, path, source, is_picture) or said("a path to a file of the content"), "HB302")
        return self._missing(joined, path, shown, source, is_picture)

    def _missing(self, joined: str, path: str, shown: str, source: str, is_picture: bool) -> Broken:
        if twin := self._meant.twin(joined):
            found = said("a link to {path}, whose file is named otherwise: on most servers it would not be found", path=shown)
            if is_picture:
                found = said("a picture {path}, whose file is named otherwise: on most servers it would not be found", path=shown)
            return Broken(found, said("{near}, written exactly so", near=_as_link(twin, source)), "HB301")
        if not is_picture and self._meant.is_folder(joined):
            place = self._meant.list_of(joined)
            wanted = said("{near}, the page that lists it, or a file in it", near=place) if place else said("a file in it")
            return Broken(said("a link to the folder {path}", path=shown), wanted, "HB301")
        found = said("a picture {path}, which does not exist", path=shown)
        if not is_picture:
            found = said("a link to {path}, which does not exist", path=shown)
        default = said("a path to a file of the content, from this file")
        ending = posixpath.splitext(joined)[1].lower()
        if ending in _UNPUBLISHED:
            found = said("a link to {path}, while no file that ends in {ending} is published", path=shown, ending=ending)
            default = said("a text of the hub, or the address of that file elsewhere, which begins with https://")
        if is_picture:
            default = said("a picture file of the hub, and its path from this file")
        return Broken(found, self._wanted(joined, path, source, is_picture) or default, "HB301")

    def _wanted(self, joined: str, path: str, source: str, is_picture: bool) -> Said | None:
        """Return what a path to a file that does not exist may have meant."""
        if looks_like_the_web(path):
            return _perhaps(f"https://{path}")
        turned = path.replace("\\", "/")
        from_here = posixpath.normpath(posixpath.join(posixpath.dirname(source), turned))
        for exact in (from_here, posixpath.normpath(turned)):
            if exact in self._targets:
                return _perhaps(_as_link(exact, source))
        near = self._meant.file(joined if turned == path else from_here, source, is_picture)
        return _perhaps(_as_link(near, source)) if near else None

    def _at(self, target: Target, anchor: str) -> str | Broken:
        if anchor and target.anchors is not None and unquote(anchor) not in target.anchors:
            name = unquote(anchor)
            names = self._names.get(target.anchors)
            if names is None:
                names = self._names[target.anchors] = Names(sorted(target.anchors))
            return Broken(
                said("a link to “#{anchor}”, which is no heading there", anchor=name[:80]),
                near_anchor(name, target.anchors, names),
                "HB303",
            )
        return target.address + (f"#{anchor}" if anchor else "")

    @cached_property
    def _addresses(self) -> Names:
        return Names(sorted(self._by_address))


def _last(address: str) -> str:
    return address.rstrip("/").rpartition("/")[2]


def _as_link(path: str, source: str) -> str:
    """Return the path of a file as a link in the file *source* writes it."""
    return posixpath.relpath(path, posixpath.dirname(source)).replace(" ", "%20")


def _perhaps(near: str) -> Said:
    return said("{near}, perhaps", near=near)
