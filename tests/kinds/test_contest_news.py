"""Which contests a letter tells of: the list before its draw, the results in the next one."""

import pytest
from tests.hubs import moment
from tests.kinds.committed import contest_in, hub_of
from tests.kinds.test_contest_view import VOID

from handbill.kinds.contest_news import contests_of, is_news


def told(hub, start, at):
    return [one.id for one in contests_of(hub, moment(start), moment(at))]


@pytest.mark.parametrize(
    ("start", "at", "is_told"),
    [
        ("2023-07-01 12:00", "2023-07-28 18:00", False),
        ("2023-07-28 18:00", "2023-08-15 18:00", True),
        ("2023-07-28 18:00", "2023-08-21 09:00", False),
        ("2023-07-28 18:00", "2023-08-22 18:00", True),
        ("2023-08-22 18:00", "2023-09-05 18:00", False),
        ("2023-09-05 18:00", "2023-09-15 18:00", True),
        ("2023-09-15 18:00", "2023-09-25 18:00", False),
    ],
)
def test_a_letter_tells_of_a_contest_when_there_is_news(tmp_path, start, at, is_told):
    """Open: to enter.  Frozen: the digest reaches every inbox before the draw.  Published: once, in the next letter."""
    hub = hub_of(tmp_path)

    assert ([contest_in(hub).id] if is_told else []) == told(hub, start, at)


def test_a_contest_declared_void_is_told_in_the_next_letter(tmp_path):
    """Those who entered must not wait for a draw."""
    hub = hub_of(tmp_path, end=VOID)

    assert [contest_in(hub).id] == told(hub, "2023-08-20 18:00", "2023-09-01 18:00")
    assert [] == told(hub, "2023-08-23 18:00", "2023-09-01 18:00")


def test_a_frozen_list_is_news_however_old_the_contest_is(tmp_path):
    """A feed holds the latest twenty, and a contest is announced weeks before."""
    hub = hub_of(tmp_path)
    item = contest_in(hub)

    assert (False, True) == (is_news(item, moment("2023-08-20 12:00")), is_news(item, moment("2023-08-21 12:00")))
