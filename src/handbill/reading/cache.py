"""What was read before, kept by the digest of what decided it; losing it costs time, nothing else.

A file of blocks, each with a table of its own values: one edited text adds one
block at the end.  Written anew as a whole, a hub of 5,000 texts took a tenth of
a second for each edit.
"""

from __future__ import annotations

import hashlib
import os
import pickle
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from struct import Struct
from typing import Any

from handbill.key import signature
from handbill.owned import is_own
from handbill.whole import put_whole

_MAGIC = b"handbill-cache-3\n"
#: Before each block: the lengths of its table and of its values, and the digest of the terms and the table.
_HEAD = Struct(">QQ32s")

#: Such a part of the file may be values that nobody asks for any more, before it is written anew.
_STALE = 4

#: A larger file is none of ours: of 100,000 texts it holds less than a gigabyte.
_MOST = 4 << 30

#: So many blocks are read one after the other in no time that anybody notices.
_MOST_BLOCKS = 500

#: So many bytes of new values are held at most while the file has none yet: thousands
#: of drafts, held to the end, left holes in the memory of the process.
_MOST_HELD = 4 << 20

#: A value as a pickle, and its digest.
_Packed = tuple[bytes | memoryview, bytes]


class Cache:
    """A file of values by key.  Values not asked for since it was opened are dropped on saving once they are many.

    A file that is missing, of another version, of another owner or kept by git
    is an empty cache, and a value that is damaged is none: bytes are unpickled
    only after their digest was found right, and only from a file that this
    user's program wrote (:mod:`handbill.owned`).
    """

    def __init__(self, file: Path, terms: str) -> None:
        self._file = file
        self._terms = terms.encode()
        self._stored: _Stored | None = None
        self._asked: set[str] = set()
        # Each value is packed by itself: one edited file means one value packed anew.
        self._new: dict[str, _Packed] = {}
        self._held = 0
        # What was written before anybody asked to save.
        self._ahead: set[str] = set()

    def get(self, key: str) -> Any:
        """Return the value kept under *key*, or ``None``."""
        if key in self._ahead:
            self._look_again()
        packed = self._new[key][0] if key in self._new else self._in_file().value(key)
        if packed is None:
            return None
        try:
            value = pickle.loads(packed)  # noqa: S301 - its digest was right, and the file is the user's own
        except Exception:
            # Sound bytes of another version of a library may name classes that are gone.
            return None
        self._asked.add(key)
        return value

    def hold(self, keys: Iterable[str]) -> None:
        """Keep what is there under these keys, without looking at it."""
        self._asked.update(keys)

    def put(self, key: str, value: Any) -> None:
        """Keep a value under *key*."""
        self.keep(key, pickle.dumps(value, protocol=5))

    def keep(self, key: str, packed: bytes) -> None:
        """Keep a value under *key* that is a pickle already."""
        self._new[key] = packed, hashlib.sha256(packed).digest()
        self._held += len(packed)
        if self._held > _MOST_HELD and not self._in_file().values:
            self._write_ahead()

    def save(self) -> None:
        """Write the values still in use; nothing is written when nothing changed."""
        if self._ahead:
            self._write_ahead()
            self._look_again()
            if not self._new:
                return
        stored = self._in_file()
        live = {key: one for key, one in stored.values.items() if key in self._asked and key not in self._new}
        stale = stored.size - sum(len(value) for value, _ in live.values())
        is_stale = stale * _STALE > stored.size or not live
        if not self._new and (not is_stale or not stored.values):
            return
        try:
            if is_stale or not stored.can_grow(self._file):
                self._file.parent.mkdir(parents=True, exist_ok=True)
                put_whole(self._file, [_MAGIC, *_block(self._terms, live | self._new)])
            else:
                self._append()
        except OSError:
            # A full disk must not fail a build that is otherwise done.
            return
        self._asked |= self._new.keys()
        # Read again if anybody asks: a large build has better use for the memory.
        self._new, self._stored, self._held = {}, None, 0

    def _append(self) -> None:
        with self._file.open("ab") as opened:
            # In one go, so that two who add at the same time do not mix.
            opened.write(b"".join(_block(self._terms, self._new)))

    def _write_ahead(self) -> None:
        """Write new values into a file that has no others; where that cannot be done, they wait."""
        self._held = 0
        if not self._new:
            return
        stored = self._in_file()
        # A full disk must not fail a build, and somebody else may have written the file meanwhile.
        with suppress(OSError):
            if not self._ahead:
                self._file.parent.mkdir(parents=True, exist_ok=True)
                put_whole(self._file, [_MAGIC, *_block(self._terms, self._new)])
            elif stored.can_grow(self._file):
                self._append()
            else:
                return
            stored.state, stored.blocks = _state(self._file.stat()), stored.blocks + 1
            self._ahead |= self._new.keys()
            self._asked |= self._new.keys()
            self._new = {}

    def _look_again(self) -> None:
        """Ask the file from now on for what was written ahead."""
        self._stored = None
        self._ahead.clear()

    def _in_file(self) -> _Stored:
        if self._stored is None:
            self._stored = _load(self._file, self._terms)
        return self._stored


@dataclass(slots=True)
class _Stored:
    """What a file holds: its values, not yet looked at, and the sum of their lengths, those included that were replaced.

    ``state`` is that of the file as it was read, ``None`` if it does not end
    with a whole block, so that nothing can be added.
    """

    values: dict[str, _Packed] = field(default_factory=dict)
    size: int = 0
    blocks: int = 0
    state: tuple[int, int] | None = None

    def value(self, key: str) -> bytes | memoryview | None:
        """Return the bytes of a value, unless they are damaged."""
        packed, digest = self.values.get(key, (None, b""))
        return packed if packed is not None and hashlib.sha256(packed).digest() == digest else None

    def can_grow(self, file: Path) -> bool:
        """Say whether the file is still the one that was read, so that a block may be added at its end."""
        return self.blocks < _MOST_BLOCKS and self.state is not None and self.state == _state(file.stat())


def _state(found: os.stat_result) -> tuple[int, int]:
    return found.st_ino, found.st_size


def _block(terms: bytes, values: Mapping[str, _Packed]) -> Iterator[bytes | memoryview]:
    """Yield the bytes of a block: its head, its table and its values."""
    table = pickle.dumps([(key, len(value), digest) for key, (value, digest) in values.items()], protocol=5)
    yield _HEAD.pack(len(table), sum(len(value) for value, _ in values.values()), _signed(terms, table))
    yield table
    yield from (value for value, _ in values.values())


def _signed(terms: bytes, table: bytes | memoryview, *, may_make: bool = True) -> bytes:
    # The digests of all values are in the table: whoever cannot sign it can change none of them.
    return signature(terms, b"\0", table, may_make=may_make)


def _load(file: Path, terms: bytes) -> _Stored:
    stored = _Stored()
    try:
        if not is_own(file):
            return stored
        with file.open("rb") as opened:
            found = os.fstat(opened.fileno())
            if found.st_size > _MOST:
                return stored
            raw = memoryview(opened.read())
    except OSError:
        return stored
    if raw[: len(_MAGIC)] != _MAGIC:
        return stored
    at = len(_MAGIC)
    while at + _HEAD.size <= len(raw):
        length, size, digest = _HEAD.unpack_from(raw, at)
        at += _HEAD.size
        table = raw[at : at + length]
        if at + length + size > len(raw) or _signed(terms, table, may_make=False) != digest:
            return stored
        at += length
        # The digest of the table was right, and the file is our own.
        for key, own, signed in pickle.loads(table):  # noqa: S301
            stored.values[key] = raw[at : at + own], signed
            at += own
        stored.size += size
        stored.blocks += 1
    if at == len(raw) == found.st_size:
        stored.state = _state(found)
    return stored
