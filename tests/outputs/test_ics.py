"""The bytes of calendars: nothing that a text holds can become a line, a property or an event of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import icalendar
import pytest
from tests.cases import for_each
from tests.hubs import moment
from tests.icals import needs_ical_js, read_by_ical_js

from handbill.outputs.calendar_entries import Entry, Event
from handbill.outputs.ics import Calendar, ics

PLAIN = Entry(
    uid="event-a@essai.example",
    sequence=2,
    changed=datetime(2026, 3, 1, 8, tzinfo=UTC),
    title="Foire",
    text="Une foire.",
    address="https://essai.example/events/a/",
    starts=moment("2026-04-11 14:00"),
    ends=moment("2026-04-11 18:00"),
)

#: What has a meaning in a calendar, or ends a line somewhere, and how it comes back.
ODD = {
    "a carriage return and a line feed": ("a\r\nATTENDEE:b", "a\nATTENDEE:b"),
    "a carriage return": ("a\rATTENDEE:b", "a\nATTENDEE:b"),
    "a line feed": ("a\nEND:VEVENT", "a\nEND:VEVENT"),
    "a next line": ("a\x85BEGIN:VALARM", "a\nBEGIN:VALARM"),
    "a line separator": ("a\u2028BEGIN:VEVENT", "a\nBEGIN:VEVENT"),
    "a paragraph separator": ("a\u2029BEGIN:VEVENT", "a\nBEGIN:VEVENT"),
    "a vertical tab and a form feed": ("a\x0bX:1\x0cX:2", "a\nX:1\nX:2"),
    "separators of files and groups": ("a\x1cX:1\x1dX:2\x1eX:3", "a\nX:1\nX:2\nX:3"),
    "a character that ends strings": ("a\x00b\x07c\x1bd\x7fe\x9ff", "a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf"),
    "half a character": ("a\ud800b", "a\ufffdb"),
    "commas, semicolons and colons": ("a,b;c:d=e", "a,b;c:d=e"),
    "backslashes": ("a\\b\\\\c\\nd\\,e\\;f", "a\\b\\\\c\\nd\\,e\\;f"),
    "a backslash at the end": ("a\\", "a\\"),
    "quotation marks": ("\"a\" 'b' «\u202fc\u202f» ^n ^^ ^'", "\"a\" 'b' «\u202fc\u202f» ^n ^^ ^'"),
    "the words of the format": ("BEGIN:VEVENT END:VCALENDAR VALUE=DATE", "BEGIN:VEVENT END:VCALENDAR VALUE=DATE"),
    "a very long line": ("été " * 2000 + "fin", "été " * 2000 + "fin"),
    "a long line without a space": ("x" * 5000, "x" * 5000),
    "emoji in four bytes": ("🎉👩🏽\u200d🚒🏳️\u200d🌈" * 40, "🎉👩🏽\u200d🚒🏳️\u200d🌈" * 40),
    "a script from right to left": ("\u202eabc\u202c ألعاب שלום", "\u202eabc\u202c ألعاب שלום"),
    "a tab": ("a\tb", "a\tb"),
}

#: Where a text can stand, and whether it is told on one line.
FIELDS = {"title": True, "text": False, "place": True, "tags": True}


def filed(*entries: Entry, title: str = "") -> bytes:
    return ics(Calendar(title, "https://essai.example/calendars/all.ics", "Europe/Paris", "#b5451f", (Event("k", entries),)), {})


def with_odd(field: str, odd: str) -> Entry:
    return replace(PLAIN, **{field: (odd, "plain") if field == "tags" else odd})  # type: ignore[arg-type]


CASES = [(field, name) for field in FIELDS for name in ODD]


def wanted(field: str, name: str) -> str:
    back = ODD[name][1]
    return back.replace("\n", " ") if FIELDS[field] else f"{back}\n\n{PLAIN.address}"


@for_each(("field", "name"), CASES, ids=lambda one: str(one))
def test_no_text_becomes_a_line(field, name):
    """A stranger's proposal must not add an alarm, an attendee or another event; reading refuses most of it before."""
    raw = filed(with_odd(field, ODD[name][0]))
    before = {line.partition(b":")[0] for line in _lines(filed(with_odd(field, "plain")))}

    assert before == {line.partition(b":")[0] for line in _lines(raw)}
    assert [1] * 4 == [_lines(raw).count(line) for line in (b"BEGIN:VEVENT", b"END:VEVENT", b"BEGIN:VTIMEZONE", b"END:VCALENDAR")]
    assert 75 >= max(len(line) for line in raw.split(b"\r\n"))
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert b"\r" not in raw.replace(b"\r\n", b"")
    assert [line.decode("utf-8") for line in raw.split(b"\r\n")]
    event = icalendar.Calendar.from_ical(raw).walk("VEVENT")[0]
    found = {"title": event["SUMMARY"], "text": event["DESCRIPTION"], "place": event.get("LOCATION"), "tags": None}[field]
    if field == "tags":
        groups = event["CATEGORIES"] if isinstance(event["CATEGORIES"], list) else [event["CATEGORIES"]]
        found = next(one for group in groups for one in group.cats if one != "plain")
    assert wanted(field, name) == str(found)


def _lines(raw: bytes) -> list[bytes]:
    return raw.replace(b"\r\n ", b"").split(b"\r\n")


def test_there_are_eighty_injections():
    """The figure that we promise."""
    assert 80 <= len(CASES)


@needs_ical_js
def test_another_reader_finds_the_same_texts():
    """Two readers that share no code must find what was written, and one event in each file."""
    files = [filed(with_odd(field, ODD[name][0])) for field, name in CASES]

    for (field, name), found in zip(CASES, read_by_ical_js(files), strict=True):
        ((summary, description, location, _, _, _, uid, tags),) = found["texts"]
        got = {"title": summary, "text": description, "place": location, "tags": next((tag for tag in tags if tag != "plain"), "")}[field]
        assert (wanted(field, name), PLAIN.uid) == (got, uid)


@for_each("field", ["address", "joining", "picture"])
@for_each("odd", ["\r\nATTENDEE:x", "\x85X:1", "\u2028X:1", "\x00", " a b", "é", '"', "\ud800", "<>"])
def test_no_address_becomes_a_line(field, odd):
    """Addresses are not quoted in calendars, so nothing but what an address may hold can stand there."""
    raw = filed(replace(PLAIN, **{field: f"https://essai.example/a{odd}"}))

    event = icalendar.Calendar.from_ical(raw).walk("VEVENT")[0]
    name = {"address": "URL", "joining": "CONFERENCE", "picture": "IMAGE"}[field]
    assert str(event[name]).startswith("https://essai.example/a%")
    assert str(event[name]).isascii()
    assert [] == [line for line in _lines(raw) if line.startswith((b"ATTENDEE", b"X:"))]


def test_an_address_may_hold_commas_and_semicolons():
    """As a text they would get a backslash, and lead nowhere."""
    event = _lines(filed(replace(PLAIN, joining="https://visio.example/a,b;c?d=e&f", picture="https://essai.example/a,b.jpg")))

    assert b"CONFERENCE;FEATURE=VIDEO;VALUE=URI:https://visio.example/a,b;c?d=e&f" in event
    assert b"IMAGE;DISPLAY=GRAPHIC;FMTTYPE=image/jpeg;VALUE=URI:https://essai.example/a,b.jpg" in event


@pytest.mark.parametrize("name", ODD)
def test_no_title_of_a_calendar_becomes_a_line(name):
    """It comes from hub.toml, a tag or a place."""
    file = icalendar.Calendar.from_ical(filed(PLAIN, title=ODD[name][0]))

    assert ODD[name][1].replace("\n", " ") == str(file["NAME"]) == str(file["X-WR-CALNAME"])
    assert 1 == len(file.walk("VEVENT"))


def test_a_calendar_to_subscribe_to_says_what_it_is():
    """Its name, its colour, where it comes from and how often to look (RFC 7986; the X- names for older programs)."""
    lines = set(filed(PLAIN, title="Essai").split(b"\r\n"))

    assert {
        b"VERSION:2.0",
        b"PRODID:-//Handbill//Hub//EN",
        b"METHOD:PUBLISH",
        b"NAME:Essai",
        b"X-WR-CALNAME:Essai",
        b"X-WR-TIMEZONE:Europe/Paris",
        b"COLOR:brown",
        b"X-APPLE-CALENDAR-COLOR:#b5451f",
        b"REFRESH-INTERVAL;VALUE=DURATION:PT12H",
        b"X-PUBLISHED-TTL:PT12H",
        b"SOURCE;VALUE=URI:https://essai.example/calendars/all.ics",
    } <= lines


def test_a_file_of_one_event_says_nothing_of_a_calendar():
    """It is put into the reader's own, which has a name and a colour."""
    assert [] == [line for line in _lines(filed(PLAIN)) if line.startswith((b"NAME", b"COLOR", b"SOURCE", b"X-", b"REFRESH"))]


def test_an_event_is_told_in_full():
    """Number and moments from the ledger; the same moment twice, because no clock is asked."""
    full = replace(PLAIN, place="Salle, 1 rue du Port", position=(44.8, -0.5), tags=("Bois", "Fer, cuivre"), status="TENTATIVE")

    assert {
        b"UID:event-a@essai.example",
        b"SEQUENCE:2",
        b"DTSTAMP:20260301T080000Z",
        b"LAST-MODIFIED:20260301T080000Z",
        b"DTSTART;TZID=Europe/Paris:20260411T140000",
        b"DTEND;TZID=Europe/Paris:20260411T180000",
        b"STATUS:TENTATIVE",
        b"LOCATION:Salle\\, 1 rue du Port",
        b"GEO:44.8;-0.5",
        b"CATEGORIES:Bois,Fer\\, cuivre",
        b"URL:https://essai.example/events/a/",
    } <= set(_lines(filed(full)))


def test_a_moment_without_length_has_no_end():
    """An end that is the start is not allowed (RFC 5545, 3.8.2.2)."""
    assert [] == [line for line in _lines(filed(replace(PLAIN, ends=None))) if line.startswith(b"DTEND")]


@pytest.mark.parametrize("zone", ["UTC", "Etc/UTC"])
def test_utc_and_whole_days_need_no_zone(zone):
    """A zone of that name would be one more thing to get wrong."""
    raw = filed(replace(PLAIN, starts=moment("2026-04-11 14:00", zone), ends=moment("2026-04-11 18:00", zone)))

    assert {b"DTSTART:20260411T140000Z", b"DTEND:20260411T180000Z"} <= set(_lines(raw))
    days = filed(replace(PLAIN, starts=date(2026, 4, 11), ends=date(2026, 4, 12), is_free=True))
    assert {b"DTSTART;VALUE=DATE:20260411", b"DTEND;VALUE=DATE:20260413", b"TRANSP:TRANSPARENT"} <= set(_lines(days))
    assert b"VTIMEZONE" not in raw + days


def test_each_zone_is_told_once_and_from_the_first_year_on():
    """Two of one name are a fault to strict readers."""
    other = replace(PLAIN, uid="b@x", starts=moment("1999-04-11 14:00"), ends=moment("2026-04-11 18:00", "Asia/Tokyo"))

    zones = {str(one["TZID"]): one for one in icalendar.Calendar.from_ical(filed(PLAIN, other)).walk("VTIMEZONE")}
    assert {"Europe/Paris", "Asia/Tokyo"} == set(zones)
    assert 1999 > min(part["DTSTART"].dt.year for part in zones["Europe/Paris"].subcomponents)


def test_the_dates_of_a_series_are_told_by_its_own_clock():
    """By another one a program would not find the date to leave out, or to change."""
    series = replace(PLAIN, rule="FREQ=WEEKLY;COUNT=4", excluded=(moment("2026-04-18 14:00"),), added=(moment("2026-04-20 10:00"),))
    one = replace(PLAIN, original=moment("2026-04-25 14:00"))

    assert {
        b"RRULE:FREQ=WEEKLY;COUNT=4",
        b"EXDATE;TZID=Europe/Paris:20260418T140000",
        b"RDATE;TZID=Europe/Paris:20260420T100000",
        b"RECURRENCE-ID;TZID=Europe/Paris:20260425T140000",
    } <= set(_lines(filed(series, one)))


def test_an_event_is_written_once_for_all_calendars():
    """It stands in a file of its own and in those of all, its tags and its place: a hub of ten thousand would write forty thousand."""
    written: dict[str, bytes] = {}
    first = ics(Calendar("", "", "Europe/Paris", "#b5451f", (Event("k", (PLAIN,)),)), written)

    assert written["k"] in first
    written["k"] = b"BEGIN:VEVENT\r\nX-KEPT:1\r\nEND:VEVENT\r\n"
    assert b"X-KEPT" in ics(Calendar("Essai", "https://x.example/", "Europe/Paris", "#b5451f", (Event("k", (PLAIN,)),)), written)


def test_another_program_makes_every_file_anew(monkeypatch):
    """A mended fault that stays in the files that stand is not mended for anybody."""
    calendar = Calendar("", "", "Europe/Paris", "", (Event("k", (PLAIN,)),))
    before = calendar.key
    assert before == calendar.key

    monkeypatch.setattr("handbill.outputs.ics.engine_digest", lambda: "another")
    assert before != calendar.key
