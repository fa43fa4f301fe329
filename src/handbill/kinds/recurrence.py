"""Recurrence rules → occurrences.  Knows python-dateutil; the only module that does.

The subset of RFC 5545, 3.3.10 and the way of expanding are those of decision
0008: local wall-clock time first, the zone attached afterwards.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time

from dateutil.rrule import rrulestr

from handbill.errors import Said, said

#: A rule without an end is followed this far, and no further.
MOST = 520

_PARTS = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST"}
_FREQS = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
_VALUES = {
    "INTERVAL": r"[1-9]\d{0,2}",
    "COUNT": r"[1-9]\d{0,2}",
    "UNTIL": r"\d{8}(T\d{6}Z)?",
    "BYDAY": r"([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)(,([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU))*",
    "BYMONTHDAY": r"-?([1-9]|[12]\d|3[01])(,-?([1-9]|[12]\d|3[01]))*",
    "BYMONTH": r"([1-9]|1[0-2])(,([1-9]|1[0-2]))*",
    "BYSETPOS": r"-?[1-5](,-?[1-5])*",
    "WKST": r"MO|SU",
}


def refusal(rule: str) -> Said | None:
    """Return why a rule is outside the subset, as the end of "found …, which"; ``None`` when it is inside."""
    if "=" not in rule:
        return said("is no rule, but words")
    parts: dict[str, str] = {}
    for part in rule.split(";"):
        name, _, value = part.partition("=")
        if name not in _PARTS or not value:
            return said("has the part “{part}”, which is not among {parts}", part=part[:40], parts=", ".join(sorted(_PARTS)))
        if name in parts:
            return said("names {name} twice", name=name)
        if name != "FREQ" and not re.fullmatch(_VALUES[name], value):
            return said("gives {name} the value “{value}”", name=name, value=value[:40])
        parts[name] = value
    freq = parts.get("FREQ", "")
    if freq not in _FREQS:
        return said("needs FREQ=DAILY, WEEKLY, MONTHLY or YEARLY")
    if "COUNT" in parts and "UNTIL" in parts:
        return said("has both COUNT and UNTIL")
    if "BYSETPOS" in parts and freq != "MONTHLY":
        return said("has BYSETPOS without FREQ=MONTHLY")
    if re.search(r"\d", parts.get("BYDAY", "")) and freq != "MONTHLY":
        return said("counts days of the month (such as 2SA) without FREQ=MONTHLY")
    if freq == "YEARLY" and "BYMONTHDAY" in parts and "BYMONTH" not in parts:
        return said("has BYMONTHDAY without BYMONTH in a yearly rule")
    return None


def starts_of(rule: str, first: datetime | date) -> tuple[tuple[datetime | date, ...], bool]:
    """Return the starts that a rule yields from *first* on, and whether the list is whole.

    A datetime keeps its zone and its wall-clock time across clock changes; a
    day stays a day.  The list stops after :data:`MOST` entries.
    """
    local = first.replace(tzinfo=None) if isinstance(first, datetime) else datetime.combine(first, time.min)
    until = re.search(r"UNTIL=(\d{8})(T\d{6}Z)?", rule)
    plain = rule
    if until:
        # dateutil compares UNTIL with the naive start: bring it into local time first.
        end = datetime.strptime(until[1], "%Y%m%d")
        if until[2] and isinstance(first, datetime):
            from zoneinfo import ZoneInfo

            end = datetime.strptime(until[1] + until[2], "%Y%m%dT%H%M%SZ").replace(tzinfo=ZoneInfo("UTC"))
            end = end.astimezone(first.tzinfo).replace(tzinfo=None)
        elif isinstance(first, datetime):
            end = datetime.combine(end.date(), time.max.replace(microsecond=0))
        plain = rule.replace(until[0], f"UNTIL={end:%Y%m%dT%H%M%S}")
    found: list[datetime | date] = []
    for start in rrulestr(plain, dtstart=local):
        if len(found) == MOST:
            return tuple(found), False
        if isinstance(first, datetime):
            found.append(start.replace(tzinfo=first.tzinfo))
        else:
            found.append(start.date())
    return tuple(found), True
