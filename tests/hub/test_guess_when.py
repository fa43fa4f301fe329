"""Days as people write them; nothing depends on today."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbill.hub.guess_when import guesses, is_ambiguous, is_beyond, is_range


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("vendredi 1er mai 2026 à 18 h 30", [("2026-05-01", "18:30")]),
        ("03/04/2026", [("2026-04-03", ""), ("2026-03-04", "")]),
        ("13/04/2026", [("2026-04-13", "")]),
        ("2026-05-01 24:00", [("2026-05-02", "00:00")]),
        ("2026-02-30", [("2026-02-28", "")]),
        ("01-05-26", [("2026-05-01", ""), ("2026-01-05", ""), ("2001-05-26", "")]),
        ("demain", []),
        ("1er mai", []),
        ("18h30", []),
    ],
)
def test_what_a_text_may_mean_the_likeliest_first(text, found):
    """Day before month, as in most of the world; the other reading is told as well."""
    assert found == [(day.isoformat(), clock) for day, clock in guesses(text)]


def test_a_date_beside_completes_what_is_missing():
    """An hour gets its day, a day its year."""
    beside = date(2026, 6, 7)

    assert [((date(2026, 6, 7), "18:30"),), ((date(2026, 5, 1), ""),)] == [guesses("18h30", beside), guesses("1er mai", beside)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("31 avril 2026 à 20 h", True),
        ("31/04/2026 20h30", True),
        ("31/04", True),
        ("2026-2-30", True),
        ("30 avril 2026 à 20 h 31", False),
        ("28.02.2026", False),
        ("20260430", False),
        ("2026-W18-4", False),
        ("30 avril 2026 24h00", False),
        ("18h30", False),
        ("demain", False),
    ],
)
def test_a_day_that_a_month_does_not_have_can_be_told(text, expected):
    """For a message the last day of April is a good guess; taken for what was meant, it sends people to a closed door."""
    assert expected == is_beyond(text, date(2026, 6, 7))


def test_both_readings_are_possible_only_if_both_are_days():
    """13/04 can only be April."""
    assert [True, False, False] == [is_ambiguous(text) for text in ("03/04/2026", "13/04/2026", "04/04/2026")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2026-05-01/2026-05-03", True), ("de 14h à 18h", True), ("du 1er au 3 mai", True), ("2026-05-01 18:30+02:00", False), ("1er mai 2026", False)],
)
def test_a_beginning_and_an_end_in_one_are_known(text, expected):
    """They are two fields."""
    assert expected == is_range(text)


@given(st.text(alphabet="0123456789-/.: hTZ+pmai éûjun–“O", max_size=24), st.none() | st.dates())
def test_no_text_brings_the_guess_down(text, beside):
    """A guess that raises would take the message with it."""
    for day, clock in guesses(text, beside):
        assert isinstance(day, date)
        assert clock == "" or len(clock) in (5, 8)
