"""Members whose names occur nowhere else, and a search for them in every form that a name takes in a file.

What is looked through is unfolded first (compressed files, every object that
Git keeps, also those that no commit leads to) and then read in several ways, so
that a name is found behind quoted-printable, percent signs, HTML, JSON and
backslashes; base64, hexadecimal, UTF-16 and plain digests are looked for as such.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import html
import io
import quopri
import re
import subprocess
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from urllib.parse import unquote_to_bytes

#: Addresses as lists hold them: upper case, a plus, an apostrophe, a domain with accents; the last two are refused by a server, or returned.
MEMBERS = {
    "Quetzal.Ambre+lettre@okapi-zibeline.example": "fr",
    "yttrium-falaise@xylophone-brume.example": "fr",
    "o'zephyr_ocarina@wapiti-quinconce.example": "en",
    "kumquat.nadir@jaseur-boréal-myrte.example": "fr",
    "refuse-xanthie@vortex-gypaete.example": "fr",
    "returned-zircon@bounce-ibijau.example": "fr",
}

#: Names that a letter of the hub could hold by chance are none.
_SHORTEST = 9


def words() -> tuple[str, ...]:
    """Return what gives a member away: both halves of each address, and a domain with accents as mail writes it too."""
    found = []
    for address in MEMBERS:
        local, _, domain = address.lower().partition("@")
        found += [local, domain.removesuffix(".example"), domain.encode("idna").decode().removesuffix(".example")]
    assert all(len(one) >= _SHORTEST for one in found)
    return tuple(dict.fromkeys(found))


@cache
def _needles() -> tuple[tuple[bytes, ...], tuple[bytes, ...]]:
    """Return what is looked for in lower case, and what in its own."""
    lowered: set[bytes] = set()
    exact: set[bytes] = set()
    for word in words():
        raw = word.encode()
        lowered |= {raw, raw.hex().encode(), word.encode("utf-16-le"), word.encode("utf-16-be"), word.encode("latin-1", "ignore")}
        for written in {word, word.upper(), word.capitalize()}:
            exact |= set(_base64(written.encode()))
    for address in MEMBERS:
        for written in {address, address.lower()}:
            exact |= set(_base64(written.encode()))
            for make in (hashlib.md5, hashlib.sha1, hashlib.sha256):
                # A digest without a key is a name: whoever has the address finds it.
                digest = make(written.encode(), usedforsecurity=False).digest()
                lowered.add(digest[:8].hex().encode())
                exact.add(digest[:8])
    # One after the other: a regular expression of them all takes eight times as long.
    return tuple(sorted(lowered)), tuple(sorted(exact))


def _base64(raw: bytes) -> Iterator[bytes]:
    """Yield the part that stays the same, whatever stands before and behind, for both alphabets."""
    for shift in range(3):
        whole = base64.b64encode(bytes(shift) + raw)
        # The first signs hold bits of what stands before, the last ones of what stands behind.
        first = (0, 2, 3)[shift]
        core = whole[first : len(whole) - (0, 3, 2)[(shift + len(raw)) % 3]].rstrip(b"=")
        yield core
        yield core.translate(bytes.maketrans(b"+/", b"-_"))


def found_in(content: bytes) -> set[str]:
    """Return the words (or the start of what gave them away) that these bytes hold in any form."""
    lowered, exact = _needles()
    hits: set[str] = set()
    for view in _views(content):
        low = view.lower()
        hits |= {one.decode("ascii", "backslashreplace") for one in lowered if one in low}
        hits |= {one.decode("ascii", "backslashreplace") for one in exact if one in view}
    return hits


def _views(content: bytes) -> Iterator[bytes]:
    """Yield the bytes, and what they are once this or that way of writing is undone."""
    yield content
    if b"\n" in content:
        yield re.sub(rb"\s+", b"", content)
    if b"=" in content:
        yield quopri.decodestring(content)
        # A name that a soft break cuts, in text that is not quoted-printable elsewhere.
        yield re.sub(rb"=\r?\n", b"", content)
    if b"%" in content:
        yield unquote_to_bytes(content)
    if b"&" in content:
        yield html.unescape(content.decode("utf-8", "replace")).encode("utf-8", "replace")
    if b"\\" in content:
        yield re.sub(rb"\\(?:u00|x)([0-9a-fA-F]{2})", lambda one: bytes.fromhex(one[1].decode()), content)
    if b"=?" in content:
        yield re.sub(rb"_", b" ", quopri.decodestring(content))


def unfolded(name: str, content: bytes, depth: int = 2) -> Iterator[tuple[str, bytes]]:
    """Yield the bytes, and what is packed in them."""
    yield name, content
    if not depth:
        return
    if content[:2] == b"\x1f\x8b":
        with suppress(OSError, EOFError, zlib.error):
            yield from unfolded(f"{name} (gzip)", gzip.decompress(content), depth - 1)
    elif content[:2] in {b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda"}:
        with suppress(zlib.error):
            yield from unfolded(f"{name} (zlib)", zlib.decompress(content), depth - 1)
    elif content[:4] == b"PK\x03\x04":
        with suppress(zipfile.BadZipFile, NotImplementedError), zipfile.ZipFile(io.BytesIO(content)) as packed:
            for one in packed.namelist():
                yield from unfolded(f"{name} ({one})", packed.read(one), depth - 1)


def files_below(folder: Path, leave_out: Iterable[Path] = ()) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the bytes of every file, hidden ones too; a name can give somebody away as well, so it counts as content."""
    left_out = tuple(leave_out)
    for file in sorted(folder.rglob("*")):
        if any(file == one or file.is_relative_to(one) for one in left_out):
            continue
        relative = file.relative_to(folder).as_posix()
        yield f"{relative} (its name)", relative.encode("utf-8", "surrogateescape")
        if file.is_file():
            yield relative, file.read_bytes()


def history(repository: Path) -> Iterator[tuple[str, bytes]]:
    """Yield every object that Git keeps, with its name; also what no branch leads to any more."""
    if not (repository / ".git").exists() and not (repository / "HEAD").exists():
        return
    command = ("git", "cat-file", "--batch-all-objects", "--batch", "--unordered", "--buffer")
    stream = io.BytesIO(subprocess.run(command, cwd=repository, capture_output=True, check=True).stdout)
    while head := stream.readline():
        name, kind, size = head.decode().split()
        yield f"{kind} {name[:12]}", stream.read(int(size))
        stream.read(1)


def traces(*places: Iterable[tuple[str, bytes]]) -> list[str]:
    """Return where a member can be found, and what shows it; nothing where all is well."""
    return sorted(
        f"{inner}: {hit}" for place in places for name, content in place for inner, raw in unfolded(name, content) for hit in found_in(raw)
    )
