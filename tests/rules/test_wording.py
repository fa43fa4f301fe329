"""Moments, sums and lists as rules say them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from handbill.rules.wording import counted, listed, local, moment, money, number, until


@pytest.mark.parametrize(
    ("utc", "french", "english"),
    [
        ("2026-06-01T07:00:00Z", "lundi 1er juin 2026 à 9 h", "Monday 1 June 2026 at 09:00"),
        ("2026-12-05T17:05:00Z", "samedi 5 décembre 2026 à 18 h 05", "Saturday 5 December 2026 at 18:05"),
        ("2026-07-03T22:00:00Z", "samedi 4 juillet 2026", "Saturday 4 July 2026"),
        ("2026-07-03T16:00:02Z", "vendredi 3 juillet 2026 à 18 h 00 min 02 s", "Friday 3 July 2026 at 18:00:02"),
    ],
)
def test_a_moment_is_said_in_full(utc, french, english):
    """Rules that say “at 5” are read at five in the morning by somebody."""
    when = local(utc, "Europe/Paris")

    assert (french, english) == tuple(moment(when, lang).replace("\xa0", " ") for lang in ("fr", "en"))


def test_the_end_of_a_day_is_told_by_that_day():
    """“1 July at midnight” has cost entrants a day, or given them one."""
    when = local("2026-06-30T22:00:00Z", "Europe/Paris")

    assert "mardi 30 juin 2026 à minuit (fin de cette journée)" == until(when, "fr").replace("\xa0", " ")
    assert "Tuesday 30 June 2026 at midnight (the end of that day)" == until(when, "en").replace("\xa0", " ")


def test_the_night_on_which_clocks_change_ends_with_its_day():
    """A day of 23 hours is a day all the same."""
    assert "dimanche 29 mars 2026 à minuit" in until(local("2026-03-29T22:00:00Z", "Europe/Paris"), "fr").replace("\xa0", " ")


@pytest.mark.parametrize(
    ("value", "currency", "french", "english"),
    [
        ("45", "EUR", "45 €", "€45"),
        ("45.5", "EUR", "45,50 €", "€45.50"),
        ("12500", "CHF", "12 500 CHF", "12,500 CHF"),
        ("0.05", "GBP", "0,05 £", "£0.05"),
    ],
)
def test_a_sum_is_written_as_in_its_language(value, currency, french, english):
    """45.50 € is read as forty-five thousand by nobody, and as a slip by everybody."""
    assert (french, english) == tuple(money(Decimal(value), currency, lang).replace("\xa0", " ") for lang in ("fr", "en"))


def test_numbers_and_lists_are_those_of_the_language():
    """French counts none as one, English does not."""
    assert ["0 lot", "1 lot", "2 lots"] == [counted(n, "lot", "lots", "fr").replace("\xa0", " ") for n in range(3)]
    assert ["0 prizes", "1 prize"] == [counted(n, "prize", "prizes", "en").replace("\xa0", " ") for n in range(2)]
    assert ["", "a", "a et b", "a, b et c"] == [listed("abc"[:n], "fr") for n in range(4)]
    assert "a, b or c" == listed("abc", "en", "or")
    assert "1\xa0000\xa0000" == number(1_000_000, "fr")
