"""The files of a hub, as far as excerpts of them may be shown.  Reads the disk."""

from __future__ import annotations

from pathlib import Path

from handbill.layout import LOCAL
from handbill.plain import read_plain

#: A file beyond that is shown to nobody: its problem is its size.
LARGEST = 8 * 1024 * 1024


def source(root: Path, path: str) -> bytes | None:
    """Return the bytes of a file by its path from *root*, or ``None`` where it cannot be shown.

    Only regular files that lie below the root are opened; a pipe in the place
    of a text would be waited for without an end, and a link leads anywhere.
    What Git must not see is not shown either: logs are as public as repositories.
    """
    file = root / path
    try:
        if file.name.casefold() == LOCAL or not file.resolve().is_relative_to(root.resolve()):
            return None
        return read_plain(file, LARGEST)
    except (OSError, ValueError):
        return None
