"""Find what an address means in a folder of finished files, and nothing outside of it.

It knows paths and content types; it does not know HTTP.
"""

from __future__ import annotations

import os
import stat
import time
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO
from urllib.parse import quote, unquote_to_bytes

# Ours, and complete: what the system knows differs from machine to machine.
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".htm": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".webmanifest": "application/manifest+json",
    ".xml": "application/xml",
    ".rss.xml": "application/rss+xml; charset=utf-8",
    ".atom.xml": "application/atom+xml; charset=utf-8",
    ".opml": "text/x-opml; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    # Shown, not saved: an editor wants to read the letter's source.
    ".eml": "text/plain; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".md": "text/plain; charset=utf-8",
    ".vcf": "text/vcard; charset=utf-8",
    # Votes and answers of contests are to be read, not to be opened in another program.
    ".csv": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".ico": "image/x-icon",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".ttf": "font/ttf",
    ".otf": "font/otf",
    ".pdf": "application/pdf",
    ".zip": "application/zip",
    ".gz": "application/gzip",
    ".mp3": "audio/mpeg",
    ".ogg": "audio/ogg",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".wasm": "application/wasm",
}
_OTHER = "application/octet-stream"

# The separators and the drives of other systems, and what no path can hold.
_NEVER = frozenset("\\:\x00")

# Where a swap takes two renames there is an instant without the folder.
_PATIENCE_S = 0.5


@dataclass(frozen=True, slots=True)
class Found:
    """An open file, which the caller closes, with its size and its content type."""

    file: BinaryIO
    size: int
    content_type: str


@dataclass(frozen=True, slots=True)
class Moved:
    """The address that was meant."""

    address: str


class BadAddress(ValueError):
    """The address cannot be read as one."""


def content_type(name: str) -> str:
    """Return the content type of a file by its *name*."""
    suffixes = PurePosixPath(name.lower()).suffixes
    return _TYPES.get("".join(suffixes[-2:])) or _TYPES.get(suffixes[-1] if suffixes else "", _OTHER)


def find(folder: Path, base: str, address: str) -> Found | Moved | None:
    """Return the file that *address*, a path still quoted, means in *folder*; None if there is none.

    The site begins at *base*, which has a slash at both ends.  Nothing outside
    of *folder* is ever opened, whatever links lie in it.

    Raises:
        BadAddress: the address is not UTF-8 or does not begin with a slash.
    """
    path = _unquoted(address)
    if path == "/" != base or path + "/" == base:
        return Moved(base)
    if not path.startswith(base):
        return None
    parts = path[len(base) :].split("/")
    is_folder = parts[-1] == ""
    if is_folder:
        parts.pop()
    if any(part in ("", ".", "..") or not _NEVER.isdisjoint(part) for part in parts):
        return None
    root = _real(folder)
    place = Path(os.path.realpath(root.joinpath(*parts)))
    if not place.is_relative_to(root):
        return None
    if place.is_dir():
        if not is_folder:
            # From the parts, never from what was asked: "//elsewhere" is another site.
            return Moved(base + "".join(f"{quote(part)}/" for part in parts))
        place = Path(os.path.realpath(place / "index.html"))
        if not place.is_relative_to(root):
            return None
    elif is_folder:
        return None
    return opened(place)


def path_of(address: str, base: str) -> str:
    """Return the output path of the page at an address, unquoted; "" for what is none of the site."""
    if not address.startswith(base):
        return ""
    path = address.removeprefix(base)
    return f"{path}index.html" if path == "" or path.endswith("/") else path


def address_of(path: str, base: str) -> str:
    """Return the address, unquoted, of an output path."""
    folder, _, name = path.rpartition("/")
    return base + (f"{folder}/" if folder and name == "index.html" else "" if path == "index.html" else path)


def opened(place: Path) -> Found | None:
    """Return the plain file at *place*, open; None if there is none."""
    try:
        # A pipe would be waited on for ever if it were opened before it is looked at.
        if not stat.S_ISREG(place.lstat().st_mode):
            return None
        file = place.open("rb")
    except (FileNotFoundError, NotADirectoryError):
        return None
    return Found(file, os.fstat(file.fileno()).st_size, content_type(place.name))


def _unquoted(address: str) -> str:
    if not address.startswith("/"):
        raise BadAddress(address)
    try:
        return unquote_to_bytes(address).decode()
    except UnicodeDecodeError as trouble:
        raise BadAddress(address) from trouble


def _real(folder: Path) -> Path:
    until = time.monotonic() + _PATIENCE_S
    while not folder.exists() and time.monotonic() < until:
        time.sleep(0.005)
    return Path(os.path.realpath(folder))
