"""An entry of a calendar in neutral words."""

from __future__ import annotations

from datetime import timedelta

from handbill.reviewing.calendar_blocks import Properties, properties_of
from handbill.reviewing.dates import by_the_rule, facts_of, length_of, shift_of, starts_of, zone_of


def entry(*lines: str) -> Properties:
    return properties_of("".join(f"{line}\r\n" for line in ("BEGIN:VEVENT", *lines, "END:VEVENT")).encode())


def test_a_moment_is_told_by_the_clock_of_its_own_zone():
    """A member who travels to Lisbon looks at a clock in Lisbon."""
    there = entry("DTSTART;TZID=Europe/Lisbon:20260411T140000")

    assert starts_of(there, "Europe/Paris") == "2026-04-11T14:00:00+01:00"
    assert zone_of(there) == "Europe/Lisbon"


def test_what_is_told_in_the_worlds_time_is_shown_by_the_clock_of_the_hub():
    """An hour that comes twice is written in UTC, and nobody in Paris thinks in UTC."""
    night = entry("DTSTART:20261025T003000Z")

    assert starts_of(night, "Europe/Paris") == "2026-10-25T02:30:00+02:00"
    assert starts_of(night, "") == "2026-10-25T00:30:00+00:00"
    assert zone_of(night) == ""


def test_whole_days_end_on_their_last_day():
    """The file names the day after it, which no member would understand."""
    fair = facts_of(entry("DTSTART;VALUE=DATE:20260501", "DTEND;VALUE=DATE:20260504"), "Europe/Paris")

    assert (fair["start"], fair["end"]) == ("2026-05-01", "2026-05-03")


def test_the_text_stands_without_the_address_that_ends_it():
    """The address is told by itself; moved with its item, it must not look like another text."""
    said = facts_of(entry("DESCRIPTION:Musique.\\n\\nhttps://a.example/x/", "URL:https://a.example/x/"), "")

    assert (said["text"], said["page"]) == ("Musique.", "https://a.example/x/")


def test_a_rule_stands_behind_its_first_day():
    """“Every month” means another day for each first day."""
    assert facts_of(entry("DTSTART;VALUE=DATE:20260501", "RRULE:FREQ=MONTHLY"), "")["repeats"] == "2026-05-01 FREQ=MONTHLY"


def test_a_date_without_an_entry_of_its_own_is_as_the_rule_has_it():
    """When an exception is taken back, members get what all other dates are."""
    series = entry(
        "DTSTART;TZID=Europe/Paris:20260110T090000", "DTEND;TZID=Europe/Paris:20260110T120000", "RRULE:FREQ=WEEKLY", "SUMMARY:Bois"
    )
    single = entry("RECURRENCE-ID;TZID=Europe/Paris:20260411T090000", "DTSTART;TZID=Europe/Paris:20260412T100000", "SUMMARY:Autre")

    date = by_the_rule(series, single)

    assert date is not None
    facts = facts_of(date, "Europe/Paris")
    assert (facts["start"], facts["end"]) == ("2026-04-11T09:00:00+02:00", "2026-04-11T12:00:00+02:00")
    assert (facts["title"], facts["repeats"]) == ("Bois", "")


def test_a_date_that_the_series_leaves_out_is_nothing_by_the_rule():
    """Nobody is told to come on a date that there is not."""
    series = entry("DTSTART;VALUE=DATE:20260110", "RRULE:FREQ=WEEKLY", "EXDATE;VALUE=DATE:20260411")

    assert by_the_rule(series, entry("RECURRENCE-ID;VALUE=DATE:20260411", "DTSTART;VALUE=DATE:20260412")) is None


def test_how_far_and_how_long_are_measured_on_the_wall():
    """A series that begins an hour later moves each date by that hour, whatever clocks do in between."""
    was = entry("DTSTART;TZID=Europe/Paris:20260110T090000", "DTEND;TZID=Europe/Paris:20260110T120000")
    now = entry("DTSTART;TZID=Europe/Paris:20260411T100000", "DTEND;TZID=Europe/Paris:20260411T130000")

    assert length_of(was) == timedelta(hours=3)
    assert shift_of(was, now) == (timedelta(days=91, hours=1), timedelta(hours=3), timedelta(hours=3))
    assert length_of(entry("DTSTART;VALUE=DATE:20260110")) is None
    assert shift_of(was, entry("DTSTART;VALUE=DATE:20260110")) is None
