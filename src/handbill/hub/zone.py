"""Time zones by their IANA names."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def is_zone(name: str) -> bool:
    """Say whether the IANA database has a zone of that name."""
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_+/-]{1,60}", name):
        return False
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
