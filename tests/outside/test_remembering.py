"""What is known from the last time."""

from datetime import timedelta

import pytest
from tests.hubs import moment

from handbill.outside.record import Answer, Link, Outcome, Place
from handbill.outside.remembering import file_of, is_fresh, keep, remembered, standing

LINK = Link("https://ailleurs.fr/", (Place("content/posts/a.md", 3),))
WELL, SILENT = Answer(Outcome.ANSWERS, "answers"), Answer(Outcome.SILENT, "timeout")
THEN, NOW = moment("2026-03-20 12:00"), moment("2026-03-27 12:00")


def test_what_was_kept_is_known_again(tmp_path):
    """Since when a page is silent decides whether somebody looks for another one."""
    keep(file_of(tmp_path), [standing(LINK, Answer(Outcome.MOVED, "moved", new="https://x.fr/"), THEN, None)])

    found = remembered(file_of(tmp_path), [LINK])[LINK.address]

    assert (Answer(Outcome.MOVED, "moved", new="https://x.fr/"), THEN.isoformat(), True) == (found.answer, found.since, found.is_remembered)


def test_trouble_that_goes_on_keeps_its_first_day():
    """One day of silence is weather; a month is a dead page."""
    first = standing(LINK, SILENT, THEN, None)

    assert THEN.isoformat() == standing(LINK, SILENT, NOW, first).since
    assert NOW.isoformat() == standing(LINK, WELL, NOW, first).since


def test_what_no_time_was_left_for_stays_as_it_was():
    """Not to have asked is no news."""
    first = standing(LINK, SILENT, THEN, None)

    assert first == standing(LINK, Answer(Outcome.UNASKED, "no time"), NOW, first)


@pytest.mark.parametrize(("answer", "days", "expected"), [(WELL, 6, True), (WELL, 7, False), (WELL, -1, False), (SILENT, 1, False)])
def test_only_what_answered_well_is_not_asked_again_so_soon(answer, days, expected):
    """A site is no more often asked than is needed; a trouble is looked at each time."""
    assert expected is is_fresh(standing(LINK, answer, THEN, None), THEN + timedelta(days=days))


@pytest.mark.parametrize(
    "kept",
    ["", "{", "[]", '{"format": 2, "answers": {}}', '{"format": 1}', '{"format": 1, "answers": []}',
     '{"format": 1, "answers": {"https://ailleurs.fr/": {"outcome": "well"}}}',
     '{"format": 1, "answers": {"https://ailleurs.fr/": {"outcome": "gone", "why": "because", "asked": "2026-03-20T12:00+01:00", "since": "2026-03-20T12:00+01:00"}}}',
     '{"format": 1, "answers": {"https://ailleurs.fr/": {"outcome": "gone", "why": "no page", "asked": "2026-03-20", "since": "2026-03-20"}}}'],
)  # fmt: skip
def test_a_damaged_memory_is_no_memory(tmp_path, kept):
    """It can be deleted at any time, so nothing may depend on it."""
    file = tmp_path / "links.json"
    file.write_text(kept, encoding="utf-8")

    assert {} == remembered(file, [LINK])


def test_without_a_memory_nothing_is_known(tmp_path):
    """The first time, and on each machine of a forge."""
    assert {} == remembered(file_of(tmp_path), [LINK])
