"""Which program this is: its own files, theme and explanations, and their digest, so that nothing made by another version is reused."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

from handbill.listing import below

PACKAGE = Path(__file__).resolve().parent


@cache
def engine_digest() -> str:
    """Return the digest of the program that runs: of its own modules, the lock of its libraries, and the libraries that are there."""
    return hashlib.blake2b(f"{_modules_digest()}\n{libraries()}".encode(), digest_size=16).hexdigest()


@cache
def modules_digest() -> str:
    """Return the digest of the program's own modules and of the lock of its libraries: the same on every machine."""
    return _modules_digest()


@cache
def libraries() -> str:
    """Return which Python runs, and each library with its release, by the names of folders alone.

    An installed program has no lock, and its libraries change without it.
    """
    return " ".join((*map(str, sys.version_info), *sorted({name for folder in sys.path for name in _releases(folder)})))


def _modules_digest() -> str:
    state = hashlib.blake2b(digest_size=16)
    for file in sorted(one for one in below(PACKAGE) if one.suffix == ".py"):
        state.update(file.relative_to(PACKAGE).as_posix().encode() + b"\0" + file.read_bytes())
    if engine_lock().is_file():
        state.update(engine_lock().read_bytes())
    return state.hexdigest()


def _releases(folder: str) -> Iterator[str]:
    # The empty name is the folder in which somebody stands, and a name may be of a packed library.
    with suppress(OSError):
        yield from (name for name in os.listdir(folder or ".") if name.endswith((".dist-info", ".egg-info")))  # noqa: PTH208 - no Path for each


def engine_lock() -> Path:
    """Return where the lock of the program's libraries lies in its repository; an installed program has none."""
    return PACKAGE.parent.parent / "requirements.lock"


@cache
def engine_theme() -> Path:
    """Return the folder of the theme that comes with the program."""
    inside = PACKAGE / "theme"
    return inside if inside.is_dir() else PACKAGE.parent.parent / "theme"


@cache
def engine_explanations() -> Path:
    """Return the folder of the pages that explain problem codes; in the repository they are a part of the handbook."""
    inside = PACKAGE / "explanations"
    return inside if inside.is_dir() else PACKAGE.parent.parent / "handbook" / "reference" / "problems"
