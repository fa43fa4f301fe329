"""Some of the kills that ``python -m tests.incremental.kills 300`` does; tests/publishing/test_killed.py kills between all calls of the system."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.incremental.conftest import Apart
from tests.incremental.kills import EXACT, Tally, killed

#: Each exact instant once, and a few that chance chose.
SOME = (*range(0, 3 * len(EXACT), 3), 1, 2, 4)


@pytest.mark.long
def test_a_build_that_is_killed_leaves_a_whole_site_and_the_next_one_is_as_from_nothing(apart: Apart) -> None:
    """A visitor must never meet half of two sites, nor an editor a build that goes on from a half-written list."""
    tally = apart(_some)

    assert len(SOME) == sum(tally.kills.values())
    assert {*EXACT} < {*tally.kills}
    assert tally.old > 0
    assert tally.new > 0
    assert tally.compared > 1


def _some(room: Path) -> Tally:
    return killed(SOME, room)
