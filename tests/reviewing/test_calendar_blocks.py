"""Calendars are read back as they were written."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import icalendar
from tests.reviewing.built import state_of

from handbill.reviewing.calendar_blocks import blocks_of, properties_of, uid_of, zone_of

CALENDAR = """BEGIN:VCALENDAR\r
X-WR-TIMEZONE:Europe/Paris\r
BEGIN:VTIMEZONE\r
TZID:Europe/Paris\r
END:VTIMEZONE\r
BEGIN:VEVENT\r
UID:fete@village.example\r
SUMMARY:Fête\\, la grande \\\\ belle\\nen deux lign\r
 es\r
CATEGORIES:Eau\\, vive,Feu\r
DTSTART;TZID=Europe/Paris:20260411T140000\r
DTEND:20260412T010000Z\r
EXDATE;VALUE=DATE:20260501,20260508\r
IMAGE;VALUE=URI;DISPLAY="GRAPHIC:x;y":https://a.example/b:c;d.png\r
END:VEVENT\r
END:VCALENDAR\r
"""


def test_an_event_is_one_block_and_the_rest_is_the_head():
    """Zones follow from the events: a calendar that only names another one says nothing else of itself."""
    blocks = blocks_of(CALENDAR.encode())

    assert len(blocks.events) == 1
    assert blocks.head == b"BEGIN:VCALENDAR\r\nX-WR-TIMEZONE:Europe/Paris\r\nEND:VCALENDAR\r\n"
    assert zone_of(blocks.head) == "Europe/Paris"


def test_lines_are_unfolded_and_texts_are_no_longer_escaped():
    """A reviewer reads what a member reads, not how the file writes it."""
    (block,) = blocks_of(CALENDAR.encode()).events
    event = properties_of(block)

    assert event["SUMMARY"][0].text == "Fête, la grande \\ belle\nen deux lignes"
    assert event["CATEGORIES"][0].texts == ("Eau, vive", "Feu")
    assert event["IMAGE"][0].value == "https://a.example/b:c;d.png"


def test_moments_have_the_zone_by_whose_clock_they_are_told():
    """Two o'clock in Lisbon is not two o'clock in Paris."""
    (block,) = blocks_of(CALENDAR.encode()).events
    event = properties_of(block)

    assert event["DTSTART"][0].moments == (datetime(2026, 4, 11, 14, tzinfo=ZoneInfo("Europe/Paris")),)
    assert event["DTEND"][0].moments == (datetime(2026, 4, 12, 1, tzinfo=UTC),)
    assert event["EXDATE"][0].moments == (date(2026, 5, 1), date(2026, 5, 8))


def test_every_calendar_of_a_hub_reads_as_a_library_reads_it(hub):
    """What we write and what we read must be one thing; the library is not ours."""
    for raw in state_of(hub).calendars.values():
        theirs = list(icalendar.Calendar.from_ical(raw).walk("VEVENT"))
        ours = [properties_of(block) for block in blocks_of(raw).events]

        assert len(theirs) == len(ours)
        for event in theirs:
            day = event["RECURRENCE-ID"].dt if "RECURRENCE-ID" in event else None
            (same,) = [
                one
                for one in ours
                if one["UID"][0].text == event["UID"] and (one["RECURRENCE-ID"][0].moments[0] if "RECURRENCE-ID" in one else None) == day
            ]
            assert str(event["SUMMARY"]) == same["SUMMARY"][0].text
            assert str(event["DESCRIPTION"]) == same["DESCRIPTION"][0].text
            assert event["DTSTART"].dt == same["DTSTART"][0].moments[0]


def test_the_uid_is_known_without_reading_the_rest():
    """Of thousands of events one differs, and only that one is taken apart; a long UID goes on in the next line."""
    assert uid_of(b"BEGIN:VEVENT\r\nSUMMARY:UID:no\r\nUID:fete@village\r\n .example\r\nEND:VEVENT\r\n") == b"fete@village.example"
    assert uid_of(b"BEGIN:VEVENT\r\nEND:VEVENT\r\n") == b""
