"""Bytes that are no clean UTF-8: a byte order mark is taken, whatever else is refused at its line and column."""

import pytest
from tests.hostile.strewn import cases, hub_of, problems_of, verdict

CASES = cases("encodings")
TEXTS = [one for one in CASES if one.path.startswith("content/posts/")]


def test_each_text_is_refused_or_taken_as_its_case_says(tmp_path):
    told = problems_of(hub_of(tmp_path / "hub", TEXTS))

    assert {} == {one.name: wrong for one in TEXTS if (wrong := verdict(one, told))}


@pytest.mark.parametrize("case", [one for one in CASES if one not in TEXTS], ids=lambda one: one.name)
def test_each_other_file_is_refused_or_taken_as_its_case_says(case, tmp_path):
    assert "" == verdict(case, problems_of(hub_of(tmp_path / "hub", [case])))


def test_there_are_as_many_as_we_promise():
    assert len(CASES) >= 95
