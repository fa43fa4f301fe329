"""The dates of a contest, each after the one before."""

import pytest
from tests.hubs import load_village, text, write

BASE = {
    "mechanism": "draw", "opens": "2026-05-01", "closes": "2026-05-10", "freeze": "2026-05-11 18:00", "draw": "2026-05-12 18:00",
    "results": "2026-05-13", "claim": "2026-05-31", "enter": "Écrivez.", "organiser": "Asso", "prizes": "[{name: Un seau}]",
}  # fmt: skip


def told(root, **front):
    """Return what is wrong with the dates: the field and what is wanted."""
    loaded, _ = load_village(root=write(root, {"content/contests/a.md": text(**{**BASE, **front})}))
    return [(one.field, one.wanted) for one in loaded.problems if one.code in ("HB221", "HB222")]


def test_dates_in_their_order_are_fine(tmp_path):
    """All six of them."""
    assert [] == told(tmp_path)


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ({"closes": "2026-04-30"}, [("closes", "a moment after 2026-05-01 00:00")]),
        ({"freeze": "2026-05-11 00:00"}, [("freeze", "a moment after 2026-05-11 00:00")]),
        ({"freeze": "2026-05-10 23:00"}, [("freeze", "a moment after 2026-05-11 00:00")]),
        ({"draw": "2026-05-11 18:00"}, [("draw", "a moment after 2026-05-11 18:00")]),
        ({"draw": "2026-05-12 17:59"}, [("draw", "a draw from 2026-05-12 18:00 on")]),
        ({"draw": "2026-05-12 18:00", "objection_hours": "25"}, [("draw", "a draw from 2026-05-12 19:00 on")]),
        ({"results": "2026-05-12 18:00"}, [("results", "a moment after 2026-05-12 18:00")]),
        ({"claim": "2026-05-12"}, [("claim", "a moment after 2026-05-13 00:00")]),
        ({"draw": "null"}, [("draw", "the moment of the draw, such as draw: 2026-05-12 18:00")]),
        ({"mechanism": "quiz+draw", "draw": "null", "freeze": "null"}, [("draw", "the moment of the draw, such as draw: 2026-05-11 18:00")]),
        ({"mechanism": "jury", "draw": "null", "results": "2026-05-11 17:00"}, [("results", "a moment after 2026-05-11 18:00")]),
        ({"mechanism": "jury", "draw": "null", "freeze": "null", "claim": "2026-05-09"}, [("claim", "a moment after 2026-05-13 00:00")]),
    ],
)  # fmt: skip
def test_a_date_out_of_its_order_is_told_with_the_first_that_would_do(tmp_path, front, expected):
    """A list frozen while entries are open, or drawn before anybody could object, is what entrants complain of."""
    assert expected == told(tmp_path, **front)


def test_one_wrong_date_is_one_problem(tmp_path):
    """The dates behind it are measured by those that are right, or a slip of the pen would turn five lines red."""
    assert ["freeze"] == [field for field, _ in told(tmp_path, freeze="2025-05-11 18:00")]


def test_results_can_come_on_the_day_after_the_closing(tmp_path):
    """A day that is meant is no midnight that is missed by nothing."""
    assert [] == told(tmp_path, mechanism="jury", freeze="null", draw="null", results="2026-05-11")


def test_the_hours_to_object_are_hours(tmp_path):
    """In the night in which clocks go back a day has twenty-five."""
    autumn = {"opens": "2026-10-01", "closes": "2026-10-20", "freeze": "2026-10-24 18:00", "results": "2026-10-26", "claim": "2026-11-30"}

    assert [("draw", "a draw from 2026-10-25 17:00 on")] == told(tmp_path, **autumn, draw="2026-10-25 16:59")
    assert [] == told(tmp_path / "right", **autumn, draw="2026-10-25 17:00")
