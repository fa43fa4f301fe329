"""Calendars read back by two readers that share nothing: a literal reading of the file's bytes, and ical.js in node.

Instants come from the VTIMEZONE of the file alone, as in a program that knows
no zone by name.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache

import icalendar
import pytest
from dateutil.rrule import rrulestr

from handbill.hub.item import Item

Instant = tuple[datetime | date, datetime | date, str]

#: How far rules without an end are followed unless a test says otherwise.
FAR = date(2029, 12, 31)


def meant(item: Item) -> list[Instant]:
    """Return what the hub knows: start, end as calendars say it, and whether it takes place."""
    found: list[Instant] = []
    for one in item.occurrences:
        ends = one.ends if isinstance(one.ends, datetime) else one.ends + timedelta(days=1)
        found.append((utc(one.starts), utc(ends), "CANCELLED" if one.is_off else "CONFIRMED"))
    return in_order(found)


def in_order(found: Iterable[Instant]) -> list[Instant]:
    return sorted(found, key=lambda one: [str(part) for part in one])


def utc(when: datetime | date) -> datetime | date:
    return when.astimezone(UTC) if isinstance(when, datetime) else when


def read(raw: bytes, uid: str | None = None, through: date = FAR) -> list[Instant]:
    """Return every occurrence that begins until the end of *through*, with nothing known but the file itself."""
    file = icalendar.Calendar.from_ical(raw)
    clocks = Clocks(file)
    found: dict[tuple[str, object], Instant] = {}
    changed: dict[tuple[str, object], Instant] = {}
    for event in file.walk("VEVENT"):
        name = str(event["UID"])
        if uid not in (None, name):
            continue
        starts, status = event["DTSTART"].dt, str(event["STATUS"])
        ends = event["DTEND"].dt if "DTEND" in event else starts
        if "RECURRENCE-ID" in event:
            changed[name, plain(event["RECURRENCE-ID"].dt)] = (clocks.instant(starts), clocks.instant(ends), status)
            continue
        length = plain(ends) - plain(starts)
        begins = [plain(starts)]
        if "RRULE" in event:
            rule = rrulestr(rule_in_local_time(event["RRULE"].to_ical().decode(), starts), dtstart=plain(starts))
            begins = rule.between(plain(starts), datetime.combine(through, datetime.max.time()), inc=True)
        begins += dates_of(event, "RDATE")
        left_out = set(dates_of(event, "EXDATE"))
        found[name, plain(starts)] = (clocks.instant(starts), clocks.instant(ends), status)
        for begin in begins:
            found[name, begin] = (clocks.instant(begin, starts), clocks.instant(begin + length, ends), status)
        for begin in left_out:
            del found[name, begin]
    assert changed.keys() <= found.keys(), "an exception of no date"
    return in_order((found | changed).values())


def dates_of(event: icalendar.Event, name: str) -> list[datetime]:
    """Return the local times of all lines of that name."""
    given = event.get(name, [])
    return [plain(one.dt) for group in (given if isinstance(given, list) else [given]) for one in group.dts]


def plain(when: datetime | date) -> datetime:
    """Return a moment as the clock on the wall says it; a day begins at 0:00."""
    return when.replace(tzinfo=None) if isinstance(when, datetime) else datetime.combine(when, datetime.min.time())


def rule_in_local_time(rule: str, starts: datetime | date) -> str:
    """Return the rule with UNTIL on the wall clock; a timed series must have it in UTC (RFC 5545, 3.3.10)."""
    parts = dict(part.split("=") for part in rule.split(";"))
    if "UNTIL" in parts and isinstance(starts, datetime):
        last = datetime.strptime(parts["UNTIL"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        parts["UNTIL"] = f"{last.astimezone(starts.tzinfo):%Y%m%dT%H%M%S}"
    return ";".join(f"{key}={value}" for key, value in parts.items())


class Clocks:
    """The zones of a file, known by its VTIMEZONE alone."""

    def __init__(self, file: icalendar.Calendar) -> None:
        self._zones = {str(zone["TZID"]): zone for zone in file.walk("VTIMEZONE")}
        self._onsets: dict[str, list[tuple[datetime, timedelta, timedelta]]] = {}

    def instant(self, when: datetime | date, like: datetime | date | None = None) -> datetime | date:
        """Return the instant of a moment, or of a local time *like* another one; a day stays a day."""
        like = like or when
        if not isinstance(like, datetime):
            return when.date() if isinstance(when, datetime) else when
        local = plain(when)
        if like.tzinfo is not None and str(like.tzinfo) == "UTC":
            return local.replace(tzinfo=UTC)
        onset, before, offset = [one for one in self.onsets(str(like.tzinfo)) if one[0] <= local][-1]
        # A local time that the clocks skip is told by the offset before (RFC 5545, 3.3.5).
        skipped = local < onset + max(timedelta(0), offset - before)
        return (local - (before if skipped else offset)).replace(tzinfo=UTC)

    def onsets(self, name: str) -> list[tuple[datetime, timedelta, timedelta]]:
        """Return every change of the clocks until 2060, by what the file says of it: when, and the offsets before and after."""
        if name not in self._onsets:
            found = set()
            for part in self._zones[name].subcomponents:
                begin = plain(part["DTSTART"].dt)
                times = [begin, *dates_of(part, "RDATE")]
                if "RRULE" in part:
                    times += rrulestr(part["RRULE"].to_ical().decode(), dtstart=begin).between(begin, datetime(2060, 1, 1), inc=True)
                found |= {(one, part["TZOFFSETFROM"].td, part["TZOFFSETTO"].td) for one in times}
            self._onsets[name] = sorted(found)
        return self._onsets[name]


ICAL_JS = """
const ical = require('ical.js'); const ICAL = ical.default || ical;
const iso = t => t.isDate ? t.toString() : t.toJSDate().toISOString().replace('.000Z', '+00:00');
const given = JSON.parse(require('fs').readFileSync(0, 'utf8'));
console.log(JSON.stringify(given.files.map(text => {
  const root = new ICAL.Component(ICAL.parse(text));
  ICAL.TimezoneService.reset();
  for (const zone of root.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone);
  const all = root.getAllSubcomponents('vevent').map(one => new ICAL.Event(one, {exceptions: []}));
  const found = [];
  const tell = (start, end, event, uid) => found.push([iso(start), iso(end), event.component.getFirstPropertyValue('status'), uid]);
  const others = new Map();
  for (const one of all) if (one.isRecurrenceException()) others.set(one.uid, [...(others.get(one.uid) || []), one]);
  for (const event of all.filter(one => !one.isRecurrenceException())) {
    if (!event.isRecurring()) { tell(event.startDate, event.endDate, event, event.uid); continue; }
    for (const other of others.get(event.uid) || []) event.relateException(other);
    const dates = event.iterator();
    for (let next = dates.next(); next && next.toString().slice(0, 10) <= given.through; next = dates.next()) {
      const one = event.getOccurrenceDetails(next);
      tell(one.startDate, one.endDate, one.item, event.uid);
    }
  }
  const texts = all.map(one => ['summary', 'description', 'location', 'url', 'conference', 'image', 'uid'].map(
    name => one.component.getFirstPropertyValue(name)).concat([one.component.getAllProperties('categories').flatMap(p => p.getValues())]));
  return {found, texts};
})));
"""


@cache
def has_ical_js() -> bool:
    node = shutil.which("node")
    return bool(node) and subprocess.run([node, "-e", "require('ical.js')"], capture_output=True, check=False).returncode == 0


needs_ical_js = pytest.mark.skipif(
    "not __import__('tests.icals').icals.has_ical_js()",
    reason="needs node, and ical.js 2 in NODE_PATH: npm install ical.js, then NODE_PATH=…/node_modules",
)


def read_by_ical_js(raws: Sequence[bytes], through: date = FAR) -> list[dict[str, list[list[str]]]]:
    """Return for each file what ical.js finds: ``found`` has start, end, status and UID, ``texts`` what each event says."""
    given = json.dumps({"files": [raw.decode() for raw in raws], "through": through.isoformat()})
    node = ["node", "-e", ICAL_JS]
    done = subprocess.run(node, input=given.encode(), capture_output=True, check=False, env={**os.environ, "TZ": "UTC"})
    assert done.returncode == 0, done.stderr.decode()
    return list(json.loads(done.stdout))


def as_told(found: Iterable[Instant]) -> list[list[str]]:
    """Return occurrences in the form in which ical.js tells them."""
    return sorted([one.isoformat() for one in (starts, ends)] + [status] for starts, ends, status in found)
