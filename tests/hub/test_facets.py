"""Occurrences, deadlines and places as outputs read them."""

from datetime import date

from tests.hubs import moment

from handbill.hub.facets import Deadline, Occurrence, Place, instant


def test_a_last_day_lasts_until_its_midnight():
    """An all-day event on the 12th is not over at noon."""
    weekend = Occurrence(date(2026, 4, 11), date(2026, 4, 12), "Europe/Paris")

    assert weekend.all_day
    assert moment("2026-04-11 00:00") == weekend.begins
    assert moment("2026-04-13 00:00") == weekend.finishes


def test_a_day_begins_in_the_zone_of_its_place():
    """A day in Lisbon begins an hour after the same day in Paris."""
    assert 3600 == (instant(date(2026, 4, 11), "Europe/Lisbon") - instant(date(2026, 4, 11), "Europe/Paris")).total_seconds()


def test_entries_are_accepted_until_just_before_the_closing_instant():
    """The first instant too late is too late."""
    deadline = Deadline(moment("2026-05-01 00:00"), moment("2026-05-11 00:00"))

    assert not deadline.is_open(moment("2026-04-30 23:59"))
    assert deadline.is_open(moment("2026-05-10 23:59"))
    assert not deadline.is_open(moment("2026-05-11 00:00"))


def test_a_closing_at_midnight_is_told_as_the_last_minute_of_the_day_before():
    """Nobody says that entries close on the 11th at 0:00."""
    assert moment("2026-05-10 23:59") == Deadline(moment("2026-05-01 00:00"), moment("2026-05-11 00:00")).last
    assert moment("2026-05-10 18:00") == Deadline(moment("2026-05-01 00:00"), moment("2026-05-10 18:00")).last


def test_a_place_on_one_line_leaves_out_what_is_not_known():
    """A stray comma looks like a lost address."""
    assert "Salle, 33000 Bordeaux" == Place("Salle", postcode="33000", city="Bordeaux").line
    assert "Salle" == Place("Salle").line
