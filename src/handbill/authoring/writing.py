"""Bytes → a file of the content, whole or not at all.  Writes to the disk."""

from __future__ import annotations

import os
import secrets
import shutil
from contextlib import suppress
from pathlib import Path

from handbill.layout import PRIVATE


def put(root: Path, source: str, content: bytes) -> None:
    """Write a file of the hub in *root* so that, killed at any instant, the old one or the new one stands.

    What is half written lies in the hub's own folder, where nobody commits it.
    """
    file = root / source
    (root / PRIVATE).mkdir(exist_ok=True)
    scratch = root / PRIVATE / f"put.{secrets.token_hex(8)}"
    try:
        with scratch.open("xb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
        if file.exists():
            shutil.copymode(file, scratch)
        scratch.replace(file)
    except BaseException:
        with suppress(OSError):
            scratch.unlink()
        raise
