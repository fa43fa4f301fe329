"""A problem is a line that an editor can act on, and each error has its exit code."""

import pytest

from handbill.errors import ContentProblems, HandbillError, Level, MachineLacks, Problem, ServiceFailed, WrongUse


def test_a_problem_says_where_which_field_what_was_found_and_what_was_wanted():
    """In this order, because this is the order in which one mends it."""
    problem = Problem("events/a.md", 4, 7, "ends", "2026-04-11 09:00", "an end after the start", "HB213")

    assert "events/a.md:4:7: ends: found 2026-04-11 09:00, wanted an end after the start [HB213]" == str(problem)


def test_what_is_not_known_is_left_out():
    """No “line 0”, no empty field."""
    assert "a.odt: found a file that nothing uses [HB121]" == str(Problem("a.odt", 0, 0, "", "a file that nothing uses", "", "HB121"))


def test_problems_are_told_by_file_and_place():
    """An editor mends one file after the other, from the top."""
    places = [("b.md", 1, 1), ("a.md", 10, 1), ("a.md", 9, 5), ("a.md", 9, 4)]
    problems = [Problem(path, line, column, "", "x", "", "HB1") for path, line, column in places]

    assert sorted(places) == [(one.path, one.line, one.column) for one in sorted(problems, key=lambda one: one.order)]


def test_levels_can_be_compared():
    """`--strict` means: from warnings up."""
    assert Level.NOTE < Level.WARNING < Level.ERROR


@pytest.mark.parametrize(("error", "code"), [(ContentProblems(()), 1), (WrongUse("x"), 2), (MachineLacks("x"), 3), (ServiceFailed("x"), 4)])
def test_each_sort_of_failure_has_its_exit_code(error, code):
    """CI decides by it what to tell whom."""
    assert code == error.exit_code
    assert isinstance(error, HandbillError)


def test_problems_cross_from_a_worker_process_whole():
    """An exception is made anew from its arguments on the other side."""
    import pickle

    problems = (Problem("a.md", 1, 1, "", "x", "y", "HB1"), Problem("b.md", 1, 1, "", "x", "y", "HB1"))
    crossed = pickle.loads(pickle.dumps(ContentProblems(problems)))  # noqa: S301 - our own bytes

    assert (problems, "2 problems in the content") == (crossed.problems, str(crossed))


def test_two_problems_of_one_place_are_told_in_the_same_order_every_time():
    """They come out of a set, and its order changes from one run to the next."""
    first, second = (Problem("a.md", 4, 1, "level", found, "", "HB814") for found in ("a share", "no day"))

    assert [first, second] == sorted({second, first}, key=lambda one: one.order) == sorted([second, first], key=lambda one: one.order)
