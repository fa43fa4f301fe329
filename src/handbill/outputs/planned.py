"""The words that outputs and the pipeline share: what is planned, and what is made."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from functools import cached_property, partial
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

    @property
    def key(self) -> str:
        """Return the digest of everything that decides the bytes: equal key, equal bytes."""
        return self._finished[0]

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
    """A path under the output and its bytes, or the file (or folder) that holds them."""

    path: str
    content: bytes | Path


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

    def make(self, planned: Sequence[Planned], settings: Settings, scratch: Path, made: Path) -> Iterator[Artifact]:
        """Make what was planned from the files in the folder *made*."""


def digest(*parts: object) -> str:
    """Return one hexadecimal digest of plain values, records, dates, bytes and containers of them."""
    state = hashlib.blake2b(digest_size=20)
    for part in parts:
        if isinstance(part, bytes):
            state.update(b"b%d:" % len(part))
            state.update(part)
        else:
            text = json.dumps(part, default=_plain, ensure_ascii=False, separators=(",", ":"))
            raw = text.encode("utf-8", "surrogatepass")
            state.update(b"j%d:" % len(raw))
            state.update(raw)
    return state.hexdigest()


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return "bytes:" + hashlib.blake2b(value, digest_size=20).hexdigest()
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    raise TypeError(f"no digest for {type(value).__name__}")
