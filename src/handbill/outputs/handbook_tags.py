"""A built page of the handbook → what in it is not known: each tag is looked at letter for letter, and none is guessed.

Programs that read HTML differ in what they make of a tag that is not written
as it should be, and of what stands within some elements.  So a page may hold
the elements and attributes that are named here and nothing else, each written
so that there is one way to read it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from handbill.errors import Said, said
from handbill.hub.allowed import BEYOND, ELEMENTS, SCHEMES

_VALUE = r"\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+"
_TAG = re.compile(rf"<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s+[^\s\"'<>/=]+(?:\s*=\s*(?:{_VALUE}))?)*)\s*/?>")
_ATTRIBUTE = re.compile(rf"\s+([^\s\"'<>/=]+)(?:\s*=\s*({_VALUE}))?")
#: What a browser takes for the begin of a tag, a note or an instruction; any other < is a sign of the text.
_BEGIN = re.compile(r"<[a-zA-Z/!?]")
_DOCTYPE = re.compile(r"\s*<!doctype html>", re.IGNORECASE)
_TITLE = re.compile(r"<title>[^<]*</title>")
_NOTHING = re.compile("(?!)")

#: Beside what any text of the hub may hold: the page around it, and what extensions of Markdown make.
_PAGE = frozenset({
    "html", "head", "meta", "link", "body", "main", "nav", "svg", "path", "circle", "label", "button", "picture", "source", "video",
    "audio", "track", "big", "tt",
})  # fmt: skip
_KNOWN = frozenset(ELEMENTS) | frozenset(BEYOND) | _PAGE
#: What runs is called so in a message; all else is only not known.
_NAMES = frozenset({
    "abbr", "align", "alt", "checked", "charset", "class", "colspan", "content", "controls", "cx", "cy", "d", "datetime", "decoding",
    "dir", "disabled", "fill", "focusable", "for", "height", "hidden", "href", "hreflang", "http-equiv", "id", "itemprop", "kind", "label",
    "lang", "loading", "loop", "media", "muted", "name", "open", "poster", "preload", "property", "r", "rel", "reversed", "role", "rowspan",
    "scope", "size", "sizes", "span", "src", "srclang", "srcset", "start", "summary", "tabindex", "title", "type", "value", "viewbox",
    "width", "xmlns",
})  # fmt: skip
_PREFIXES = ("aria-", "data-")
#: Elements that scripts find by their names: no text needs to give one a name.
_NAMED = frozenset({"input", "meta", "details"})
#: What loads by itself what an attribute names.
_LOADING = {
    "img": ("src", "srcset"), "source": ("src", "srcset"), "video": ("src", "poster"), "audio": ("src",), "track": ("src",),
    "input": ("src",), "link": ("href",),
}  # fmt: skip
_QUIET_LINKS = frozenset({"canonical", "prev", "next", "alternate"})
_POLICY = frozenset({"content-security-policy", "content-type", "x-ua-compatible"})
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
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


def unknown(page: str) -> Iterator[Said]:
    """Yield what a page may not hold, in the order in which it stands there."""
    in_head = True
    for tag in tags(page):
        if isinstance(tag, Tag):
            in_head &= tag.name != "body"
            yield from _of(tag, in_head)
        else:
            yield tag


def _of(tag: Tag, in_head: bool) -> Iterator[Said]:
    name = tag.name
    if name not in _KNOWN or (name == "meta" and not in_head and all(key != "http-equiv" for key, _ in tag.values)):
        if not tag.is_end:
            yield said("the element <{tag}>", tag=name)
        return
    rels = {one for key, value in tag.values if key == "rel" for one in value.lower().split()}
    for key, value in tag.values:
        if key == "http-equiv" and name == "meta" and value.strip().lower() not in _POLICY:
            yield said("a page that leads elsewhere by itself")
        elif (key not in _NAMES and not key.startswith(_PREFIXES)) or (key == "name" and name not in _NAMED):
            yield said("the attribute {name} of <{tag}>", name=key, tag=name)
        elif key == "href" and runs(value):
            yield said("an address that runs something ({address})", address=value[:60])
        elif key in _LOADING.get(name, ()) and not (name == "link" and rels <= _QUIET_LINKS) and any(map(_leads_away, _each(key, value))):
            yield said("a request to another site ({address})", address=value[:80])


def _each(key: str, value: str) -> list[str]:
    return value.split(",") if key == "srcset" else [value]


def _leads_away(address: str) -> bool:
    """Say whether a browser would ask anybody but the hub: by a scheme, or by two slashes of either sort."""
    plain = _HIDDEN.sub("", address).replace("\\", "/")
    return plain.startswith("//") or bool(_SCHEME.match(plain))
