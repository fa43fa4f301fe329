"""HTML → its tags, each read letter for letter: there is one way to read it, or it is told and none is guessed.

Programs that read HTML differ in what they make of a tag that is not written
as it should be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from handbill.errors import Said, said
from handbill.hub.allowed import SCHEMES

_VALUE = r"\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+"
_TAG = re.compile(rf"<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s+[^\s\"'<>/=]+(?:\s*=\s*(?:{_VALUE}))?)*)\s*/?>")
_ATTRIBUTE = re.compile(rf"\s+([^\s\"'<>/=]+)(?:\s*=\s*({_VALUE}))?")
#: What a browser takes for the begin of a tag, a note or an instruction; any other < is a sign of the text.
_BEGIN = re.compile(r"<[a-zA-Z/!?]")
_DOCTYPE = re.compile(r"\s*<!doctype html>", re.IGNORECASE)
_TITLE = re.compile(r"<title>[^<]*</title>")
_NOTHING = re.compile("(?!)")
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
#: What browsers pass over in an address.
_HIDDEN = re.compile(r"^[\x00-\x20]+|[\t\r\n]")


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag as every program reads it: the name in small letters, whether it ends its element, its attributes in their order."""

    name: str
    is_end: bool
    values: tuple[tuple[str, str], ...]


def tags(html: str, passed: re.Pattern[str] = _NOTHING) -> Iterator[Tag | Said]:
    """Yield each tag; one that programs may read in two ways is told instead.

    What is *passed* over where it begins, whole, is no tag to any of them.
    """
    begin = _DOCTYPE.match(html)
    at, is_titled = begin.end() if begin else 0, False
    while found := _BEGIN.search(html, at):
        start = found.start()
        # The title is the one place where signs are no tags, and it holds none.
        over = passed.match(html, start) or (not is_titled and _TITLE.match(html, start))
        if over:
            is_titled |= over.re is _TITLE
            at = over.end()
            continue
        tag = _TAG.match(html, start)
        if tag is None:
            yield said("a tag that is not whole ({tag})", tag=html[start : start + 60].split("\n")[0])
            at = found.end()
            continue
        at = tag.end()
        values = ((key.lower(), unescape(value[1:-1] if value[:1] in "\"'" else value)) for key, value in _ATTRIBUTE.findall(tag[3]))
        yield Tag(tag[2].lower(), bool(tag[1]), tuple(values))


def runs(address: str) -> bool:
    """Say whether an address begins otherwise than one that leads somewhere, however a browser is told so."""
    scheme = _SCHEME.match(_HIDDEN.sub("", address))
    return bool(scheme and scheme[1].lower() not in SCHEMES)


def leads_away(address: str) -> bool:
    """Say whether a browser would ask anybody but the hub: by a scheme, or by two slashes of either sort."""
    plain = _HIDDEN.sub("", address).replace("\\", "/")
    return plain.startswith("//") or bool(_SCHEME.match(plain))
