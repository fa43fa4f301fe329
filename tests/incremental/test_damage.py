"""Some of the harms that ``python -m tests.incremental.damage 300`` does."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.incremental.conftest import Apart
from tests.incremental.damage import WHOLES, Tally, harmed

#: One of each sort, each to another file.
SOME = (*range(0, 300, 61), *range(7, 7 + 8 * len(WHOLES), 8))


@pytest.mark.long
def test_what_is_lost_or_damaged_costs_time_and_nothing_else(apart: Apart) -> None:
    """Disks fill, machines fall, people tidy up, and a cache comes back from another branch."""
    tally = apart(_some)

    assert len(SOME) == sum(tally.harms.values())
    assert {*WHOLES} < {*tally.harms}
    assert len(tally.files) > 4


def _some(room: Path) -> Tally:
    return harmed(SOME, room)
