"""A few of the sequences that ``python -m tests.incremental 500`` runs, those that once found a fault, and one that must find it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.incremental.__main__ import drawn, told
from tests.incremental.conftest import Apart
from tests.incremental.sequences import Cleans, Counts, Sequence, Step, run

#: Each of these was once unlike a clean build.
FOUND = {
    "search after drafts": Sequence("village", (Step("terms", 25, 43),), search=True),
    "another name of a place": Sequence("village", (Step("same_size", 1, 28), Step("retitle", 53, 27))),
    "another day, and something left for later": Sequence("village", (Step("move_event", 45, 3, "later"),)),
}

#: Ordinary days in two processes, and in one that lives on.
DAYS = Sequence("village", (Step("retag", 5, 1, "later"), Step("template", 4, 2), Step("advance", 8, 0)))


@pytest.mark.long
def test_random_edits_give_what_a_clean_build_gives(apart: Apart) -> None:
    """Nobody would notice a page that shows yesterday's tag."""
    counts, faults = apart(_some)

    assert [] == faults
    assert 3 == counts.sequences
    assert counts.built > 9
    assert counts.kept > 3


@pytest.mark.parametrize("name", [pytest.param(one, marks=[pytest.mark.long] if FOUND[one].search else []) for one in FOUND])
def test_what_was_wrong_once_is_right(apart: Apart, name: str) -> None:
    """A fault that came once comes again."""
    assert apart(_run, FOUND[name]).built > 0


@pytest.mark.long
@pytest.mark.parametrize("circumstance", [{"jobs": 2}, {"living": True, "cards": True}], ids=["two processes", "as under serve"])
def test_neither_more_processes_nor_a_living_one_shows(apart: Apart, circumstance: dict[str, bool]) -> None:
    """What one process left to the next, or remembers itself, is the easiest thing to get wrong."""
    counts = apart(_run, Sequence(DAYS.hub, DAYS.steps, **circumstance))

    assert (4, 0, 0) == (counts.built, counts.refused, counts.failed)
    assert counts.kept >= 1


@pytest.mark.long
def test_a_fault_is_found_and_told_by_its_shortest_sequence(apart: Apart) -> None:
    """A proof that cannot fail proves nothing, and forty files of differences tell nobody anything."""
    fault = apart(_with_a_fault)

    assert "shortest: --only" in fault
    assert 1 == fault.count("Step("), fault
    assert "edit='template'" in fault
    assert "the site differs from a clean build in" in fault
    assert len(fault) < 2000


def _some(room: Path) -> tuple[Counts, list[str]]:
    # The first that is drawn is the plainest there is.
    counts, cleans = Counts(), Cleans()
    faults = [told(sequence, room, counts, cleans) for sequence in drawn(3, 4)[1:]]
    return counts, [fault for fault in faults if fault]


def _run(room: Path, sequence: Sequence) -> Counts:
    counts = Counts()
    run(sequence, room, counts)
    return counts


def _with_a_fault(room: Path) -> str:
    """Let builds not look at templates."""
    from handbill.outputs.theme import Theme

    Theme.template_digest = lambda *_: "always the same"  # type: ignore[method-assign]
    return told(Sequence("village", (Step("append", 0, 1), Step("template", 4, 2), Step("touch", 0, 1))), room, Counts(), Cleans())
