"""The rule by which a calendar repeats an event → the same rule as a hub reads it, or the reason why it is none.

What a rule says twice or in another spelling is written as the subset of the
hub has it (decisions 0008 and 0029); the dates stay the same.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time

from handbill.errors import Said
from handbill.hub.rule import refusal
from handbill.importing.ics_when import Clock
from handbill.importing.report import Note

#: Dates that are written out where no rule tells them, and how many years they reach ahead.
MOST_DATES, YEARS_AHEAD = 200, 2

#: The parts that say what the start says already.
_CLOCK = {"BYHOUR": "hour", "BYMINUTE": "minute", "BYSECOND": "second"}
_WITHIN_A_DAY = ("HOURLY", "MINUTELY", "SECONDLY")


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
    """Return the dates that a rule outside the subset gives up to a day, :data:`MOST_DATES` at most; none where nobody can tell.

    Everything in the rule may have been written to make a program run for ever.
    """
    from handbill.kinds.recurrence import starts_of

    parts = dict(one.partition("=")[::2] for one in rule.split(";"))
    if parts.get("FREQ") in _WITHIN_A_DAY or {"BYHOUR", "BYMINUTE", "BYSECOND"} & parts.keys() or len(rule) > 300:
        return ()
    # A rule that no date fits is looked through to its end, so it gets a near one.
    end = through
    if match := re.match(r"(\d{4})(\d{2})(\d{2})", parts.get("UNTIL", "")):
        try:
            end = min(through, date(int(match[1]), int(match[2]), int(match[3])))
        except ValueError:
            return ()
    counted = int(parts["COUNT"]) if parts.get("COUNT", "").isdecimal() else None
    kept = ";".join(f"{name}={value}" for name, value in parts.items() if name not in ("UNTIL", "COUNT"))
    # The moment at which the last day is over, in the local time of the event.
    bound = datetime.combine(end, time(23, 59, 59))
    if isinstance(starts, datetime):
        bound = bound.replace(tzinfo=starts.tzinfo).astimezone(UTC)
    try:
        found = starts_of(f"{kept};UNTIL={bound:%Y%m%dT%H%M%S}" + ("Z" if isinstance(starts, datetime) else ""), starts, end)
    except (ValueError, TypeError, AttributeError, OverflowError):
        return ()
    found = found[:counted] if counted is not None else found
    return found[:MOST_DATES]
