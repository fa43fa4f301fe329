"""Time zones by their IANA names, and the years whose hours can be told in any of them."""

from __future__ import annotations

import re
from datetime import MAXYEAR
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

#: Before, years have fewer than four digits in some programs; after, some hour of the last day has none behind it.
FIRST_YEAR, LAST_YEAR = 1000, MAXYEAR - 1


def is_zone(name: str) -> bool:
    """Say whether the IANA database has a zone of that name."""
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_+/-]{1,60}", name):
        return False
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def is_told(year: int) -> bool:
    """Say whether a year is one whose days may be written."""
    return FIRST_YEAR <= year <= LAST_YEAR
