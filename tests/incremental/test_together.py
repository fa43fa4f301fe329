"""A few of the tries of ``python -m tests.incremental.together 50``."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.incremental.conftest import Apart
from tests.incremental.together import Tally, tried


@pytest.mark.long
def test_four_builds_at_once_give_what_one_gives(apart: Apart) -> None:
    """An editor saves twice, a timer publishes what is due, and `serve` runs beside both."""
    tally = apart(_some)

    assert (1, 1, 1, 14) == (tally.one_folder, tally.folders, tally.beside_a_server, tally.builds)
    # Whoever waited for another build found its work done.
    assert tally.unchanged > 0


def _some(room: Path) -> Tally:
    return tried(3, room)
