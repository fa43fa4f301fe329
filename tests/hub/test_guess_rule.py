"""Repetitions in words become rules of RFC 5545."""

import doctest
from datetime import date

import pytest

from handbill.hub import guess_rule
from handbill.hub.guess_rule import fitted, rule_of
from handbill.hub.rule import refusal


def test_the_examples_of_the_module_hold():
    """They are what one reads first."""
    assert 0 == doctest.testmod(guess_rule).failed


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("tous les samedis", "FREQ=WEEKLY;BYDAY=SA"),
        ("chaque mardi et jeudi", "FREQ=WEEKLY;BYDAY=TU,TH"),
        ("le 1er et 3e samedi du mois", "FREQ=MONTHLY;BYDAY=1SA,3SA"),
        ("dernier vendredi du mois", "FREQ=MONTHLY;BYDAY=-1FR"),
        ("un samedi sur deux", "FREQ=WEEKLY;INTERVAL=2;BYDAY=SA"),
        ("every second Saturday of the month", "FREQ=MONTHLY;BYDAY=2SA"),
        ("hebdomadaire", "FREQ=WEEKLY"),
        ("monthly", "FREQ=MONTHLY"),
        ("tous les ans", "FREQ=YEARLY"),
        ("tous les jours", "FREQ=DAILY"),
        ("RRULE:FREQ=WEEKLY", "FREQ=WEEKLY"),
        ("freq=monthly; byday=2sa", "FREQ=MONTHLY;BYDAY=2SA"),
        ("Toutes les deux semaines, le mardi", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
        ("every two weeks, on Tuesday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
        (";FREQ=WEEKLY;;BYDAY=SA;", "FREQ=WEEKLY;BYDAY=SA"),
        ("FREQ=WEEKLY;BYDAY=SA,SA;BYDAY=SA,SA", "FREQ=WEEKLY;BYDAY=SA"),
        ("FREQ=WEEKLY;BYHOUR=14;BYMINUTE=30;BYSECOND=0", "FREQ=WEEKLY"),
        ("DTSTART=20260411;FREQ=WEEKLY", "FREQ=WEEKLY"),
        ("FREQ=WEEKLY;UNTIL=20260630T140000", "FREQ=WEEKLY;UNTIL=20260630"),
        ("FREQ=YEARLY;BYMONTH=9;BYDAY=2SA", "FREQ=MONTHLY;BYMONTH=9;BYDAY=2SA"),
        ("FREQ=YEARLY;BYDAY=SA;BYMONTH=9;BYSETPOS=-1", "FREQ=MONTHLY;BYDAY=SA;BYMONTH=9;BYSETPOS=-1"),
        ("FREQ=WEEKLY;UNTIL=2026-12-31", "FREQ=WEEKLY;UNTIL=20261231"),
        ("FREQ=WEEKLY;UNTIL=2026-12-31T23:59:59Z;BYDAY=MO", "FREQ=WEEKLY;UNTIL=20261231;BYDAY=MO"),
    ],
)
def test_words_become_the_rule_that_they_mean(text, rule):
    """No editor knows RFC 5545 by heart."""
    assert rule == rule_of(text)
    assert refusal(rule) is None


def test_words_without_a_meaning_give_no_rule():
    """The message then shows an example."""
    assert "" == rule_of("de temps en temps")


@pytest.mark.parametrize(
    ("rule", "start", "expected"),
    [
        ("FREQ=WEEKLY;BYDAY=MO", date(2026, 4, 11), "FREQ=WEEKLY;BYDAY=SA"),
        ("FREQ=MONTHLY;BYDAY=1SA", date(2026, 4, 11), "FREQ=MONTHLY;BYDAY=2SA"),
        ("FREQ=MONTHLY;BYMONTHDAY=3", date(2026, 4, 11), "FREQ=MONTHLY;BYMONTHDAY=11"),
        ("FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=1", date(2026, 4, 11), "FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=11"),
    ],
)
def test_a_rule_is_fitted_to_the_day_of_the_start(rule, start, expected):
    """The start is what was looked up in the calendar; the rule is what was copied."""
    assert expected == fitted(rule, start)
