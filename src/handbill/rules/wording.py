"""Moments, sums and lists as rules say them, in French and English: in full, with nothing left to guess.

Words of our own, not those of a library: what was announced must come out
the same whatever tables of dates a machine has.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

#: A space at which no line ends.
GAP = "\N{NO-BREAK SPACE}"

_DAYS = {
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS = {
    "fr": ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"),
}
_SIGNS = {"EUR": "€", "USD": "$", "GBP": "£"}
_AND = {"fr": "et", "en": "and"}


def local(moment: str, zone: str) -> datetime:
    """Return a moment of a contract by the clocks of a zone."""
    return datetime.fromisoformat(moment).astimezone(ZoneInfo(zone))


def day(when: date, lang: str) -> str:
    """Return a day in full: ``mercredi 1er juillet 2026``, ``Wednesday 1 July 2026``."""
    number = "1er" if lang == "fr" and when.day == 1 else str(when.day)
    # A number is not parted from its month.
    return f"{_DAYS[lang][when.weekday()]} {number}{GAP}{_MONTHS[lang][when.month - 1]} {when.year}"


def moment(when: datetime, lang: str) -> str:
    """Return a moment: its day, and the time where that is not midnight; seconds only where there are any."""
    if (when.hour, when.minute, when.second) == (0, 0, 0):
        return day(when, lang)
    if lang == "fr":
        minutes = f"{GAP}{when:%M}" if when.minute or when.second else ""
        seconds = f"{GAP}min{GAP}{when:%S}{GAP}s" if when.second else ""
        return f"{day(when, lang)} à {when.hour}{GAP}h{minutes}{seconds}"
    return f"{day(when, lang)} at {when:%H:%M:%S}" if when.second else f"{day(when, lang)} at {when:%H:%M}"


def until(when: datetime, lang: str) -> str:
    """Return the moment before which something is accepted; the end of a day is told by that day."""
    if (when.hour, when.minute, when.second) != (0, 0, 0):
        return moment(when, lang)
    last = day(when - timedelta(seconds=1), lang)
    return f"{last} à minuit (fin de cette journée)" if lang == "fr" else f"{last} at midnight (the end of that day)"


def number(value: Decimal | int, lang: str) -> str:
    """Return a number, its thousands set apart: ``12 500,50``, ``12,500.50``."""
    text = f"{value:,}"
    if lang != "fr":
        return text
    return text.replace(",", GAP).replace(".", ",")


def money(value: Decimal, currency: str, lang: str) -> str:
    """Return a sum: ``45 €``, ``€45.50``; cents where there are any."""
    whole = value == value.to_integral_value()
    text = number(value.quantize(Decimal(1) if whole else Decimal("0.01")), lang)
    sign = _SIGNS.get(currency, currency)
    return f"{sign}{text}" if lang == "en" and currency in _SIGNS else f"{text}{GAP}{sign}"


def counted(n: int, one: str, many: str, lang: str) -> str:
    """Return how many there are: ``1 gagnant``, ``3 gagnants``; French counts none as one."""
    return f"{number(n, lang)}{GAP}{one if n == 1 or (lang == 'fr' and n == 0) else many}"


def listed(words: Iterable[str], lang: str, last: str = "") -> str:
    """Return a list in a sentence: ``a, b et c``; *last* instead of “and”."""
    found: Sequence[str] = tuple(words)
    if len(found) < 2:
        return "".join(found)
    return f"{', '.join(found[:-1])} {last or _AND[lang]} {found[-1]}"
