"""What was read before, kept by the digest of what decided it; losing it costs time, nothing else."""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
from pathlib import Path
from typing import Any

_MAGIC = b"handbill-cache-2\n"


class Cache:
    """A file of values by key.  Only values asked for since it was opened are kept on saving.

    A file that is missing, damaged, of another version or of another owner is
    an empty cache: the bytes are unpickled only after their digest was found
    right, and only if the file belongs to the user.
    """

    def __init__(self, file: Path, terms: str) -> None:
        self._file = file
        self._terms = terms
        # Each value is packed by itself: a hub with one edited file packs one value
        # anew, and even unpacking all of them takes less time than as one.
        self._old: dict[str, bytes] = _load(file, terms)
        self._kept: dict[str, bytes] = {}

    def get(self, key: str) -> Any:
        """Return the value kept under *key*, or ``None``."""
        packed = self._kept.get(key) or self._old.get(key)
        if packed is None:
            return None
        try:
            value = pickle.loads(packed)  # noqa: S301 - the digest of the whole file was right, and it is the user's own
        except Exception:
            # Sound bytes of another version of a library may name classes that are gone.
            return None
        self._kept[key] = packed
        return value

    def put(self, key: str, value: Any) -> None:
        """Keep a value under *key*."""
        self._kept[key] = pickle.dumps(value, protocol=5)

    def save(self) -> None:
        """Write the values still in use; nothing is written when nothing changed."""
        if self._kept == self._old:
            return
        payload = pickle.dumps((self._terms, self._kept), protocol=5)
        self._file.parent.mkdir(parents=True, exist_ok=True)
        scratch = self._file.with_name(f"{self._file.name}.{os.getpid()}")
        try:
            scratch.write_bytes(_MAGIC + hashlib.sha256(payload).digest() + payload)
            os.replace(scratch, self._file)
        except OSError:
            # A full disk must not fail a build that is otherwise done.
            with contextlib.suppress(OSError):
                scratch.unlink()


def _load(file: Path, terms: str) -> dict[str, bytes]:
    try:
        if hasattr(os, "getuid") and file.stat().st_uid != os.getuid():
            return {}
        raw = file.read_bytes()
    except OSError:
        return {}
    start = len(_MAGIC) + 32
    payload = raw[start:]
    if not raw.startswith(_MAGIC) or hashlib.sha256(payload).digest() != raw[len(_MAGIC) : start]:
        return {}
    try:
        kept_terms, values = pickle.loads(payload)  # noqa: S301 - its digest was right, and the file is the user's own
    except Exception:
        # Sound bytes of another version of the program may name classes that are gone.
        return {}
    return values if kept_terms == terms and isinstance(values, dict) else {}
