"""Prove that incremental builds equal clean ones: ``python -m tests.incremental 500``.

Sequences are drawn by Hypothesis, in rounds that each have a seed of their
own, so that a round can be run again by its number.  A failure is told as the
shortest sequence that still fails, with the first path that differs.  It is
shortened by leaving out steps: Hypothesis took eight minutes to do so, a
second at a time, and this takes one.
"""

# ruff: noqa: T201

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from tests.incremental.builds import prepare
from tests.incremental.sequences import Counts, Sequence, Step, run, sequences

#: So many sequences make a round.
ROUND = 50


def main(words: list[str]) -> int:
    """Run what is asked for; return 0 if every build was as a clean one."""
    parser = argparse.ArgumentParser(prog="python -m tests.incremental", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("count", nargs="?", type=int, default=500, help="how many sequences (default: 500)")
    parser.add_argument("--first", type=int, default=0, help="the number of the first round (default: 0)")
    parser.add_argument("--only", help="one sequence, as it was told")
    asked = parser.parse_args(words)
    with tempfile.TemporaryDirectory(prefix="handbill-incremental-") as folder:
        room = Path(folder).resolve()
        (room / "templates").mkdir()
        prepare(room / "templates")
        started, counts = time.monotonic(), Counts()
        if asked.only:
            return _told(eval(asked.only, {"Sequence": Sequence, "Step": Step}), room, counts)  # noqa: S307 - typed by whoever runs it
        number, left = asked.first, asked.count
        while left > 0:
            for sequence in _drawn(number, min(ROUND, left)):
                if _told(sequence, room, counts):
                    print(f"in round {number}")
                    return 1
            number, left = number + 1, left - ROUND
            print(f"rounds {asked.first} to {number - 1}, {time.monotonic() - started:.0f} s: {counts}", flush=True)
        print(f"{counts}: all equal")
    return 0


def _drawn(number: int, count: int) -> list[Sequence]:
    """Return the sequences of a round."""
    found: list[Sequence] = []

    @seed(number)
    @settings(max_examples=count, deadline=None, database=None, suppress_health_check=list(HealthCheck), phases=(Phase.generate,))
    @given(sequences())
    def note(sequence: Sequence) -> None:
        found.append(sequence)

    note()
    return found


def _told(sequence: Sequence, room: Path, counts: Counts) -> int:
    """Run a sequence; when it fails, tell the shortest one that does, and return 1."""
    fault = _fault(sequence, room, counts)
    if not fault:
        return 0
    print(f"{sequence}\n{fault}\nshortening it …", flush=True)
    is_shorter = True
    while is_shorter:
        is_shorter = False
        for shorter in _shorter(sequence):
            if found := _fault(shorter, room, Counts()):
                sequence, fault, is_shorter = shorter, found, True
                break
    print(f"\nshortest: --only {str(sequence)!r}\n{fault}", flush=True)
    return 1


def _fault(sequence: Sequence, room: Path, counts: Counts) -> str:
    try:
        run(sequence, room, counts)
    except AssertionError as fault:
        return f"{type(fault).__name__}: {fault}"
    return ""


def _shorter(sequence: Sequence) -> Iterator[Sequence]:
    """Yield what leaves out a step, or a circumstance."""
    for number in reversed(range(len(sequence.steps))):
        yield replace(sequence, steps=sequence.steps[:number] + sequence.steps[number + 1 :])
    for plain in ({"living": False}, {"cards": False}, {"search": False}, {"handbook": False}, {"jobs": 1}):
        if any(getattr(sequence, name) != value for name, value in plain.items()):
            yield replace(sequence, **plain)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
