"""A built site as a stranger finds it: every path that was planned and no other, every link within it, every feed and calendar."""

from __future__ import annotations

import html
import json
import posixpath
import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from urllib.parse import unquote, urljoin, urlsplit

import icalendar
from lxml import etree

_TAG = re.compile(rb"<[a-zA-Z][^<>]*>")
_LED = re.compile(rb"""\s(?:href|src|action|srcset|poster|data)="([^"]*)\"""")
_PLACE = re.compile(rb"""\s(?:id|name)="([^"]*)\"""")
#: Where addresses stand in what programs read.
_ADDRESSES = re.compile(r"https?://[^\s\"'<>\\)\]]+")


def unlike_plan(planned: Collection[str], found: Collection[str]) -> Iterator[str]:
    """Yield each file that was planned and is missing, and each that is there and was not; a folder's files are its maker's."""
    folders = tuple(path for path in planned if path.endswith("/"))
    for path in sorted(planned):
        if path.endswith("/"):
            if not any(one.startswith(path) for one in found):
                yield f"missing: {path}"
        elif path not in found:
            yield f"missing: {path}"
    yield from (f"not planned: {path}" for path in sorted(set(found) - set(planned)) if not path.startswith(folders))


def dead_ends(files: dict[str, bytes], base: str) -> Iterator[str]:
    """Yield each link of a page that leads nowhere within the site, and each address of it in a feed, calendar or list that does."""
    places: dict[str, frozenset[str]] = {}
    root = urlsplit(base)
    for path, raw in files.items():
        if path.endswith(".html"):
            own = urljoin(base, path.removesuffix("index.html"))
            for written in _links_of(raw):
                if fault := _fault(urljoin(own, written), files, base, root.netloc, places):
                    yield f"{path}: {written}: {fault}"
        elif path.endswith((".xml", ".json", ".txt", ".ics", ".opml")) and not path.endswith(("mail.txt", "build.json")):
            text = re.sub(r"\r\n[ \t]", "", raw.decode("utf-8"))
            for address in dict.fromkeys(_ADDRESSES.findall(text)):
                address = html.unescape(address) if path.endswith((".xml", ".opml")) else address
                if fault := _fault(address.rstrip(".,;"), files, base, root.netloc, places):
                    yield f"{path}: {address}: {fault}"


def _links_of(raw: bytes) -> Iterator[str]:
    for tag in _TAG.findall(raw):
        for value in _LED.findall(tag):
            text = html.unescape(value.decode("utf-8"))
            if tag.split(maxsplit=1)[0] in (b"<img", b"<source") and b'srcset="' + value in tag:
                yield from (one.split()[0] for one in text.split(", ") if one.split())
            else:
                yield text


def _fault(address: str, files: dict[str, bytes], base: str, host: str, places: dict[str, frozenset[str]]) -> str:
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or parts.netloc != host:
        return ""
    if not (parts.path or "/").startswith(urlsplit(base).path):
        return "leads out of the hub, to its host"
    path = unquote(parts.path)[len(urlsplit(base).path) :]
    file = path + "index.html" if not path or path.endswith("/") else path
    if file not in files:
        return "no such page"
    if parts.fragment and file.endswith(".html"):
        if file not in places:
            places[file] = frozenset(html.unescape(one.decode("utf-8")) for tag in _TAG.findall(files[file]) for one in _PLACE.findall(tag))
        if unquote(parts.fragment) not in places[file]:
            return "no such place there"
    return ""


def unreadable(files: dict[str, bytes]) -> Iterator[str]:
    """Yield each file for programs that one of them cannot read."""
    for path, raw in files.items():
        try:
            if path.endswith((".xml", ".opml", ".svg")):
                etree.fromstring(raw)
            elif path.endswith((".json", ".webmanifest")):
                json.loads(raw)
            elif path.endswith(".ics"):
                _events(raw)
        except (ValueError, etree.XMLSyntaxError) as fault:
            yield f"{path}: {fault}"


@lru_cache(maxsize=512)
def _events(raw: bytes) -> int:
    """Return how many entries a calendar has."""
    if not raw.endswith(b"END:VCALENDAR\r\n"):
        raise ValueError("a calendar that does not end")
    return len(icalendar.Calendar.from_ical(raw).walk("VEVENT"))


def odd_names(files: Collection[str]) -> Iterator[str]:
    """Yield each path that some host or system would take for another one."""
    seen: dict[str, str] = {}
    for path in sorted(files):
        if not re.fullmatch(r"[A-Za-z0-9._@/-]+", path) or posixpath.normpath(path) != path or path.startswith("/"):
            yield f"odd: {path}"
        if (folded := path.lower()) in seen:
            yield f"alike: {path} and {seen[folded]}"
        seen[folded] = path
