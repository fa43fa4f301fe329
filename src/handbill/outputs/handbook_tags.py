"""A built page of the handbook → what in it is not known.

Programs that read HTML differ in what they make of what stands within some
elements, too.  So a page may hold the elements and attributes that are named
here and nothing else, each written so that there is one way to read it.
"""

from __future__ import annotations

from collections.abc import Iterator

from handbill.errors import Said, said
from handbill.hub.allowed import BEYOND, ELEMENTS
from handbill.outputs.strict_tags import Tag, leads_away, runs, tags

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
        elif key in _LOADING.get(name, ()) and not (name == "link" and rels <= _QUIET_LINKS) and any(map(leads_away, _each(key, value))):
            yield said("a request to another site ({address})", address=value[:80])


def _each(key: str, value: str) -> list[str]:
    return value.split(",") if key == "srcset" else [value]
