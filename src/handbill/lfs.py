"""What Git LFS leaves in the place of a file that was not fetched."""

from __future__ import annotations

_BEGINNING = b"version https://git-lfs.github.com/spec/v"

#: No pointer is longer, in bytes.
LONGEST = 1024


def is_pointer(raw: bytes) -> bool:
    """Say whether a file is only Git LFS's note of where the real one is kept.

    Source: the specification of Git LFS: "the first key is always version".
    """
    return raw.startswith(_BEGINNING) and len(raw) < LONGEST
