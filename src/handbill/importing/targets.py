"""Where the links of a Pelican text lead, and how the same is written in a hub."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, unquote, urljoin

from handbill.importing.fields import Text
from handbill.importing.links import Place, rewrite
from handbill.importing.report import Note
from handbill.importing.sources import Refusal

_MACRO = re.compile(
    r"(?:\{(?P<braces>filename|static|attach|author|category|tag|index)\}|\|(?P<bars>filename|static|attach)\|)(?P<path>.*)", re.DOTALL
)
#: Where a link of the site's own can begin; most texts of a newsletter have none, and need no closer look.
_OWN = re.compile(r"""(?:\]\(|\]:|(?:href|src)\s*=)\s*["'<]?(?!\s|["'<]?(?:https?://|mailto:|\#))""", re.IGNORECASE)
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|#")


@dataclass(frozen=True, slots=True)
class Targets:
    """All that links can lead to.

    ``files`` maps paths of the source to paths in the hub, ``addresses`` old
    addresses to paths of the source; ``old_url`` ends in ``/`` or is empty.
    """

    files: Mapping[str, str]
    addresses: Mapping[str, str]
    old_url: str = ""

    def mend(self, text: Text, body: str) -> str:
        """Return the text with every link as a hub writes it; what was done is noted at *text*.

        Raises:
            Refusal: a link leads out of the source folder.
        """

        def decide(place: Place) -> str | None:
            line = text.headers.body_line + place.line - 1
            return self._decide(place, line, text)

        return rewrite(body, decide) if _OWN.search(body) else body

    def _decide(self, place: Place, line: int, text: Text) -> str | None:
        macro = _MACRO.fullmatch(place.target)
        if not macro and (not place.target or _ELSEWHERE.match(place.target)):
            return None
        sort = (macro["braces"] or macro["bars"]) if macro else ""
        written = macro["path"] if macro else place.target
        if sort in ("author", "category", "tag", "index"):
            return self._lost(place, "", line, text, is_home=sort == "index")
        path, mark = _cut(written)
        found = self._source(path, text.source, bool(macro), line)
        if found is None or found not in self.files:
            return self._lost(place, written, line, text)
        new = _quoted(posixpath.relpath(self.files[found], posixpath.dirname(text.target))) + mark
        if not macro and unquote(new) == _folded(place.target):
            return None
        text.changes.append(Note("link macros became paths" if macro else "a path follows its file", f"{place.target} → {new}", line))
        return new

    def _source(self, path: str, source: str, is_macro: bool, line: int) -> str | None:
        """Return the path of the source that a link means, ``None`` if it means none."""
        if not is_macro and (known := self.addresses.get(path.rstrip("/"))):
            return known
        folder = "" if path.startswith("/") else posixpath.dirname(source)
        joined = posixpath.normpath(posixpath.join(folder, path.lstrip("/") if path.startswith("/") else path))
        if joined == ".." or joined.startswith("../"):
            if is_macro:
                raise Refusal(f"a link out of the folder ({path[:100]})", line)
            return None
        if joined not in self.files and not is_macro:
            # Pages of the old site lay at its root, so such paths often mean it.
            from_root = posixpath.normpath(path)
            return from_root if from_root in self.files else joined
        return joined

    def _lost(self, place: Place, path: str, line: int, text: Text, is_home: bool = False) -> str:
        """Return what is written for a link whose target did not come along."""
        if self.old_url and (path or is_home):
            new = urljoin(self.old_url, quote(html.unescape(path), safe="/#?=&%~+,;:@!$()*'-._"))
            new = new.replace("(", "%28").replace(")", "%29")
            text.changes.append(Note("links to what did not come along lead to the old site", f"{place.target} → {new}", line))
            return new
        what = "pictures that" if place.is_picture else "links to what"
        text.changes.append(Note(f"{what} did not come along became their words", place.target, line))
        return ""

    def drop(self, text: Text, body: str, broken: Mapping[str, bool]) -> str:
        """Return the text without what the reader found broken: a target, or (if false) only the place in it.

        *broken* has the targets as the reader saw them.
        """
        wanted = {_folded(target): whole for target, whole in broken.items()}

        def decide(place: Place) -> str | None:
            whole = wanted.get(_folded(place.target))
            line = text.headers.body_line + place.line - 1
            if whole is None:
                return None
            if whole:
                return self._lost(place, "", line, text)
            if place.target.startswith(("mailto:", "tel:")):
                text.changes.append(Note("links to the mail or telephone of nobody became their words", "", line))
                return ""
            new = place.target.partition("#")[0]
            text.changes.append(Note("places within a text that it does not have were left out of links", place.target, line))
            return new

        return rewrite(body, decide)


def _cut(written: str) -> tuple[str, str]:
    """Return the path that a target names, as the disk writes it, and what follows it."""
    match = re.search(r"[?#]", written)
    path, mark = (written[: match.start()], written[match.start() :]) if match else (written, "")
    return unquote(html.unescape(path.strip())), mark[mark.index("#") :] if "#" in mark else ""


def _quoted(path: str) -> str:
    return quote(path, safe="/~!$&'*+,;=:@-._")


def _folded(target: str) -> str:
    return unquote(html.unescape(target))
