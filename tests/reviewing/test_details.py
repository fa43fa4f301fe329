"""Details of dates and letters as an editor reads them."""

from __future__ import annotations

import pytest
from tests.cases import for_each

from handbill.reviewing.dates import NAMES as OF_DATES
from handbill.reviewing.details import NAMES, moment, told
from handbill.reviewing.record import Detail
from handbill.telling import tell


@pytest.mark.parametrize(
    ("name", "value", "french"),
    [
        ("start", "2026-04-11T14:00:00+02:00", "samedi 11 avril 2026 à 14\N{NO-BREAK SPACE}h"),
        ("end", "2026-05-01", "vendredi 1er mai 2026"),
        ("not on", "2026-05-09, 2026-06-13", "samedi 9 mai 2026, samedi 13 juin 2026"),
        ("repeats", "2026-01-10 FREQ=MONTHLY;COUNT=8;BYDAY=2SA", "Le deuxième samedi du mois, 8 fois"),
        ("repeats", "2026-01-03 FREQ=WEEKLY;BYDAY=SA;UNTIL=20261212T225959Z", "Chaque samedi, jusqu’au 12 décembre 2026"),
        ("repeats", "2026-01-03 FREQ=WEEKLY;UNTIL=20261212", "Chaque samedi, jusqu’au 12 décembre 2026"),
        ("standing", "CANCELLED", "n’a pas lieu"),
        ("time zone", "Europe/Lisbon", "Lisbonne"),
        ("availability", "busy", "occupé"),
        ("state", "draft", "brouillon"),
        ("title", "draft", "draft"),
    ],
)
def test_a_value_is_said_as_people_say_it(name, value, french):
    """An editor reads “Saturday 11 April at 2 pm”, not a row of digits; what somebody wrote stays as it was written."""
    assert told(Detail(name, value, ""), "fr") == Detail(tell(name, "fr"), french, "")


def test_english_is_told_as_well():
    """A reviewer may read another language than the hub."""
    assert told(Detail("start", "", "2026-04-11T14:00:00+02:00"), "en") == Detail("start", "", "Saturday 11 April 2026 at 14:00")


@pytest.mark.parametrize("name", [*OF_DATES, "calendars", "state", "day of sending"])
def test_every_name_has_its_word(name):
    """A name without a word would stand there in English."""
    assert name in NAMES
    assert tell(name, "fr") != name or name in ("page", "position")


def test_a_date_elsewhere_is_told_with_the_city_whose_clock_it_is():
    """A member in Bordeaux must not take the hour of Lisbon for one of hers."""
    assert moment("2026-04-11T14:00:00+01:00", "Europe/Lisbon", "en") == "Saturday 11 April 2026 at 14:00, local time in Lisbon"
    assert moment("2026-04-11", "", "en") == "Saturday 11 April 2026"


@for_each(
    "value",
    [
        "<script>", "2026-13-45", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "2026-01-01 FREQ=", "2026-01-01 " + "A=1;" * 9000,
        "x FREQ=WEEKLY", "2026-01-01 FREQ=WEEKLY;BYDAY=XX", "2026-01-01 FREQ=WEEKLY;INTERVAL=9999999999999999999", "2026-01-01 FREQ=YEARLY;BYMONTH=99",
        "2026-01-01 FREQ=WEEKLY;UNTIL=99999999", "2026-01-01 FREQ=MONTHLY;BYMONTHDAY=0", "{x}", "../../etc/passwd", "\x00", ", , ,", "2026-W01-1",
    ],
)  # fmt: skip
@for_each("name", ["start", "not on", "repeats", "standing", "time zone", "state", "{x.__class__}"])
def test_what_a_stranger_wrote_is_shown_or_said_but_stops_nothing(name, value):
    """The record comes out of a build of a stranger's proposal; the comment is written by the program that we trust."""
    found = told(Detail(name, value, value), "fr")

    assert found.before == found.after != ""
    if value.startswith(("<", "x", "{", "..", "\x00")):
        assert found.before == value
