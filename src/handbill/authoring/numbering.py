"""“Foire 2026, 12e édition” → “Foire 2027, 13e édition”."""

from __future__ import annotations

import re

# Neither a part of a longer number, nor the beginning of a whole date.
_YEAR = re.compile(r"(?<!\w)(?<!\d[.,])(\d{4})(?!\w|[.,]\d|-\d{2}(?!\d))")
_EDITION = re.compile(
    r"\b(?P<before>\d{1,4})(?P<ordinal>ème|eme|ère|re|er|e|ᵉ|st|nd|rd|th)(?P<between>[ \u00a0\u202f])(?P<word>[ÉéEe]dition)\b"
    r"|(?P<named>\b[ÉéEe]dition[ \u00a0\u202f](?:n°[ \u00a0\u202f]?)?)(?P<after>\d{1,4})(?!\w)"
    r"|(?P<sign>(?:n°|N°|nº|\bno\.|\bNo\.|#)[ \u00a0\u202f]?)(?P<number>\d{1,4})(?!\w)"
)


def moved_on(text: str, old_year: int, years: int) -> str:
    """Return a title with the years around *old_year* moved by *years*, and the number of the edition by one.

    >>> moved_on("Foire 2026 : la 12e édition", 2026, 1)
    'Foire 2027 : la 13e édition'
    """
    return _EDITION.sub(_next, with_years(text, old_year, years))


def with_years(text: str, old_year: int, years: int) -> str:
    """Return a text with the years around *old_year* moved by *years*; other numbers are left alone."""

    def year(match: re.Match[str]) -> str:
        found = int(match[1])
        return str(found + years) if abs(found - old_year) <= 1 else match[1]

    return _YEAR.sub(year, text)


def _next(match: re.Match[str]) -> str:
    if match["before"]:
        number = int(match["before"]) + 1
        return f"{number}{_ordinal(number, match['ordinal'])}{match['between']}{match['word']}"
    if match["after"]:
        return f"{match['named']}{int(match['after']) + 1}"
    return f"{match['sign']}{int(match['number']) + 1}"


def _ordinal(number: int, before: str) -> str:
    """Return the ending of an ordinal, in the language of the one before."""
    if before in ("st", "nd", "rd", "th"):
        return "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return "e" if before in ("re", "ère", "er") else before
