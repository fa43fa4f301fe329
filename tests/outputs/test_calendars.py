"""Calendars as members' programs read them: by icalendar, by a literal reading of the file, and by ical.js."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest
from dateutil.rrule import rrulestr
from tests.hubs import load_village, text, village, write

from handbill.hub.item import Item
from handbill.outputs import calendars

BASE = {"organisers": "[Une personne]", "venue": "{name: Salle}"}

ZONES = ("Europe/Paris", "Europe/Lisbon", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Pacific/Chatham")


@cache
def made(root: Path | None = None, as_of: str = "2026-03-20 12:00") -> dict[str, bytes]:
    """Return every calendar of a hub (default: the village), by path."""
    loaded, settings = load_village(as_of, root)
    assert not [one for one in loaded.problems if one.level.name == "ERROR"], loaded.problems
    return {one.path: bytes(one.content) for one in calendars.make(list(calendars.plan(loaded.hub, settings)), settings, Path("nowhere"))}  # type: ignore[arg-type]


def one_event(folder: Path, **front: str) -> tuple[Item, bytes]:
    """Return the event of a small hub and its calendar."""
    root = write(folder, {"events/a.md": text(**{**BASE, **front})})
    return load_village(root=root)[0].hub.items[0], made(root)["events/a/event.ics"]


def events(raw: bytes) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(raw).walk("VEVENT"))


Instant = tuple[datetime | date, datetime | date, str]


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


def read(raw: bytes, uid: str | None = None) -> list[Instant]:
    """Return every occurrence that the bytes describe, with nothing known but the file itself."""
    file = icalendar.Calendar.from_ical(raw)
    clocks = {str(zone["TZID"]): zone for zone in file.walk("VTIMEZONE")}
    found: dict[tuple[str, object], Instant] = {}
    changed: dict[tuple[str, object], Instant] = {}
    for event in file.walk("VEVENT"):
        if uid not in (None, str(event["UID"])):
            continue
        starts, ends = event["DTSTART"].dt, event["DTEND"].dt
        status = str(event["STATUS"])
        if "RECURRENCE-ID" in event:
            named = event["RECURRENCE-ID"].dt
            changed[str(event["UID"]), plain(named)] = (by_file(starts, clocks), by_file(ends, clocks), status)
            continue
        length = plain(ends) - plain(starts)
        begins = [plain(starts)]
        if "RRULE" in event:
            rule = event["RRULE"].to_ical().decode()
            begins = list(rrulestr(rule_in_local_time(rule, starts), dtstart=plain(starts)))
        excluded = event.get("EXDATE", [])
        left_out = {plain(one.dt) for group in (excluded if isinstance(excluded, list) else [excluded]) for one in group.dts}
        for begin in begins:
            if begin not in left_out:
                found[str(event["UID"]), begin] = (by_file(begin, clocks, starts), by_file(begin + length, clocks, starts), status)
    assert changed.keys() <= found.keys(), "an exception of no date"
    return in_order((found | changed).values())


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


def by_file(when: datetime | date, clocks: dict[str, icalendar.Timezone], like: datetime | date | None = None) -> datetime | date:
    """Return the instant of a local time by the VTIMEZONE of the file, as a program does that knows no zones."""
    like = like or when
    if not isinstance(like, datetime):
        return when.date() if isinstance(when, datetime) else when
    local, zone = plain(when), clocks[str(like.tzinfo)]
    onsets = []
    for part in zone.subcomponents:
        more = part.get("RDATE", [])
        more = more if isinstance(more, list) else [more]
        for onset in (part["DTSTART"].dt, *(one.dt for group in more for one in group.dts)):
            onsets.append((plain(onset), part["TZOFFSETTO"].td))
    offset = max((one for one in onsets if one[0] <= local), key=lambda one: one[0])[1]
    return (local - offset).replace(tzinfo=UTC)


def test_the_second_of_two_equal_hours_stays_the_second(tmp_path: Path):
    """A calendar reads a local hour that comes twice as the first; half an hour of night train would be missed."""
    item, raw = one_event(tmp_path, starts="2026-10-25 02:30+02:00", ends="2026-10-25 02:30+01:00")

    assert b"DTSTART;TZID=Europe/Paris:20261025T023000" in raw
    assert b"DTEND:20261025T013000Z" in raw
    assert meant(item) == [(datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "CONFIRMED")]


def test_every_calendar_says_what_the_hub_knows():
    """The hub and a member's calendar must never disagree on where to be, and when."""
    hub = load_village()[0].hub
    found = made()

    for item in hub.items:
        if item.occurrences:
            uid = f"{item.id.replace(':', '-')}@village.example"
            assert meant(item) == read(found[f"events/{item.slug}/event.ics"])
            assert meant(item) == read(found["calendars/all.ics"], uid)


def test_a_line_is_short_and_ends_as_the_standard_says():
    """Source: RFC 5545, section 3.1; some programs refuse a file for one long line."""
    for raw in made().values():
        assert raw.endswith(b"END:VCALENDAR\r\n")
        lines = raw.split(b"\r\n")
        assert 75 >= max(len(line) for line in lines)
        assert [] == [line for line in lines if b"\n" in line or b"\r" in line]
        for line in lines:
            line.decode("utf-8")


def test_long_text_is_folded_without_loss(tmp_path):
    """A title in any script, with every sign that calendars give a meaning."""
    title = "Déménagement; avec, virgules\\ et «accents» " + "é🎉漢" * 20
    _, raw = one_event(tmp_path, title=json.dumps(title, ensure_ascii=False), starts="2026-04-11 14:00", typography="false")

    assert 75 >= max(len(line) for line in raw.split(b"\r\n"))
    assert [title] == [str(event["SUMMARY"]) for event in events(raw)]


def test_nobody_writes_lines_into_a_calendar_by_a_title(tmp_path):
    """A stranger's pull request must not add an alarm or another event."""
    odd = r"x\nBEGIN:VALARM\nEND:VALARM"
    _, raw = one_event(
        tmp_path, title=f'"{odd}"', summary='"a\\nEND:VEVENT"', venue='{name: "b\\r\\nATTENDEE:c"}', starts="2026-04-11 14:00"
    )

    lines = raw.decode().split("\r\n")
    assert [] == [line for line in lines if line.startswith(("BEGIN:VALARM", "ATTENDEE"))]
    assert 1 == lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT")


@pytest.mark.parametrize("zone", ZONES)
def test_a_series_keeps_its_hour_across_clock_changes_in_every_zone(tmp_path, zone):
    """Told by the zone in the file itself, for a program that knows no zone by name."""
    item, raw = one_event(tmp_path, starts="2025-09-06 09:30", timezone=zone, recurrence="{rule: FREQ=WEEKLY;COUNT=60}")

    wanted = [datetime(2025, 9, 6, 9, 30, tzinfo=ZoneInfo(zone)) + timedelta(weeks=week) for week in range(60)]
    assert [utc(one) for one in wanted] == [starts for starts, _, _ in read(raw)]
    assert meant(item) == read(raw)
    assert {f"DTSTART;TZID={zone}:20250906T093000"} == {line for line in raw.decode().split("\r\n") if line.startswith("DTSTART;")}


def test_the_zone_lasts_as_long_as_a_series_does(tmp_path):
    """Cut off after a few years, every summer date after would be an hour off."""
    item, raw = one_event(tmp_path, starts="2023-06-03 18:00", recurrence="{rule: FREQ=MONTHLY;BYDAY=1SA}")

    assert 520 == len(item.occurrences)
    zones = {str(zone["TZID"]): zone for zone in icalendar.Calendar.from_ical(raw).walk("VTIMEZONE")}
    assert [] == [one.starts for one in item.occurrences if utc(one.starts) != by_file(one.starts, zones)]


def test_a_moved_and_a_cancelled_date_name_the_start_first_announced():
    """Programs find the date to change by it (RFC 5545, section 3.8.4.4)."""
    found = {str(event.get("RECURRENCE-ID").dt): event for event in events(made()["events/corvee/event.ics"]) if "RECURRENCE-ID" in event}

    assert {"2026-04-11 09:00:00+02:00", "2026-06-13 09:00:00+02:00"} == set(found)
    moved, cancelled = found["2026-04-11 09:00:00+02:00"], found["2026-06-13 09:00:00+02:00"]
    assert ("2026-04-18 10:00:00+02:00", "CONFIRMED", "Corvée de bois") == (str(moved["DTSTART"].dt), moved["STATUS"], moved["SUMMARY"])
    assert ("2026-06-13 09:00:00+02:00", "CANCELLED", "Annulé\u00a0: Corvée de bois") == (
        str(cancelled["DTSTART"].dt),
        cancelled["STATUS"],
        cancelled["SUMMARY"],
    )
    assert str(moved["DESCRIPTION"]).startswith("À cause de la fête.\n\n")


def off(day: int) -> str:
    return f"{{on: 2026-04-{day:02}, status: cancelled, note: x}}"


def moved(day: int, times: str) -> str:
    return f"{{on: 2026-04-{day:02}, status: rescheduled, {times}, note: x}}"


CHANGES = {
    "the first date cancelled": f"changes: [{off(4)}]",
    "the first and a later date cancelled": f"changes: [{off(4)}, {off(18)}]",
    "the first date never held": "except: [2026-04-04]",
    "the first date moved and longer": f"changes: [{moved(4, 'starts: 2026-04-05 10:00, ends: 2026-04-05 19:00')}]",
    "the first date moved before itself": f"changes: [{moved(4, 'starts: 2026-03-27 10:00')}]",
    "a longer date": "changes: [{on: 2026-04-11, status: confirmed, ends: 2026-04-11 18:00, note: x}]",
    "a date moved to a whole day": f"changes: [{moved(11, 'starts: 2026-04-12')}]",
    "all but one cancelled": f"changes: [{off(4)}, {off(11)}, {off(18)}]",
    "all moved": f"changes: [{', '.join(moved(day, f'starts: 2026-04-{day:02} 15:00') for day in (4, 11, 18, 25))}]",
}


@pytest.mark.parametrize("changes", CHANGES.values(), ids=CHANGES.keys())
def test_a_series_with_changes_expands_to_what_the_hub_shows(tmp_path, changes):
    """The first date is the one that the rule of all the others hangs on."""
    item, raw = one_event(tmp_path, starts="2026-04-04 09:00", recurrence=f"{{rule: FREQ=WEEKLY;COUNT=4, {changes}}}")

    assert meant(item) == read(raw)


def test_the_place_of_one_date_online_stays_for_the_others(tmp_path):
    """Otherwise nobody would find the hall any more."""
    changes = "changes: [{on: 2026-04-04, status: moved_online, note: x}]"
    _, raw = one_event(tmp_path, starts="2026-04-04 09:00", recurrence=f"{{rule: FREQ=WEEKLY;COUNT=3, {changes}}}")

    places = {str(one["RECURRENCE-ID"].dt)[:10] if "RECURRENCE-ID" in one else "": one.get("LOCATION") for one in events(raw)}
    assert {"": "Salle", "2026-04-04": None} == places


def test_a_note_on_a_date_that_takes_place_is_told(tmp_path):
    """“Bring boots” belongs to the one date that it was written for."""
    changes = "changes: [{on: 2026-04-11, status: confirmed, note: Bottes}]"
    _, raw = one_event(tmp_path, starts="2026-04-04 09:00", recurrence=f"{{rule: FREQ=WEEKLY;COUNT=3, {changes}}}")

    assert [True] == [str(one["DESCRIPTION"]).startswith("Bottes") for one in events(raw) if "RECURRENCE-ID" in one]


def test_an_all_day_event_ends_on_the_day_after(tmp_path):
    """Written with its last day, a three-day fair would lose its Sunday (RFC 5545, section 3.6.1)."""
    _, raw = one_event(tmp_path, starts="2026-04-10", ends="2026-04-12")

    lines = raw.decode().split("\r\n")
    assert "DTSTART;VALUE=DATE:20260410" in lines
    assert "DTEND;VALUE=DATE:20260413" in lines
    assert "TRANSP:TRANSPARENT" in lines
    assert "BEGIN:VTIMEZONE" not in lines


def test_an_all_day_series_is_a_matter_of_days_throughout(tmp_path):
    """A day excluded with a clock time would not be excluded at all."""
    recurrence = "{rule: FREQ=WEEKLY;UNTIL=20260502, except: [2026-04-18], changes: [{on: 2026-04-11, status: cancelled, note: x}]}"
    item, raw = one_event(tmp_path, starts="2026-04-04", recurrence=recurrence)

    lines = raw.decode().split("\r\n")
    assert {"EXDATE;VALUE=DATE:20260418", "RECURRENCE-ID;VALUE=DATE:20260411", "RRULE:FREQ=WEEKLY;UNTIL=20260502"} <= set(lines)
    assert ["2026-04-04", "2026-04-11", "2026-04-25", "2026-05-02"] == [str(starts) for starts, _, _ in read(raw)]
    assert meant(item) == read(raw)


def test_the_end_of_a_timed_series_is_told_in_utc(tmp_path):
    """A day alone is not allowed there (RFC 5545, section 3.3.10), and 23:59 in Lisbon is not 23:59 in UTC."""
    item, raw = one_event(tmp_path, starts="2026-04-04 23:00", timezone="Europe/Lisbon", recurrence="{rule: FREQ=WEEKLY;UNTIL=20260425}")

    assert "RRULE:FREQ=WEEKLY;UNTIL=20260425T225959Z" in raw.decode().split("\r\n")
    assert 4 == len(read(raw))
    assert meant(item) == read(raw)


def test_an_excluded_date_still_counts(tmp_path):
    """Four dates less one are three, for the member's program as for the hub."""
    item, raw = one_event(tmp_path, starts="2026-04-04 09:00", recurrence="{rule: FREQ=WEEKLY;COUNT=4, except: [2026-04-18]}")

    assert "EXDATE;TZID=Europe/Paris:20260418T090000" in raw.decode().split("\r\n")
    assert 3 == len(read(raw))
    assert meant(item) == read(raw)


@pytest.mark.parametrize("front", [{"slug": "ailleurs"}, {"title": "Autre"}, {"starts": "2026-06-01 10:00"}, {"tags": "[x]"}])
def test_an_event_keeps_its_identity_whatever_is_edited(tmp_path, front):
    """With another UID subscribers would see the event twice."""
    root = write(tmp_path, {"events/a.md": text(**{**BASE, "starts": "2026-04-11 14:00", **front})})

    assert ["event-a@essai.example"] == [str(one["UID"]) for one in events(made(root)["calendars/all.ics"])]


def test_no_two_events_are_one_in_a_calendar():
    """A second event of the same UID takes the place of the first."""
    uids = [str(one["UID"]) for one in events(made()["calendars/all.ics"]) if "RECURRENCE-ID" not in one]

    assert 3 == len(uids) == len(set(uids))


def test_the_number_of_the_state_grows_when_the_event_was_changed(tmp_path):
    """By it a program knows which of two files is the newer one (RFC 5545, section 3.8.7.4)."""
    numbers = []
    for number, front in enumerate(({}, {"title": "Autre"}, {"updated": "2026-02-01"}, {"updated": "2026-02-02"})):
        _, raw = one_event(tmp_path / str(number), starts="2026-04-11 14:00", **front)
        numbers.append(int(events(raw)[0]["SEQUENCE"]))

    assert numbers[0] == numbers[1] < numbers[2] < numbers[3] < 2**31


def test_a_calendar_does_not_change_by_the_clock_alone():
    """An unchanged file is answered with “not modified”, and no program asks its owner anything."""
    assert made(as_of="2026-03-20 12:00") == made(as_of="2026-04-30 23:59")


def test_what_is_off_is_off_in_the_calendar_too(tmp_path):
    """Postponed without a new date is as good as cancelled for somebody's Saturday."""
    for status, title in (("cancelled", "Annulé\u00a0: Un titre"), ("postponed", "Reporté\u00a0: Un titre")):
        _, raw = one_event(tmp_path / status, starts="2026-04-11 14:00", status=status, status_note="Pluie")
        assert [("CANCELLED", title)] == [(str(one["STATUS"]), str(one["SUMMARY"])) for one in events(raw)]


def test_an_event_moved_online_has_no_place(tmp_path):
    """A map would send people to an empty hall."""
    venue = "{name: Salle, latitude: 44.8, longitude: -0.5}"
    _, raw = one_event(tmp_path, starts="2026-04-11 14:00", venue=venue, status="moved_online", status_note="Pluie")

    assert [(None, None)] == [(one.get("LOCATION"), one.get("GEO")) for one in events(raw)]


def test_a_program_is_told_where_to_look_and_how_often():
    """Some would otherwise ask every minute, others once a month."""
    file = icalendar.Calendar.from_ical(made()["calendars/all.ics"])

    assert "https://village.example/hub/calendars/all.ics" == str(file["SOURCE"])
    assert timedelta(hours=12) == file["REFRESH-INTERVAL"].dt
    assert ("Le village", "Le village", "PUBLISH") == (str(file["NAME"]), str(file["X-WR-CALNAME"]), str(file["METHOD"]))


def test_a_renamed_event_answers_at_its_old_address_too(tmp_path):
    """A calendar program cannot follow a page that says where the file went."""
    root = village(tmp_path)
    (root / "addresses.lock").write_text(
        "/events/feu/event.ics calendar:event:fete\n/events/concert/event.ics calendar:event:fete\n", encoding="utf-8"
    )

    found = made(root)
    assert found["events/fete/event.ics"] == found["events/feu/event.ics"]
    assert b"UID:event-concert@" in found["events/concert/event.ics"]


def test_the_calendars_of_tags_and_places_hold_their_events():
    """Who comes for the wood work need not see the concerts."""
    found = made()

    def uids(path: str) -> set[str]:
        return {str(one["UID"]).partition("@")[0] for one in events(found[path])}

    assert {"event-fete"} == uids("calendars/tags/eau.ics") == uids("calendars/places/place-du-puits.ics")
    assert {"event-corvee"} == uids("calendars/places/lisiere.ics")
    assert set() == uids("en/calendars/all.ics")


ICAL_JS = """
const ical = require('ical.js'); const ICAL = ical.default || ical;
const root = new ICAL.Component(ICAL.parse(require('fs').readFileSync(0, 'utf8')));
for (const zone of root.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone);
const all = root.getAllSubcomponents('vevent').map(one => new ICAL.Event(one));
const found = [];
const iso = t => t.isDate ? t.toString() : t.toJSDate().toISOString();
const tell = (start, end, event) => found.push([iso(start), iso(end), event.component.getFirstPropertyValue('status')]);
for (const event of all.filter(one => !one.isRecurrenceException())) {
  if (!event.isRecurring()) { tell(event.startDate, event.endDate, event); continue; }
  for (const other of all) if (other.isRecurrenceException() && other.uid === event.uid) event.relateException(other);
  const dates = event.iterator();
  for (let next = dates.next(), n = 0; next && n < 100; next = dates.next(), n++) {
    const one = event.getOccurrenceDetails(next);
    tell(one.startDate, one.endDate, one.item);
  }
}
console.log(JSON.stringify(found));
"""


def has_ical_js() -> bool:
    node = shutil.which("node")
    return bool(node) and subprocess.run([node, "-e", "require('ical.js')"], capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(
    "not has_ical_js()", reason="needs node, and ical.js 2 in NODE_PATH: npm install ical.js, then NODE_PATH=…/node_modules"
)
@pytest.mark.parametrize("zone", ZONES)
def test_another_reader_expands_to_the_same_instants(tmp_path, zone):
    """Two readers that share no code must find the same; Thunderbird reads calendars with this one."""
    changes = f"{moved(4, 'starts: 2026-04-05 10:00')}, {{on: 2026-03-21, status: cancelled, note: y}}"
    recurrence = f"{{rule: FREQ=WEEKLY;UNTIL=20261231, except: [2026-03-28], changes: [{changes}]}}"
    item, raw = one_event(tmp_path, starts="2026-03-21 09:30", timezone=zone, recurrence=recurrence)

    done = subprocess.run(["node", "-e", ICAL_JS], input=raw, capture_output=True, check=True, env={**os.environ, "TZ": "UTC"})

    wanted = [[f"{starts:%Y-%m-%dT%H:%M:%S.000Z}", f"{ends:%Y-%m-%dT%H:%M:%S.000Z}", status] for starts, ends, status in meant(item)]
    assert wanted == sorted(json.loads(done.stdout))
