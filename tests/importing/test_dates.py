"""Dates as people wrote them: understood when they can mean one day only."""

from __future__ import annotations

import pytest
from tests.cases import for_each

from handbill.importing.dates import read_date


@for_each(
    ("written", "expected"),
    [
        ("2013-06-07 18:46", "2013-06-07 18:46"),
        ("2013-06-07", "2013-06-07"),
        ("2020-11-4", "2020-11-04"),
        ("2013-06-07T18:46", "2013-06-07 18:46"),
        ("2013-06-07T18:46:09", "2013-06-07 18:46:09"),
        ("2013-06-07_18:46", "2013-06-07 18:46"),
        ("2013-06-07  18:46:00", "2013-06-07 18:46"),
        ("2013/06/07 9:05", "2013-06-07 09:05"),
        ("2013.6.7", "2013-06-07"),
        ("20130607", "2013-06-07"),
        ("20130607T184600", None),
        ("7 June 2013", "2013-06-07"),
        ("7th of June 2013", None),
        ("07-Jun-2013", "2013-06-07"),
        ("June 7, 2013", "2013-06-07"),
        ("Jun. 7 2013 6:46 pm", "2013-06-07 18:46"),
        ("Sept 7, 2013 at 12:05 AM", "2013-09-07 00:05"),
        ("Fri, 07 Jun 2013 18:46:00 +0200", "2013-06-07 18:46"),
        ("Friday 7 June 2013", "2013-06-07"),
        ("2013-06-07T16:46:00Z", "2013-06-07 18:46"),
        ("2013-06-07 16:46 UTC", "2013-06-07 18:46"),
        ("2013-06-07 16:46+00:00", "2013-06-07 18:46"),
        ("2013-06-07 23:30:00-05:00", "2013-06-08 06:30"),
        ("2013-06-07 16:46 UTC+01", None),
        ("13/04/2026", "2026-04-13"),
        ("04/13/2026", "2026-04-13"),
        ("13.04.2026", "2026-04-13"),
        ("03/03/2026", "2026-03-03"),
    ],
)
def test_a_date_that_can_mean_one_day_is_written_as_iso_8601(written, expected):
    if expected is None:
        with pytest.raises(ValueError, match="“"):
            read_date(written, "Europe/Paris")
    else:
        assert expected == read_date(written, "Europe/Paris").text


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("03/04/2026", "can be the 3 of month 4 or the 4 of month 3"),
        ("3.4.2026", "can be"),
        ("03-04-2026", "can be"),
        ("03/04/26", "no whole date"),
        ("13-6-7", "no whole date"),
        ("10", "no whole date"),
        ("June 2013", "no whole date"),
        ("18:46", "no whole date"),
        ("yesterday", "no whole date"),
        ("", "no whole date"),
        ("7 Juin 2013", "no date of the calendar"),
        ("2013-02-30", "no date of the calendar"),
        ("2026-13-01", "no date of the calendar"),
        ("31/31/2026", "no date of the calendar"),
        ("2013-06-07 25:00", "no time of a day"),
        ("2013-06-07 13:00 pm", "no time of a day"),
        ("2013-06-07 18:46 CEST", "time of day is not understood"),
        ("2013-06-07 18h46", "no whole date"),
    ],
)
def test_a_date_that_would_have_to_be_guessed_is_refused(written, why):
    """Pelican takes 03/04 for March, and what is missing from today."""
    with pytest.raises(ValueError, match="“") as refusal:
        read_date(written, "Europe/Paris")

    assert why in str(refusal.value)


def test_what_is_lost_of_a_date_is_said():
    assert "a part of a second" == read_date("2013-06-07 18:46:09.250", "UTC").left_out
    assert "" == read_date("2013-06-07 18:46:09.000", "UTC").left_out
    assert "two equal hours" in read_date("2013-10-27 01:30Z", "Europe/Paris").left_out
    assert "" == read_date("2013-10-27 00:30Z", "Europe/Paris").left_out
