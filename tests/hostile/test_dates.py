"""Dates that other programs guess, or on which they end: refused with the guess told, the same on every day of the year."""

import pytest
from tests.hostile.strewn import cases, hub_of, problems_of, verdict

CASES = cases("dates")


@pytest.fixture(scope="module")
def hub(tmp_path_factory):
    return hub_of(tmp_path_factory.mktemp("dates") / "hub", CASES)


def test_each_date_is_refused_or_taken_as_its_case_says(hub):
    """A date of the first year ended the build with a trace; it is a date of the calendar all the same."""
    told = problems_of(hub)

    assert {} == {one.name: wrong for one in CASES if (wrong := verdict(one, told))}


def test_no_guess_depends_on_the_day_or_the_zone_of_the_machine(hub, monkeypatch):
    """“10” was the tenth of this month, and so another day for whoever built in the next."""
    refused = [one.path for one in CASES if one.code in ("HB205", "HB206")]
    told = problems_of(hub, "2026-03-20 12:00")

    monkeypatch.setenv("TZ", "Pacific/Kiritimati")

    again = problems_of(hub, "2027-12-31 23:59")
    assert {path: told.get(path) for path in refused} == {path: again.get(path) for path in refused}


def test_there_are_as_many_as_we_promise():
    """With those of ``tests/hub/test_when.py``, which are more than 120."""
    assert len(CASES) >= 90
