"""The zones of calendars, by whatever name they go."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from handbill.importing.ics.parts import Part, parts_of
from handbill.importing.ics.zones import Zones

PARIS = """BEGIN:VTIMEZONE
TZID:Custom
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
"""
NEW_YORK = (
    PARIS.replace("+0200", "-0400")
    .replace("+0100", "-0500")
    .replace("-1SU;BYMONTH=10", "1SU;BYMONTH=11")
    .replace("-1SU;BYMONTH=3", "2SU;BYMONTH=3")
)
FIXED = (
    "BEGIN:VTIMEZONE\nTZID:F\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0530\nTZOFFSETTO:+0530\nEND:STANDARD\nEND:VTIMEZONE\n"
)


def described(text: str) -> Part:
    return parts_of(text.encode())[0][0]


def found(name: str, text: str = "", own: str = "Europe/Lisbon") -> tuple[str, str]:
    return Zones({name: described(text)} if text else {}, own).zone_of(name, 2026)


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("Europe/Paris", "Europe/Paris"),
        ("/freeassociation.sourceforge.net/Europe/Paris", "Europe/Paris"),
        ("/mozilla.org/20050126_1/America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        ("/citadel.org/20210210_1/Europe/Brussels", "Europe/Brussels"),
        ("Romance Standard Time", "Europe/Paris"),
        ("W. Europe Standard Time", "Europe/Berlin"),
        ("GMT Standard Time", "Europe/London"),
        ("eastern standard time", "America/New_York"),
        ("tzone://Microsoft/Utc", "UTC"),
        ("UTC", "UTC"),
    ],
)
def test_a_zone_is_known_by_the_names_that_programs_give_it(name, zone):
    """Outlook, Evolution and Thunderbird never say “Europe/Paris” alone."""
    assert zone == found(name)[0]


@pytest.mark.parametrize(
    ("text", "own", "zone"),
    [
        (PARIS, "Europe/Paris", "Europe/Paris"),
        (PARIS, "Europe/Brussels", "Europe/Brussels"),
        (NEW_YORK, "Europe/Paris", "America/New_York"),
    ],
)
def test_a_zone_of_unknown_name_is_found_by_its_offsets_the_hubs_own_first(text, own, zone):
    """“(UTC+01:00) Brussels, Copenhagen, Madrid, Paris” is a name for people; its hours are what counts."""
    assert (zone, "by its offsets") == found("(UTC+01:00) Brussels, Copenhagen, Madrid, Paris", text, own)


def test_a_zone_found_by_its_offsets_shows_the_same_hours_all_year():
    """No event may move by an hour for having come from another program."""
    zone = ZoneInfo(found("Custom", NEW_YORK)[0])
    for day in range(365):
        moment = datetime(2026, 1, 1, 12, tzinfo=UTC) + timedelta(days=day)
        second_sunday, first_sunday = datetime(2026, 3, 8, 7, tzinfo=UTC), datetime(2026, 11, 1, 6, tzinfo=UTC)
        assert timedelta(hours=-4 if second_sunday <= moment < first_sunday else -5) == moment.astimezone(zone).utcoffset()


def test_a_zone_that_never_changes_its_clocks_is_found():
    """Half past is an offset, too."""
    zone, how = found("India", FIXED)

    assert timedelta(hours=5, minutes=30) == datetime(2026, 7, 1, tzinfo=ZoneInfo(zone)).utcoffset()
    assert "by its offsets" == how


@pytest.mark.parametrize("name", ["evil", "../../etc/passwd", "/etc/passwd", "", "Europe/../../../etc/passwd", "a" * 5000])
def test_a_name_that_is_no_zone_is_none(name):
    """A guess would be a wrong hour, and a path must not be opened."""
    assert ("", "") == found(name)


@pytest.mark.parametrize(
    "text",
    [
        "BEGIN:VTIMEZONE\nTZID:x\nEND:VTIMEZONE\n",
        FIXED.replace("+0530", "garbage"),
        FIXED.replace("19700101T000000", "never"),
        FIXED.replace("+0530", "+0517"),
        FIXED.replace("TZOFFSETTO", "RRULE:FREQ=SECONDLY\nTZOFFSETTO").replace("+0530", "+0517"),
    ],
)
def test_a_description_that_makes_no_sense_gives_no_zone(text):
    """Offsets that no zone of the world has are nobody's."""
    assert ("", "") == found("x", text)
