"""The rule by which a calendar repeats an event → the same rule as a hub reads it, or the reason why it is none.

What a rule says twice or in another spelling is written as the subset of the
hub has it (decisions 0008 and 0029); the dates stay the same.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from handbill.errors import Said
from handbill.hub.rule import refusal
from handbill.importing.ics.dates import days_of
from handbill.importing.ics.when import Clock
from handbill.importing.report import Note

#: Dates that are written out where no rule tells them, and how many years they reach ahead.
MOST_DATES, YEARS_AHEAD = 200, 2

#: The parts that say what the start says already.
_CLOCK = {"BYHOUR": "hour", "BYMINUTE": "minute", "BYSECOND": "second"}


def tidied(text: str, starts: datetime | date, clock: Clock, number: int) -> str:
    """Return a rule in the spelling of a hub; what else is wrong with it stays as it is."""
    parts = {}
    for one in re.sub(r"\s", "", text).upper().removeprefix("RRULE:").split(";"):
        name, _, value = one.partition("=")
        if name and name not in parts:
            parts[name] = value
    for name in [name for name in parts if name.startswith("X-") or (name == "INTERVAL" and parts[name] == "1")]:
        del parts[name]
    for name, own in _CLOCK.items():
        if isinstance(starts, datetime) and re.fullmatch(r"\d{1,2}", parts.get(name, "")) and int(parts[name]) == getattr(starts, own):
            del parts[name]
    for name in ("BYMONTHDAY", "BYMONTH", "BYSETPOS", "COUNT", "INTERVAL"):
        if re.fullmatch(r"[+-]?\d{1,9}(,[+-]?\d{1,9})*", parts.get(name, "")):
            parts[name] = ",".join(dict.fromkeys(str(int(one)) for one in parts[name].split(",")))
    if "BYDAY" in parts:
        parts["BYDAY"] = ",".join(dict.fromkeys(re.sub(r"^\+?0*(?=\d*[A-Z])", "", one) for one in parts["BYDAY"].split(",")))
    if "UNTIL" in parts:
        parts["UNTIL"] = _until(parts["UNTIL"], starts)
    if re.fullmatch(r"\d{4,}", parts.get("COUNT", "")):
        clock.changes.append(Note("so many repetitions that the end was left out", f"COUNT={parts.pop('COUNT')}", number))
    return ";".join(f"{name}={value}" for name, value in _by_month(parts, starts).items())


def _by_month(parts: dict[str, str], starts: datetime | date) -> Mapping[str, str]:
    """Return a yearly rule that counts days of one month, such as Mother's Day, as one of every twelfth month."""
    days = parts.get("BYDAY", "")
    if parts.get("FREQ") != "YEARLY" or not re.search(r"\d", days) or parts.get("BYMONTH") != str(starts.month):
        return parts
    years = parts.get("INTERVAL", "1")
    if not re.fullmatch(r"[1-9]|[1-7]\d|8[0-3]", years):
        return parts
    rest = {name: value for name, value in parts.items() if name not in ("FREQ", "BYMONTH", "INTERVAL")}
    return {"FREQ": "MONTHLY", "INTERVAL": str(12 * int(years)), **rest}


def _until(text: str, starts: datetime | date) -> str:
    """Return the end of a rule as a hub has it: a day for whole days, and else a day or a moment in UTC."""
    match = re.fullmatch(r"(\d{8})(?:T(\d{6})(Z)?)?", text)
    if match is None or match[2] is None:
        return text
    if not isinstance(starts, datetime):
        return match[1]
    if match[3]:
        return text
    try:
        local = datetime.strptime(match[1] + match[2], "%Y%m%d%H%M%S").replace(tzinfo=starts.tzinfo)
        return local.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    except (ValueError, OverflowError):
        return text


def is_over(rule: str, starts: datetime | date) -> bool:
    """Say whether a rule ends before the event begins, so that nothing is left of it."""
    match = re.search(r"UNTIL=(\d{8})", rule)
    return match is not None and match[1] < f"{starts:%Y%m%d}"


def refused(rule: str, starts: datetime | date) -> Said | None:
    """Return why a rule is outside the subset of a hub."""
    return refusal(rule, not isinstance(starts, datetime))


def dates_of(rule: str, starts: datetime | date, through: date) -> tuple[datetime | date, ...]:
    """Return the dates that a rule outside the subset gives up to a day; none where nobody can tell."""
    parts = dict(one.partition("=")[::2] for one in rule.split(";"))
    end = through
    match = re.match(r"(\d{4})(\d{2})(\d{2})(T\d{6}Z)?", parts.get("UNTIL", ""))
    moment: datetime | None = None
    try:
        if match:
            # The last day by the clock on the wall may be another one than in UTC, so it is looked at by its hour.
            end = min(through, date(int(match[1]), int(match[2]), int(match[3])) + timedelta(days=1 if match[4] else 0))
            moment = datetime.strptime(match[0], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC) if match[4] else None
    except (ValueError, OverflowError):
        return ()
    first = starts.date() if isinstance(starts, datetime) else starts
    days = days_of(rule, first, end) if end >= first else ()
    if not isinstance(starts, datetime):
        return days
    found = tuple(datetime.combine(day, starts.time(), starts.tzinfo) for day in days)
    return tuple(one for one in found if moment is None or one <= moment)
