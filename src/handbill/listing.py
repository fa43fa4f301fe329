"""Every file below a folder.  One that cannot be looked into is an error here, where pathlib and os.walk pass over it without a word."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path


def walk(folder: Path) -> Iterator[tuple[str, list[str], list[str]]]:
    """Walk through a folder as :func:`os.walk` does; one that is not there holds nothing.

    Raises:
        OSError: it, or a folder in it, cannot be looked into: what lies there would be missing from the site, and nobody told.
    """

    def told(trouble: OSError) -> None:
        if not isinstance(trouble, (FileNotFoundError, NotADirectoryError)) or trouble.filename != str(folder):
            raise trouble

    return os.walk(folder, onerror=told)


def below(folder: Path) -> Iterator[Path]:
    """Yield whatever lies below a folder and is none itself; a link is not followed.

    Raises:
        OSError: as :func:`walk`.
    """
    for place, folders, files in walk(folder):
        for name in (*files, *(one for one in folders if os.path.islink(os.path.join(place, one)))):  # noqa: PTH118 - hundreds of files
            yield Path(place, name)
