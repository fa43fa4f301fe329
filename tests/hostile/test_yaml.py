"""Front matter that means harm: refused in words at its line, with the file named, and nothing of it costs more than a plain text."""

import pytest
from tests.hostile.strewn import cases, hub_of, problems_of, verdict

CASES = cases("yaml")


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """Return what one check of a hub that holds all of them tells, by file."""
    return problems_of(hub_of(tmp_path_factory.mktemp("yaml") / "hub", CASES))


def test_each_front_matter_is_refused_or_taken_as_its_case_says(told):
    assert {} == {one.name: wrong for one in CASES if (wrong := verdict(one, told))}


def test_no_file_vanishes_in_silence(told):
    """A text that is left out without a word is the worst of all: the site looks right."""
    silent = {one.path for one in CASES if one.code} - told.keys()

    assert set() == silent


def test_no_message_is_longer_than_a_screen(told):
    """A front matter of sixty kilobytes was quoted whole, ten times over."""
    longest = max((one for some in told.values() for one in some), key=lambda one: len(str(one)))

    assert len(str(longest)) < 1_500, longest.path


def test_there_are_as_many_as_we_promise():
    assert len(CASES) >= 100
