"""Small generations, looks at the public folder, and a disk that fails when told to."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NoReturn

import pytest

from handbill.publishing import swap
from handbill.publishing.store import Limits, Published, Store

#: As many earlier sites as a hub keeps.
TWENTY = Limits(20, 1 << 30)

#: Every call of the system by which the store changes something.
CHANGES = ("open", "write", "mkdir", "link", "unlink", "rmdir", "rename", "replace", "chmod", "utime", "fsync")


def publish(store: Store, files: Mapping[str, bytes], limits: Limits | None = None, **how: bool) -> Published:
    """Publish *files*, keeping those whose bytes stand already, as a build does with their keys, and what stood as an earlier site within *limits*."""
    standing = store.standing()
    with store.begin(limits) as generation:
        for path, content in files.items():
            key = f"key-{content[:12].hex()}-{len(content)}"
            if path in standing and standing[path].key == key:
                generation.keep(path)
            else:
                generation.add(path, key, content)
        return generation.publish(**how)


def look(folder: Path) -> dict[str, bytes]:
    """Return every file in *folder*, hidden ones too, by path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def refusing(number: int) -> Callable[..., NoReturn]:
    """Return a call of the system that answers with the error *number*, whatever it is asked."""

    def refuse(*_: object, **__: object) -> NoReturn:
        raise OSError(number, os.strerror(number))

    return refuse


class Disk:
    """The calls that change the disk, counted; at call number ``at`` something happens instead."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.calls = 0
        self.names: list[str] = []
        self.at = 0
        self.happens: Callable[[], None] = lambda: None
        for name in CHANGES:
            patch.setattr(os, name, self._counted(name, getattr(os, name)))
        patch.setattr(swap, "exchange", self._counted("exchange", swap.exchange))

    def fail(self, at: int, number: int) -> None:
        """Let call *at* from now on answer with the error *number*."""

        def happens() -> None:
            raise OSError(number, os.strerror(number))

        self.calls, self.at, self.happens = 0, at, happens

    def kill(self, at: int) -> None:
        """Let the process die at once just before call *at*."""
        self.calls, self.at, self.happens = 0, at, lambda: os.kill(os.getpid(), signal.SIGKILL)

    def mend(self) -> int:
        """Work again; return how many calls there were."""
        self.at = 0
        return self.calls

    def _counted(self, name: str, call: Callable[..., object]) -> Callable[..., object]:
        def counted(*given: object, **named: object) -> object:
            self.calls += 1
            self.names.append(name)
            if self.calls == self.at:
                self.happens()
            return call(*given, **named)

        return counted


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Disk]:
    """Return the disk under the store, ready to fail."""
    disk = Disk(monkeypatch)
    yield disk
    disk.mend()


@pytest.fixture
def public(tmp_path: Path) -> Path:
    """Return the path of a public folder that does not exist yet."""
    return tmp_path / "public"
