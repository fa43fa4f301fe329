"""The HTML of a letter as it was mailed → what in it a browser would run, ask or send.

A frozen letter is published byte for byte, beside its page: whoever brings one
into the archive could bring a program.  What this program mailed holds none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbill.errors import Said, said
from handbill.outputs.strict_tags import runs, tags

#: What only some mail programs read, as a browser passes over it; and a style sheet.
_PASSED = re.compile(r"<!--(?!-?>)(?:(?!--!>).)*?-->|<style(?: (?:type|media)=\"[^\"<>]*\")*>[^<]*</style>", re.DOTALL | re.IGNORECASE)

#: Elements that act, and those within which a browser reads otherwise.
_ACTIVE = frozenset({
    "script", "iframe", "frame", "frameset", "object", "embed", "applet", "portal", "fencedframe", "base", "form", "button", "select",
    "textarea", "link", "svg", "math", "template", "noscript", "noembed", "noframes", "xmp", "plaintext", "listing", "style", "title",
    "dialog", "slot", "canvas", "map", "area", "marquee", "image", "keygen", "isindex", "bgsound",
})  # fmt: skip
_ADDRESSES = frozenset({
    "href", "src", "srcset", "background", "poster", "cite", "data", "xlink:href", "longdesc", "lowsrc", "dynsrc", "usemap", "code",
})  # fmt: skip
_NEVER = frozenset({"srcdoc", "formaction", "action", "ping", "nonce", "manifest", "attributionsrc"})
_POLICY = frozenset({"content-type", "x-ua-compatible", "content-language"})


def acting(html: str) -> Iterator[Said]:
    """Yield what acts, in the order in which it stands there."""
    for tag in tags(html, _PASSED):
        if isinstance(tag, Said):
            yield tag
            continue
        if tag.name in _ACTIVE and not tag.is_end:
            yield said("the element <{tag}>", tag=tag.name)
        for key, value in tag.values:
            if key == "http-equiv" and value.strip().lower() not in _POLICY:
                yield said("a page that leads elsewhere by itself")
            elif key.startswith("on") or key in _NEVER:
                yield said("the attribute {name} of <{tag}>", name=key, tag=tag.name)
            elif key in _ADDRESSES and runs(value):
                yield said("an address that runs something ({address})", address=value[:60])
