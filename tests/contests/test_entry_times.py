"""The moment of an entry decides whether it counts, so it is read as forms write it, and never guessed."""

from datetime import UTC, datetime

import pytest

from handbill.contests.entry_times import NoMoment, Span, needs_order, orders_of, span_of

PARIS = "Europe/Paris"


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-06-12 18:30", "2026-06-12 16:30"),
        ("2026-06-12T18:30:05", "2026-06-12 16:30:05"),
        ("2026-06-12T16:30:05.123Z", "2026-06-12 16:30:05"),
        ("2026-06-12T18:30:05+02:00", "2026-06-12 16:30:05"),
        ("2026-01-12 18:30", "2026-01-12 17:30"),
        ("2026/06/12 6:30:05 PM UTC+2", "2026-06-12 16:30:05"),
        ("2026/06/12 12:05:00 AM UTC+2", "2026-06-11 22:05"),
        ("25/06/2026 18:30:05", "2026-06-25 16:30:05"),
        ("25/06/2026 à 18:30", "2026-06-25 16:30"),
        ("6/25/2026 18:30", "2026-06-25 16:30"),
        ("25.06.2026 18h30", "2026-06-25 16:30"),
        ("06/06/2026, 18:30", "2026-06-06 16:30"),
        ("'2026-06-12\u00a018:30", "2026-06-12 16:30"),
    ],
)
def test_moments_are_read_as_forms_write_them(written, expected):
    """Google Forms, Framaforms, LimeSurvey and spreadsheets write each in its own way."""
    assert Span(utc(expected), utc(expected)) == span_of(written, PARIS)


@pytest.mark.parametrize(
    "written",
    [
        "", "demain", "12 juin 2026", "2026-02-30 10:00", "2026-13-01", "2026-06-12 25:00", "2026-06-12 18:61", "0000-01-01 10:00",
        "2026-06-12 13:00 PM", "2026-06-12 0:30 PM", "2026-06-12 18:30 Bordeaux", "31/02/2026 10:00", "2026-06/12 10:00",
        "2026-06-12 10:00+99:00", "9999-12-31", "0001-01-01 00:00",
    ],
)  # fmt: skip
def test_what_is_no_moment_is_refused(written):
    """An entry at no moment is neither in time nor late."""
    with pytest.raises(NoMoment):
        span_of(written, PARIS)


def test_what_is_refused_is_not_repeated():
    """A column that was taken for another may hold addresses."""
    with pytest.raises(NoMoment) as refused:
        span_of("ada.roux@lettre.example", PARIS)

    assert "ada" not in str(refused.value)


def test_a_date_that_can_be_two_days_is_not_guessed():
    """The third of April or the fourth of March: three weeks are more than most contests last."""
    assert needs_order("03/04/2026 10:00")
    with pytest.raises(NoMoment, match="day and month"):
        span_of("03/04/2026 10:00", PARIS)
    assert utc("2026-04-03 08:00") == span_of("03/04/2026 10:00", PARIS, "day").first
    assert utc("2026-03-04 09:00") == span_of("03/04/2026 10:00", PARIS, "month").first


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("25/06/2026", {"day"}),
        ("06/25/2026", {"month"}),
        ("03/04/2026", {"day", "month"}),
        ("04/04/2026", {"day", "month"}),
        ("2026-04-03", {"day", "month"}),
        ("25/26/2026", set()),
    ],
)
def test_a_date_shows_in_which_orders_it_can_stand(written, expected):
    """One row of a list is often enough to know the order of all."""
    assert expected == orders_of(written)


def test_a_day_alone_is_any_moment_of_it():
    """A register on paper has days; most of them lie well within the contest."""
    span = span_of("2026-06-12", PARIS)

    assert Span(utc("2026-06-11 22:00"), utc("2026-06-12 21:59:59")) == span
    assert span.is_within(utc("2026-06-01 00:00"), utc("2026-06-30 22:00")) is True
    assert span.is_within(utc("2026-06-13 00:00"), utc("2026-06-30 22:00")) is False
    assert span.is_within(utc("2026-06-12 07:00"), utc("2026-06-30 22:00")) is None


def test_the_last_second_is_in_time_and_the_next_is_not():
    """Somebody always enters at 23:59:59."""
    opens, closes = utc("2026-05-31 22:00"), utc("2026-06-30 22:00")

    assert span_of("2026-06-30 23:59:59", PARIS).is_within(opens, closes) is True
    assert span_of("2026-07-01 00:00:00", PARIS).is_within(opens, closes) is False
    assert span_of("2026-06-01 00:00:00", PARIS).is_within(opens, closes) is True
    assert span_of("2026-05-31 23:59:59", PARIS).is_within(opens, closes) is False


def test_an_hour_that_comes_twice_is_both():
    """On the night when clocks go back, a contest that closes at half past two closes once."""
    assert Span(utc("2026-10-25 00:15"), utc("2026-10-25 01:15")) == span_of("2026-10-25 02:15", PARIS)


def test_an_hour_that_does_not_come_is_refused():
    """A form that says so has another zone than the hub."""
    with pytest.raises(NoMoment, match="left out"):
        span_of("2026-03-29 02:15", PARIS)
