"""The words that outputs and the pipeline share: what is planned, and what is made."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from functools import cached_property, partial
from operator import attrgetter
from pathlib import Path
from typing import Any, Protocol

from handbill.hub.hub import Hub
from handbill.settings import Settings


@dataclass(frozen=True, eq=False)
class Planned:
    """A path under the output that will exist, known before anything is made.

    A ``path`` that ends in ``/`` is a folder of which the maker owns all files.
    ``sources`` names the files that asked for it, for messages.  ``promise`` is
    the id of what answers the path's public address, recorded for ever in
    addresses.lock; "" for what nobody links to (decision 0006).  ``finish``
    gives key and work; it is called once, and only where something is made:
    to check paths costs no record (decision 0017).
    """

    path: str
    sources: tuple[str, ...]
    promise: str
    finish: Callable[[], tuple[str, Any]]

    @cached_property
    def _finished(self) -> tuple[str, Any]:
        return self.finish()

    @cached_property
    def key(self) -> str:
        """Return the digest of everything that decides the bytes: equal key, equal bytes."""
        return self._finished[0]

    def finished_elsewhere(self, key: str) -> None:
        """Take over the key that another process found when it finished this one."""
        self.__dict__["key"] = key

    def forget(self) -> None:
        """Let go of the work; whoever asks for it again has it made again."""
        self.__dict__.pop("_finished", None)

    @property
    def work(self) -> Any:
        """Return what the maker needs."""
        return self._finished[1]


def settled(path: str, key: str, sources: tuple[str, ...], work: Any = None, promise: str = "") -> Planned:
    """Return a path whose key and work are known already."""
    return Planned(path, sources, promise, partial(_given, key, work))


def _given(key: str, work: Any) -> tuple[str, Any]:
    return key, work


@dataclass(frozen=True, slots=True)
class Finished:
    """A page to render: its output path, its template and all that the template will see."""

    path: str
    template: str
    givens: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Artifact:
    """A path under the output and its bytes, or the file (or folder) that holds them.

    ``kept`` are the paths in a folder at which a file stands already that stays.
    ``measured`` is the size and the SHA-256 of a file, where whoever wrote it tells them.
    """

    path: str
    content: bytes | Path
    kept: tuple[str, ...] = ()
    measured: tuple[int, str] | None = None


@dataclass(frozen=True, slots=True)
class Before:
    """What a late output may find of earlier builds: its own notes, and what stands of the folders that it plans.

    ``notes`` is a file that may hold anything or be missing, ``None`` for a
    build that believes nothing; ``standing`` are SHA-256 by path under the output.
    """

    notes: Path | None = None
    standing: Mapping[str, str] = field(default_factory=dict)


NOTHING = Before()


class Output(Protocol):
    """One way in which the hub reaches members."""

    name: str

    def plan(self, hub: Hub, settings: Settings) -> Iterator[Planned]:
        """Yield every path that this output will make, without making any."""

    def make(self, planned: Sequence[Planned], settings: Settings, scratch: Path) -> Iterator[Artifact]:
        """Make what was planned; *scratch* is an empty folder of its own."""


class LateOutput(Protocol):
    """An output made from the other outputs' artifacts instead of from the hub."""

    name: str

    def plan(self, planned: Sequence[Planned], digests: Mapping[str, str], hub: Hub, settings: Settings) -> Iterator[Planned]:
        """Yield what will be made of the artifacts: what was planned, and path → digest of the bytes."""

    def make(
        self, planned: Sequence[Planned], settings: Settings, scratch: Path, made: Path, before: Before = NOTHING
    ) -> Iterator[Artifact]:
        """Make what was planned from the files in the folder *made*, whatever *before* holds."""


def digest(*parts: object) -> str:
    """Return one hexadecimal digest of plain values, records, dates, bytes and containers of them."""
    state = hashlib.blake2b(digest_size=20)
    for part in parts:
        if isinstance(part, bytes):
            state.update(b"b%d:" % len(part))
            state.update(part)
        else:
            raw = _written(part).encode("utf-8", "surrogatepass")
            state.update(b"j%d:" % len(raw))
            state.update(raw)
    return state.hexdigest()


def _plain(value: object) -> object:
    kind = type(value)
    way = _WAYS.get(kind)
    if way is None:
        way = _WAYS[kind] = _way(kind)
    return way(value)


def _way(kind: type) -> Callable[[Any], object]:
    """Return how a value of that type is made plain.  It is asked once a type: of 5,000 pages 200,000 records are made plain."""
    way = _way_of_values(kind)
    return partial(_once, way) if getattr(kind, "IS_SHARED", False) else way


def _way_of_values(kind: type) -> Callable[[Any], object]:
    if is_dataclass(kind):
        # The name of the type and its values in the order of their fields: names of fields add nothing.
        called, names = kind.__qualname__, [one.name for one in fields(kind)]
        values = attrgetter(*names) if names else _no_value
        return lambda value: (called, values(value))
    if issubclass(kind, date):
        return kind.isoformat
    if issubclass(kind, bytes):
        return lambda value: "bytes:" + hashlib.blake2b(value, digest_size=20).hexdigest()
    if issubclass(kind, (set, frozenset)):
        return sorted
    raise TypeError(f"no digest for {kind.__name__}")


def _once(way: Callable[[Any], object], value: object) -> str:
    """Return the digest of a record that stands in many others: it is written down once, and known again as the very same object."""
    known = _SHARED.get(id(value))
    if known is None:
        if len(_SHARED) >= _MOST_SHARED:
            _SHARED.clear()
        # The record is kept with it, so that its number in memory cannot become another's.
        known = _SHARED[id(value)] = (value, digest(way(value)))
    return known[1]


def _no_value(_: object) -> None:
    return None


_WAYS: dict[type, Callable[[Any], object]] = {}
_SHARED: dict[int, tuple[object, str]] = {}
_MOST_SHARED = 50_000

# Records are values and hold no circle; to look for one costs a fifth of the time.
_written = json.JSONEncoder(default=_plain, ensure_ascii=False, separators=(",", ":"), check_circular=False).encode
