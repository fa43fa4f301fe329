"""Calendars as members' programs read them: by icalendar, by a literal reading of the file, and by ical.js."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest
from tests.hubs import load_village, moment, text, village, write
from tests.icals import Clocks, Instant, as_told, has_ical_js, in_order, meant, needs_ical_js, read, read_by_ical_js, utc

from handbill.hub.item import Item
from handbill.outputs import calendars
from handbill.reading.ledger import ledger_text

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


def test_an_hour_that_comes_twice_is_told_so_that_no_program_can_take_the_other(tmp_path):
    """The standard says that the first is meant, but one widespread reader takes the second: half an hour of night train would be missed."""
    item, raw = one_event(tmp_path, starts="2026-10-25 02:30+02:00", ends="2026-10-25 02:30+01:00")

    assert {b"DTSTART:20261025T003000Z", b"DTEND:20261025T013000Z"} <= set(raw.split(b"\r\n"))
    assert b"VTIMEZONE" not in raw
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


def test_a_series_without_an_end_keeps_its_hour_for_ever(tmp_path):
    """Programs follow it as long as they like; cut off after some years, every summer date after would be an hour off."""
    _, raw = one_event(tmp_path, starts="2023-06-03 18:00", recurrence="{rule: FREQ=MONTHLY;BYDAY=1SA}")

    clocks = Clocks(icalendar.Calendar.from_ical(raw))
    wanted = [datetime(year, 7, 1, 18, tzinfo=ZoneInfo("Europe/Paris")) for year in range(2023, 2060)]
    assert [utc(one) for one in wanted] == [clocks.instant(one) for one in wanted]


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


def test_a_calendar_does_not_change_by_the_clock_alone():
    """An unchanged file is answered with “not modified”, and no program asks its owner anything."""
    assert made(as_of="2026-03-20 12:00") == made(as_of="2026-04-27 23:59")


def test_what_was_called_off_leaves_the_calendars_a_month_after_its_date():
    """Until then a program that comes seldom can still learn of it; after, it is of no use; its own file stays."""
    before, after = made(as_of="2026-04-27 23:59"), made(as_of="2026-04-28 00:00")

    changed = {path for path in before if before[path] != after[path]}
    assert {"calendars/all.ics", "calendars/all-languages.ics", "calendars/places/grange.ics"} == changed
    assert [True, False] == [b"UID:event-concert@" in one["calendars/all.ics"] for one in (before, after)]
    assert b"STATUS:CANCELLED" in after["events/concert/event.ics"]
    assert moment("2026-04-28 00:00") == load_village("2026-04-27 23:59")[0].hub.leaving["event:concert"]


def test_a_contest_called_off_leaves_the_calendars_a_month_after_its_closing_with_both_its_moments(tmp_path):
    """Its opening lies long before: by that, what was called off was in no calendar when members were about to take part."""
    front = {"opens": "2026-02-01", "closes": "2026-02-28", "mechanism": "jury", "enter": "x", "organiser": "y", "prizes": "[{name: z}]"}
    root = write(tmp_path, {"content/contests/a.md": text(cancelled="Personne", **front)})
    first, last = "contest-a.opens", "contest-a.closes"
    found = [made(root, as_of)["calendars/contests.ics"].decode() for as_of in ("2026-03-02 12:00", "2026-03-10 12:00", "2026-04-02 12:00")]

    assert [{first, last}, {first, last}, set()] == [{one for one in (first, last) if f"UID:{one}@" in raw} for raw in found]


def after_losing(root: Path, name: str) -> dict[str, bytes]:
    """Return the calendars of a hub that has told of a file, and from which it is taken away."""
    write(root, {"calendars.lock": ledger_text(load_village(root=root)[0].hub.told)})
    (root / name).unlink()
    return made(root)


def test_what_vanished_is_called_off_in_the_calendars_of_everything_from_then_on(tmp_path):
    """One by subject does not know what its subjects were; and a site built for an earlier day tells nothing of a later one."""
    event = text(starts="2026-05-01 14:00", tags="[bois]", **BASE)
    root = write(tmp_path, {"events/a.md": event, "events/b.md": event})
    after_losing(root, "events/a.md")
    write(root, {"calendars.lock": ledger_text(load_village(root=root)[0].hub.told)})

    def holding(as_of):
        return {path for path, raw in made(root, as_of).items() if b"UID:event-a@" in raw}

    assert {"calendars/all.ics", "calendars/all-languages.ics"} == holding("2026-03-20 12:00")
    assert set() == holding("2026-01-01 12:00")


def test_a_translation_that_vanished_is_called_off_for_its_language_alone(tmp_path):
    """In all languages together the event is still on, under the name of the other."""
    event = text(starts="2026-05-01 14:00", **BASE)
    found = after_losing(write(tmp_path, {"events/a.md": event, "events/a.en.md": event}), "events/a.en.md")

    assert {"en/calendars/all.ics"} == {path for path, raw in found.items() if b"UID:event-a.en@" in raw}


def test_a_contest_that_vanished_is_called_off_where_contests_are(tmp_path):
    """Who takes events alone never had it."""
    front = {"opens": "2026-02-01", "closes": "2026-05-28", "mechanism": "jury", "enter": "x", "organiser": "y", "prizes": "[{name: z}]"}
    files = {f"content/contests/{name}.md": text(**front) for name in "ab"}
    found = after_losing(write(tmp_path, files), "content/contests/a.md")

    holding = [{path for path, raw in found.items() if b"UID:contest-%s.closes@" % name in raw} for name in (b"a", b"b")]
    assert holding[1] == holding[0]
    assert "calendars/contests.ics" in holding[0]


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


@needs_ical_js
@pytest.mark.parametrize("zone", ZONES)
def test_another_reader_expands_to_the_same_instants(tmp_path, zone):
    """Two readers that share no code must find the same; Thunderbird reads calendars with this one."""
    changes = f"{moved(4, 'starts: 2026-04-05 10:00')}, {{on: 2026-03-21, status: cancelled, note: y}}"
    recurrence = f"{{rule: FREQ=WEEKLY;UNTIL=20261231, except: [2026-03-28], changes: [{changes}]}}"
    item, raw = one_event(tmp_path, starts="2026-03-21 09:30", timezone=zone, recurrence=recurrence)

    (found,) = read_by_ical_js([raw])
    assert as_told(meant(item)) == sorted(one[:3] for one in found["found"])


WIDE = ("Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "America/St_Johns", "Africa/Casablanca")


def wide_hub(folder: Path) -> tuple[Path, dict[str, list[Instant]]]:
    """Return a hub of events in six zones, and the instants of each UID by plain arithmetic with zoneinfo."""
    files: dict[str, str | bytes] = {"hub.toml": '[hub]\nname = "Loin"\nbase_url = "https://essai.example/"\nlang = "fr"\n'}
    wanted: dict[str, list[Instant]] = {}
    for zone in WIDE:
        clock = ZoneInfo(zone)

        def add(
            name: str, first: str, hours: float, days: Iterable[int], rule: str = "", zone: str = zone, clock: ZoneInfo = clock
        ) -> None:
            begin = datetime.fromisoformat(first)
            starts = [begin + timedelta(days=day) for day in days]
            ends = begin + timedelta(hours=hours)
            slug = f"{zone.rpartition('/')[2].lower().replace('_', '-')}-{name}"
            front = {"starts": f"{begin:%Y-%m-%d %H:%M}", "ends": f"{ends:%Y-%m-%d %H:%M}", "timezone": zone, "title": f"{name} {zone}"}
            files[f"events/{slug}.md"] = text(**BASE, **front, **({"recurrence": f"{{rule: {rule}}}"} if rule else {}))
            span = ends - begin
            wanted[f"event-{slug}@essai.example"] = in_order(
                (one.replace(tzinfo=clock).astimezone(UTC), (one + span).replace(tzinfo=clock).astimezone(UTC), "CONFIRMED")
                for one in starts
            )

        add("weekly", "2025-09-06 09:30", 2, range(0, 7 * 80, 7), "FREQ=WEEKLY;COUNT=80")
        add("night", "2026-02-01 22:00", 8, range(300), "FREQ=DAILY;COUNT=300")
        add("small-hours", "2026-02-02 01:15", 4, range(300), "FREQ=DAILY;COUNT=300")
        add("short", "2026-02-02 01:20", 0.25, range(300), "FREQ=DAILY;COUNT=300")
        add("skipped", "2026-02-02 02:30", 1, range(300), "FREQ=DAILY;COUNT=300")
        add("biweekly", "2025-10-01 18:00", 1.5, range(0, 14 * 40, 14), "FREQ=WEEKLY;INTERVAL=2;COUNT=40")
        add("endless", "2025-01-07 19:00", 2, range(0, (date(2028, 12, 31) - date(2025, 1, 7)).days + 1, 7), "FREQ=WEEKLY")
        for number, day in enumerate(("2026-03-08", "2026-03-29", "2026-04-05", "2026-10-04", "2026-10-25", "2026-11-01", "2026-12-31")):
            add(f"single-{number}", f"{day} 12:00", 36, (0,))
    return write(folder, files), wanted


@pytest.mark.long
def test_two_readers_find_the_instants_of_zoneinfo_in_six_zones(tmp_path):
    """Every date of series across all clock changes of two years, by the file alone; the second reader is ical.js where there is node."""
    root, wanted = wide_hub(tmp_path)
    through = date(2028, 12, 31)

    raw = made(root)["calendars/all.ics"]
    assert set(WIDE) == {str(one["TZID"]) for one in icalendar.Calendar.from_ical(raw).walk("VTIMEZONE")}
    found = {uid: read(raw, uid, through) for uid in wanted}
    assert [] == [uid for uid in wanted if wanted[uid] != found[uid]]
    assert 4000 < sum(len(one) for one in found.values())
    if has_ical_js():
        (other,) = read_by_ical_js([raw], through)
        assert sorted([*line, uid] for uid, one in wanted.items() for line in as_told(one)) == sorted(other["found"])


@needs_ical_js
def test_two_readers_agree_on_every_calendar_of_the_village_and_of_this_repository():
    """What members get, not what a test makes up."""
    root = Path(__file__).parents[2]
    files = {**made(), **{f"demo/{path}": raw for path, raw in made(root, "2026-11-20 12:00").items()}}

    other = read_by_ical_js(list(files.values()))
    assert [] == [
        path
        for (path, raw), one in zip(files.items(), other, strict=True)
        if as_told(read(raw)) != sorted(found[:3] for found in one["found"])
    ]
