"""From when on a letter tells news is a day, or the usual said in a word."""

from datetime import date

import pytest

from handbill.hub.nodes import Desk, Scalar
from handbill.hub.since import Since


def read(text):
    desk = Desk("newsletters/5.md", "UTC")
    return Since().read(Scalar(text, False, 5, 8), "since", desk), [str(one) for one in desk.problems]


def test_a_day_is_that_day():
    """A letter after a pause tells more than the last month."""
    assert (date(2026, 4, 2), []) == read("2026-04-02")


@pytest.mark.parametrize("word", ["last", "Last"])
def test_the_word_last_is_the_usual(word):
    """Whoever copies a letter with a day in it must be able to take it back in a word."""
    assert (None, []) == read(word)


@pytest.mark.parametrize("word", ["lats", "2026-04-02 18:00", "hier"])
def test_anything_else_is_refused(word):
    """A misspelt word must not pass for the usual."""
    value, problems = read(word)

    assert value is None
    assert 1 == len(problems)
