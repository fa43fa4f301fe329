"""A page and some words that are wrong on it → the source file and the lines on which they stand."""

from __future__ import annotations

import re
from bisect import bisect_right
from pathlib import Path
from urllib.parse import unquote, urlsplit

from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.hub.likeness import fold
from handbill.proposals.outcome import Spot
from handbill.settings import Settings

#: So many lines are named, and so many signs of each are shown.
MOST = 5
_SHOWN = 160

#: Fewer signs than that stand everywhere; they are looked for on the page that is named, and nowhere else.
_SURE = 12

#: A longer piece than this is cut: its beginning says where it stands.
_LONGEST = 400

#: What Markdown puts around words, and what the page shows in another form than the file.
_MARKS = re.compile(r"\]\([^()\n]{0,2000}\)|[*_`\[\]\\#>|]+|&[a-z]+;")
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009]+")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-", "—": "-", "…": "."})


def page_named(written: str, hub: Hub, settings: Settings) -> Item | None:
    """Return the item whose page is meant by its address, its title or its source file."""
    text = " ".join(written.split())[:500]
    try:
        path = unquote(urlsplit(text).path)
    except ValueError:
        return None
    base = urlsplit(settings.base_url).path.rstrip("/")
    path = path.removeprefix(base) if base and path.startswith(base + "/") else path
    items = sorted((*hub.items, *hub.hidden), key=lambda one: one.source)
    wanted = "/" + path.strip("/").removesuffix("index.html").strip("/") + "/"
    for one in items:
        if wanted == one.address or wanted in one.aliases or one.source == text:
            return one
    return next((one for one in items if fold(one.title) == fold(text)), None)


def located(page: Item | None, words: str, hub: Hub, root: Path) -> tuple[Spot, ...]:
    """Return where some words stand: on the page that is named, else anywhere in the hub."""
    wanted = _plain(words)[:_LONGEST].strip()
    if not wanted:
        return ()
    found = _in(page, wanted, root) if page else []
    if not found and len(wanted) >= _SURE:
        for item in sorted((*hub.items, *hub.hidden), key=lambda one: one.source):
            found += _in(item, wanted, root)
            if len(found) >= MOST:
                break
    return tuple(found[:MOST])


def _in(item: Item, wanted: str, root: Path) -> list[Spot]:
    try:
        text = (root / item.source).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    lines = text.split("\n")
    starts: list[int] = []
    parts: list[str] = []
    length = 0
    for line in lines:
        plain = _plain(line)
        starts.append(length)
        parts.append(plain)
        # A paragraph goes on over the end of its line with a space.
        length += len(plain) + 1
    whole = " ".join(parts)
    # A blank line is an empty part, and leaves two spaces that no words have.
    found: list[Spot] = []
    begin = whole.find(wanted)
    while begin >= 0 and len(found) < MOST:
        number = bisect_right(starts, begin) - 1
        found.append(Spot(item.source, number + 1, lines[number].strip()[:_SHOWN]))
        begin = whole.find(wanted, begin + len(wanted))
    return found


def _plain(text: str) -> str:
    """Return words as a page shows them, without what is a matter of print."""
    return _SPACES.sub(" ", _MARKS.sub("", text.translate(_QUOTES))).replace('" ', '"').replace(' "', '"').casefold().strip()
