"""Bytes → a file of the content, whole or not at all.  Writes to the disk."""

from __future__ import annotations

import shutil
from pathlib import Path

from handbill.layout import PRIVATE
from handbill.whole import whole


def put(root: Path, source: str, content: bytes) -> None:
    """Write a file of the hub in *root* so that, killed at any instant, the old one or the new one stands.

    What is half written lies in the hub's own folder, where nobody commits it.
    """
    file = root / source
    (root / PRIVATE).mkdir(exist_ok=True)
    with whole(file, folder=root / PRIVATE) as opened:
        opened.write(content)
        if file.exists():
            shutil.copymode(file, opened.name)
