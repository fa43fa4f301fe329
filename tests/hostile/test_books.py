"""The books that the program keeps in a repository, changed by somebody who means harm: each line is understood or told."""

import pytest
from tests.hostile.strewn import cases, hub_of, problems_of, verdict
from tests.hubs import options

from handbill.pipeline import build

CASES = cases("books")

#: The event of which the calendars in the cases have told.
FAIR = """\
---
title: Foire
date: 2026-01-02
starts: 2026-05-01 14:00
organisers: [Les amis]
venue: {name: Place du marché}
---

Venez.
"""


def hub_with_a_fair(into, case):
    root = hub_of(into / "hub", [case])
    (root / "events").mkdir()
    (root / "events" / "foire.md").write_text(FAIR, encoding="utf-8")
    return root


@pytest.mark.parametrize("case", CASES, ids=lambda one: one.name)
def test_each_book_is_refused_or_taken_as_its_case_says(case, tmp_path):
    """A number of five thousand digits in a column ended the program with a trace of its own modules."""
    told = problems_of(hub_with_a_fair(tmp_path, case))

    assert "" == verdict(case, told)
    assert all(len(str(one)) < 1_500 for one in told.get(case.path, []))
    assert len(told.get(case.path, [])) < 500


@pytest.mark.long
@pytest.mark.parametrize("case", [one for one in CASES if not one.code], ids=lambda one: one.name)
def test_what_is_taken_makes_a_site(case, tmp_path):
    """What a calendar has told long ago or will tell in thousands of years is a line of a file, and never the end of a build."""
    root = hub_with_a_fair(tmp_path, case)

    build(options(root))

    assert (root / "public" / "index.html").is_file()


def test_there_are_as_many_as_we_promise():
    assert len(CASES) >= 90
