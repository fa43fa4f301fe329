"""Tell what in HTML could act: run, ask somebody, or change what the page around it means.

Two readings, neither of which is the program's own.  ``wild_tags`` reads a text
sign by sign: nothing may stand between ``<`` and ``>`` but what a list allows,
letter for letter, so that no two browsers can read it differently.
``active_nodes`` walks a whole page as a tree.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from html import unescape
from urllib.parse import urlsplit

from lxml import etree
from lxml.html import document_fromstring

_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)((?: [a-z]+(?:=\"[^\"<>]*\")?)*)>")
_ATTRIBUTE = re.compile(r" ([a-z]+)(?:=\"([^\"]*)\")?")

#: What takes an address, wherever it stands.
_ADDRESSES = frozenset({
    "href", "src", "action", "formaction", "data", "poster", "background", "cite", "ping", "srcset", "longdesc", "manifest", "icon",
    "xlink:href", "code", "codebase", "classid", "archive", "usemap", "lowsrc", "dynsrc", "profile", "attributionsrc",
})  # fmt: skip
#: Schemes that lead a reader elsewhere by a click, and run nothing.
_LEADING = frozenset({"", "http", "https", "mailto", "tel", "geo", "xmpp", "irc", "ircs", "matrix", "webcal"})
_FORBIDDEN = frozenset({
    "iframe", "frame", "frameset", "object", "embed", "applet", "portal", "fencedframe", "base", "style", "math", "marquee", "dialog",
    "video", "audio", "track", "foreignobject", "use", "animate", "set", "animatetransform", "image", "handler", "feimage", "plaintext",
    "xmp", "listing", "noembed", "noframes", "bgsound", "keygen", "isindex", "textarea", "slot", "canvas", "map", "area",
})  # fmt: skip
#: What loads by itself: it must be of the hub.
_LOADING = frozenset({"src", "srcset", "data", "poster", "background", "ping", "manifest", "xlink:href"})
_HEAD_LINKS = frozenset({"stylesheet", "icon", "preload", "modulepreload", "manifest"})


def wild_tags(body: str, elements: Iterable[str], attributes: Iterable[str]) -> list[str]:
    """Return everything between ``<`` and ``>`` in a text that is not one of the *elements* with some of the *attributes*."""
    known, named = frozenset(elements), frozenset(attributes)
    found: list[str] = []
    rest = _TAG.sub(lambda tag: "" if _is_known(tag, known, named, found) else tag[0], body)
    if "<" in rest or ">" in rest:
        found.append(re.sub(r"\s+", " ", rest[max(0, rest.find("<") - 20) :])[:120])
    return found


def _is_known(tag: re.Match[str], elements: frozenset[str], attributes: frozenset[str], found: list[str]) -> bool:
    for name, value in _ATTRIBUTE.findall(tag[3]):
        scheme = _scheme(unescape(value)) if name in ("href", "src") else ""
        if name not in attributes or scheme not in _LEADING:
            found.append(tag[0])
    return tag[2] in elements and not (tag[1] and tag[3])


def active_nodes(page: str, origin: str, base: str = "/", is_mail: bool = False) -> list[str]:
    """Return what could act in a page of the hub at *origin* below *base*, beside the scripts that its theme brings."""
    tree = document_fromstring(page.encode("utf-8"), parser=_parser())
    return [f"<{node.tag}> {told}" for node in tree.iter(etree.Element) for told in _told(node, origin, base, is_mail)]


def _parser() -> etree.HTMLParser:
    from lxml.html import HTMLParser

    return HTMLParser(encoding="utf-8", huge_tree=True)


def _told(node: etree._Element, origin: str, base: str, is_mail: bool) -> Iterator[str]:
    name = str(node.tag).lower()
    if name in _FORBIDDEN and not (is_mail and name == "style"):
        yield "stands here"
    if name == "script":
        yield from _script(node, base)
    if name == "meta" and (asked := (node.get("http-equiv") or "").lower()) not in (
        "",
        "content-security-policy",
        "x-ua-compatible",
        "content-type",
    ):
        content = node.get("content") or ""
        if asked != "refresh" or urlsplit(content.partition("url=")[2]).netloc not in ("", urlsplit(origin).netloc):
            yield f"{asked}: {content}"
    for key, value in node.items():
        small = key.lower()
        if small.startswith("on") or (small in ("style", "srcdoc", "nonce") and not (is_mail and small == "style")):
            yield f"{key}={value}"
        elif small in _ADDRESSES:
            is_loaded = small in _LOADING or (name == "link" and bool(set((node.get("rel") or "").split()) & _HEAD_LINKS)) or name == "form"
            for address in value.split(",") if small == "srcset" else (value,):
                if (wrong := _wrong(address.strip(" \t\n\r\f"), origin, is_loaded, is_mail)) and not (name == "form" and small == "data"):
                    yield f"{key}={wrong}"


def _script(node: etree._Element, base: str) -> Iterator[str]:
    kind, source, text = node.get("type") or "", node.get("src"), node.text or ""
    if kind == "application/ld+json":
        try:
            json.loads(text)
        except ValueError as error:
            yield f"is no JSON: {error}"
        if "<" in text:
            yield "holds <"
    elif source is None or text.strip() or not source.startswith(f"{base}theme/") or ".." in source:
        yield f"{source} {text[:60]}"


def _wrong(address: str, origin: str, is_loaded: bool, is_mail: bool) -> str:
    if _scheme(address) not in _LEADING:
        return address
    # An address without a host is the hub's own, and so is its whole address.
    host = urlsplit(re.sub(r"[\t\r\n\\]", lambda sign: "/" if sign[0] == "\\" else "", address).split(" ")[0]).netloc
    return address if is_loaded and host and host != urlsplit(origin).netloc else ""


def _scheme(address: str) -> str:
    """Return the scheme as a browser would find it, which passes over spaces and signs of control."""
    plain = re.sub(r"^[\x00-\x20]+|[\t\r\n]", "", address)
    found = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", plain)
    return found[1].lower() if found else ""
