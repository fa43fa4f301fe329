"""The dates of a calendar, to the instant."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from handbill.importing.ics.lines import parsed
from handbill.importing.ics.parts import Part
from handbill.importing.ics.when import Clock, duration, end_of, written
from handbill.importing.ics.zones import Zones
from handbill.importing.sources import Refusal

PARIS = ZoneInfo("Europe/Paris")


def clock(default: str = "Europe/Paris") -> Clock:
    return Clock(Zones({}, "Europe/Paris"), default)


def line(text: str):
    found = parsed(3, text)
    assert found is not None
    return found


def span(start: str, *more: str):
    """Return start and end as a hub writes them, the zone, and what was said of it."""
    own = clock()
    starts = own.begin(line(start), is_repeated=False)
    ends = end_of(Part("VEVENT", 1, [(number, text) for number, text in enumerate((start, *more), 2)]), starts, own)
    return written(starts), written(ends) if ends is not None else "", own.zone, [note.what for note in (*own.changes, *own.notes)]


@pytest.mark.parametrize(
    ("start", "end", "wanted"),
    [
        ("DTSTART:20260509T120000Z", "DTEND:20260509T160000Z", ("2026-05-09 14:00", "2026-05-09 18:00", "Europe/Paris")),
        ("DTSTART;TZID=Europe/Paris:20260509T140000", "DURATION:PT4H", ("2026-05-09 14:00", "2026-05-09 18:00", "Europe/Paris")),
        ("DTSTART;TZID=America/New_York:20260509T140000", "DURATION:P1D", ("2026-05-09 14:00", "2026-05-10 14:00", "America/New_York")),
        (
            "DTSTART;TZID=Europe/Paris:20260509T140000",
            "DTEND;TZID=America/New_York:20260509T100000",
            ("2026-05-09 14:00", "2026-05-09 16:00", "Europe/Paris"),
        ),
        ("DTSTART;VALUE=DATE:20260822", "DTEND;VALUE=DATE:20260825", ("2026-08-22", "2026-08-24", "Europe/Paris")),
        ("DTSTART;VALUE=DATE:20260822", "DTEND;VALUE=DATE:20260822", ("2026-08-22", "2026-08-22", "Europe/Paris")),
        ("DTSTART;VALUE=DATE:20260822", "DURATION:P3D", ("2026-08-22", "2026-08-24", "Europe/Paris")),
        ("DTSTART:20260822", "X-A:b", ("2026-08-22", "", "Europe/Paris")),
        ("DTSTART:2026-08-22T10:00:00Z", "DTEND:2026-08-22T11:00:00Z", ("2026-08-22 12:00", "2026-08-22 13:00", "Europe/Paris")),
        ("DTSTART:20260822T240000", "X-A:b", ("2026-08-23 00:00", "", "Europe/Paris")),
        ("DTSTART:20260630T235960Z", "X-A:b", ("2026-07-01 01:59:59", "", "Europe/Paris")),
        # The second of two equal hours keeps its offset, and the first one has one too.
        ("DTSTART:20261025T013000Z", "X-A:b", ("2026-10-25 02:30+01:00", "", "Europe/Paris")),
        ("DTSTART:20261025T003000Z", "X-A:b", ("2026-10-25 02:30+02:00", "", "Europe/Paris")),
        # A day of a duration is one on the wall, though that night has an hour more.
        ("DTSTART;TZID=Europe/Paris:20261024T120000", "DURATION:P1DT1H", ("2026-10-24 12:00", "2026-10-25 13:00", "Europe/Paris")),
        ("DTSTART;TZID=Europe/Paris:20261024T230000", "DURATION:PT6H", ("2026-10-24 23:00", "2026-10-25 04:00", "Europe/Paris")),
    ],
)
def test_start_and_end_are_the_same_instants(start, end, wanted):
    """A member who comes an hour late does not come again."""
    assert wanted == span(start, end)[:3]


@pytest.mark.parametrize(
    ("start", "more", "told"),
    [
        ("DTSTART:20260509T140000", "X-A:b", "times without a zone were taken for local ones"),
        ("DTSTART;TZID=evil:20260509T140000", "X-A:b", "the time zone is not known, and the hub's was taken"),
        ("DTSTART;TZID=Romance Standard Time:20260509T140000", "X-A:b", "the time zone was found by its name in Windows"),
        ("DTSTART;TZID=Europe/Paris:20260329T023000", "X-A:b", "an hour that the clocks skip that night became the one that they show"),
        ("DTSTART:20260509T140000Z", "DTEND:20260509T130000Z", "the end lies before the start and was left out"),
        (
            "DTSTART:20260509T140000Z",
            "DTEND;VALUE=DATE:20260509",
            "the end was left out: one of start and end is a day, the other a moment",
        ),
        ("DTSTART:20260509T140000Z", "DTEND:never", "the end was left out"),
        ("DTSTART:20260509T140000Z", "DTEND:20260509T140000Z", "it ends as it starts: a hub takes two hours"),
        ("DTSTART:20260509T140000Z", "DURATION:-PT1H", "the duration is not understood and was left out"),
        ("DTSTART:20260509T140000Z", "X-A:b", "no end: a hub takes two hours"),
    ],
)
def test_what_was_decided_about_a_date_is_told(start, more, told):
    """An editor can only check what is said."""
    assert told in span(start, more)[3]


def test_a_zone_that_nobody_knows_leaves_a_doubt():
    """Such an event becomes a draft: nobody shall travel to an hour that was guessed."""
    own = clock()
    own.begin(line("DTSTART;TZID=evil:20260509T140000"), is_repeated=False)

    assert ["evil"] == own.doubts


def test_what_repeats_in_utc_stays_in_utc():
    """Told in local time its hour would move twice a year, and a rule cannot say that."""
    own = clock()
    starts = own.begin(line("DTSTART:20260106T180000Z"), is_repeated=True)

    assert ("UTC", "2026-01-06 18:00") == (own.zone, written(starts))


def test_other_moments_are_told_in_the_zone_of_the_event():
    """Outlook writes the exceptions of a series in UTC."""
    own = clock()
    own.begin(line("DTSTART;TZID=Europe/Paris:20260106T190000"), is_repeated=True)

    assert datetime(2026, 7, 7, 19, tzinfo=PARIS) == own.moment(line("EXDATE:20260707T170000Z"))
    assert date(2026, 7, 7) == own.moment(line("EXDATE;VALUE=DATE:20260707"))


@pytest.mark.parametrize(
    "value",
    ["00010101T000000Z", "99991231T235959Z", "20261332T000000Z", "20260509T256100Z", "x", "", "2026", "20260509T1400Zx", "٢٠٢٦٠٥٠٩"],
)
def test_what_is_no_date_of_our_time_is_refused_with_its_line(value):
    """An event in the year 9999 breaks calendars, and one without a date is none."""
    with pytest.raises(Refusal) as caught:
        clock().begin(line(f"DTSTART:{value}"), is_repeated=False)

    assert 3 == caught.value.line


@pytest.mark.parametrize("value", ["P99999W", "P999999D", "PT999999999S", "P99999W99999D"])
def test_no_length_is_so_great_that_it_ends_beyond_all_calendars(value):
    """Such a length is a fault of a program, or a trap."""
    own = clock()
    starts = own.begin(line("DTSTART:20260509T140000Z"), is_repeated=False)
    part = Part("VEVENT", 1, [(2, f"DURATION:{value}")])
    try:
        ends = end_of(part, starts, own)
    except Refusal:
        return
    assert ends is None or ends.year < 2200


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("PT1H30M", timedelta(hours=1, minutes=30)),
        ("P1W", timedelta(weeks=1)),
        ("+P1DT12H", timedelta(hours=36)),
        ("P", None),
        ("PT", None),
        ("-P1D", None),
        ("1H", None),
    ],
)
def test_durations_are_read_as_the_standard_says(text, wanted):
    """RFC 5545, 3.3.6."""
    assert wanted == duration(line(f"DURATION:{text}"))


def test_a_gap_is_left_by_the_offset_before_it():
    """RFC 5545, 3.3.5: half past two does not come that night; half past three does."""
    assert datetime(2026, 3, 29, 1, 30, tzinfo=UTC) == clock().begin(line("DTSTART;TZID=Europe/Paris:20260329T023000"), is_repeated=False)
