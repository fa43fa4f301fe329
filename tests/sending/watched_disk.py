"""A disk that tells what SQLite does with it, fails when it is told to, and loses at a power cut what was not flushed.

It stands between SQLite and the system as a VFS of its own (sqlite.org/vfs.html),
which needs a Python that shares SQLite's library with others, as those of Linux
distributions do; :data:`MISSING` says where it does not.
"""

from __future__ import annotations

import _sqlite3
import ctypes
import os
import random
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

FULL, FLUSH_FAILED, WRITE_FAILED = 13, 1034, 778
_PARTS = 512

_P = ctypes.c_void_p
_I64 = ctypes.c_int64
# A name is more than its text for SQLite, so it has to pass as it is.
_OPEN = ctypes.CFUNCTYPE(ctypes.c_int, _P, _P, _P, ctypes.c_int, ctypes.POINTER(ctypes.c_int))
_DELETE = ctypes.CFUNCTYPE(ctypes.c_int, _P, ctypes.c_char_p, ctypes.c_int)
_WRITE = ctypes.CFUNCTYPE(ctypes.c_int, _P, _P, ctypes.c_int, _I64)
_TRUNCATE = ctypes.CFUNCTYPE(ctypes.c_int, _P, _I64)
_SYNC = ctypes.CFUNCTYPE(ctypes.c_int, _P, ctypes.c_int)


class _Vfs(ctypes.Structure):
    _fields_ = [
        ("version", ctypes.c_int), ("size", ctypes.c_int), ("longest", ctypes.c_int), ("next", _P), ("name", ctypes.c_char_p),
        ("own", _P), ("open", _OPEN), ("delete", _DELETE), ("rest", _P * 16),
    ]  # fmt: skip


class _Methods(ctypes.Structure):
    _fields_ = [
        ("version", ctypes.c_int), ("close", _P), ("read", _P), ("write", _WRITE), ("truncate", _TRUNCATE), ("sync", _SYNC),
        ("rest", _P * 13),
    ]  # fmt: skip


def _library() -> ctypes.CDLL | None:
    """Return the library that Python's own module uses; another copy of it would watch nobody."""
    module = getattr(_sqlite3, "__file__", None)
    # The names of descriptors are asked of /proc.
    if module is None or sys.platform != "linux":
        return None
    try:
        # What a shared object needs is found through it.
        library = ctypes.CDLL(module)
        library.sqlite3_vfs_find.restype = ctypes.POINTER(_Vfs)
        library.sqlite3_vfs_register.argtypes = [_P, ctypes.c_int]
    except (OSError, AttributeError):
        return None
    return library


_LIBRARY = _library()
MISSING = "" if _LIBRARY is not None else "needs Linux, and a Python that shares SQLite's library with others"


@dataclass(frozen=True, eq=False)
class Event:
    """Something that happened on the disk; ``act`` is write, truncate, sync, delete, or a note of the test's own."""

    act: str
    path: str = ""
    #: Where it was written, how long the file is now, whether the folder is flushed after the deletion, or of whom a note is.
    place: int = 0
    content: bytes = b""


@dataclass
class Watched:
    """What happened so far.  ``fault`` is asked before each change, and returns SQLite's number for what goes wrong, or 0."""

    events: list[Event] = field(default_factory=list)
    fault: Callable[[Event], int] = lambda _: 0

    def note(self, what: str, who: int) -> None:
        self.events.append(Event(what, place=who))

    def asked(self, event: Event) -> int:
        if code := self.fault(event):
            return code
        self.events.append(event)
        return 0


@contextmanager
def watched_disk() -> Iterator[Watched]:
    """Let SQLite, and Python's own writing of tallies, go through a watched disk."""
    assert _LIBRARY is not None
    watched, known, paths = Watched(), {}, {}
    real = _LIBRARY.sqlite3_vfs_find(None)
    own = _Vfs.from_buffer_copy(real.contents)

    def methods_for(pointer: int) -> int:
        if pointer not in known:
            system = _Methods.from_address(pointer)
            ours = _Methods.from_buffer_copy(system)
            ours.write = _WRITE(
                lambda file, content, size, place: (
                    watched.asked(Event("write", paths[file], place, ctypes.string_at(content, size)))
                    or system.write(file, content, size, place)
                )
            )
            ours.truncate = _TRUNCATE(lambda file, size: watched.asked(Event("truncate", paths[file], size)) or system.truncate(file, size))
            ours.sync = _SYNC(lambda file, flags: watched.asked(Event("sync", paths[file])) or system.sync(file, flags))
            known[pointer] = ours
        return ctypes.addressof(known[pointer])

    def opened(_: int, name: int | None, file: int, flags: int, out: object) -> int:
        code: int = real.contents.open(ctypes.cast(real, _P), name, file, flags, out)
        slot = _P.from_address(file)
        if code == 0 and slot.value:
            paths[file] = os.fsdecode(ctypes.string_at(name)) if name else ""
            slot.value = methods_for(slot.value)
        return code

    def deleted(_: int, name: bytes, flush: int) -> int:
        return watched.asked(Event("delete", os.fsdecode(name), flush)) or real.contents.delete(ctypes.cast(real, _P), name, flush)

    own.name, own.open, own.delete = b"watched", _OPEN(opened), _DELETE(deleted)
    _LIBRARY.sqlite3_vfs_register(ctypes.addressof(own), 1)
    write, fsync = os.write, os.fsync
    os.write, os.fsync = _tallied(watched, write, fsync)
    try:
        yield watched
    finally:
        os.write, os.fsync = write, fsync
        _LIBRARY.sqlite3_vfs_register(ctypes.cast(real, _P), 1)
        _LIBRARY.sqlite3_vfs_unregister(ctypes.byref(own))


def _tallied(watched: Watched, write: Callable[[int, bytes], int], fsync: Callable[[int], None]) -> tuple[Callable, Callable]:
    def path(descriptor: int) -> str:
        found = Path(f"/proc/self/fd/{descriptor}").readlink()
        return str(found) if found.suffix == ".tally" or found.is_dir() else ""

    def ours(descriptor: int, content: bytes) -> int:
        if (name := path(descriptor)) and watched.asked(Event("write", name, os.fstat(descriptor).st_size, bytes(content))):
            raise OSError(28, os.strerror(28))
        return write(descriptor, content)

    def flushed(descriptor: int) -> None:
        if (name := path(descriptor)) and watched.asked(Event("sync", name)):
            raise OSError(5, os.strerror(5))
        fsync(descriptor)

    return ours, flushed


class Disk:
    """What is surely on the disk, and what a power cut may take."""

    def __init__(self) -> None:
        self.sure: dict[str, bytearray] = {}
        self.pending: dict[str, list[Event]] = {}

    def happen(self, event: Event) -> None:
        if event.act in ("write", "truncate", "delete"):
            self.pending.setdefault(event.path, []).append(event)
        # A name is gone for sure when its folder was flushed, not when its file was; SQLite may ask for both at once.
        is_gone = event.act == "delete" and event.place
        for path, events in list(self.pending.items()):
            deleted = [place for place, one in enumerate(events) if one.act == "delete"]
            if event.act == "sync" and path == event.path:
                now = [one for one in events if one.act != "delete"]
            elif deleted and ((event.act == "sync" and str(Path(path).parent) == event.path) or (is_gone and path == event.path)):
                now = events[: deleted[-1] + 1]
            else:
                continue
            for one in now:
                _apply(self.sure, one)
            self.pending[path] = [one for one in events if one not in now]

    def after_power_cut(self, chance: random.Random, old: Path, new: Path) -> None:
        """Write below *new* what is found of the files of *old*: any of what was not flushed may be there, in parts, in any order."""
        found = {path: bytearray(content) for path, content in self.sure.items()}
        keeps = chance.random()
        for events in self.pending.values():
            for one in events:
                if one.act != "write":
                    if chance.random() < keeps:
                        _apply(found, one)
                    continue
                for start in range(0, len(one.content), _PARTS):
                    if chance.random() < keeps:
                        _apply(found, Event("write", one.path, one.place + start, one.content[start : start + _PARTS]))
        for path, content in found.items():
            place = new / Path(path).relative_to(old)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
            place.chmod(0o600)


def _apply(files: dict[str, bytearray], event: Event) -> None:
    if event.act == "delete":
        files.pop(event.path, None)
        return
    content = files.setdefault(event.path, bytearray())
    if event.act == "truncate":
        del content[event.place :]
        return
    content.extend(bytes(max(0, event.place - len(content))))
    content[event.place : event.place + len(event.content)] = event.content
