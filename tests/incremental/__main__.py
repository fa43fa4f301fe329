"""Prove that incremental builds equal clean ones: ``python -m tests.incremental 500 --jobs 2``.

Sequences are drawn by Hypothesis, in rounds that each have a seed of their
own, so that a round can be run again by its number.  A failure is told as the
shortest sequence that still fails, with the first path that differs.  It is
shortened by leaving out steps: Hypothesis took eight minutes to do so, a
second at a time, and this takes one.
"""

# ruff: noqa: T201

from __future__ import annotations

import argparse
import multiprocessing
import sys
import time
from collections.abc import Iterator
from collections.abc import Sequence as Several
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from tests.incremental.builds import room_for_builds
from tests.incremental.sequences import Cleans, Counts, Sequence, Step, run, sequences

#: So many sequences make a round.
ROUND = 10

#: After so many rounds with a fault no more are begun: one fault seldom comes alone.
FAULTS = 3


def main(words: Several[str]) -> int:
    """Run what is asked for; return 0 if every build was as a clean one."""
    parser = argparse.ArgumentParser(prog="python -m tests.incremental", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("count", nargs="?", type=int, default=500, help="how many sequences (default: 500)")
    parser.add_argument("--first", type=int, default=0, help="the number of the first round (default: 0)")
    parser.add_argument("--jobs", type=int, default=1, help="how many processes (default: 1)")
    parser.add_argument("--only", help="one sequence, as it was told")
    asked = parser.parse_args(words)
    with room_for_builds() as room:
        if asked.only:
            sequence = eval(asked.only, {"Sequence": Sequence, "Step": Step})  # noqa: S307 - typed by whoever runs it
            fault = told(sequence, room, counts := Counts(), Cleans())
            print(fault or f"{counts}: all equal")
            return int(bool(fault))
        return _all(asked.count, asked.first, asked.jobs, room)


def _all(count: int, first: int, jobs: int, room: Path) -> int:
    """Run that many sequences in rounds, and say after each how far it is."""
    rounds = {first + number: min(ROUND, count - number * ROUND) for number in range(-(-count // ROUND))}
    started, counts, faults = time.monotonic(), Counts(), 0
    with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("fork")) as pool:
        for done in as_completed([pool.submit(a_round, number, most, room) for number, most in rounds.items()]):
            if done.cancelled():
                continue
            found, fault = done.result()
            counts += found
            if fault:
                faults += 1
                print(f"\n{fault}\n", flush=True)
            if faults == FAULTS:
                pool.shutdown(wait=False, cancel_futures=True)
            print(f"{counts.sequences} of {count}, {time.monotonic() - started:.0f} s, {faults or 'no'} faults", flush=True)
    print(f"rounds {first} to {max(rounds)}: {counts}: {f'{faults} FAULTS' if faults else 'all equal'}")
    return int(faults > 0)


_CLEANS = Cleans()


def a_round(number: int, count: int, room: Path) -> tuple[Counts, str]:
    """Run the sequences of a round until one fails; return what was counted, and the fault."""
    counts = Counts()
    for sequence in drawn(number, count):
        if fault := told(sequence, room, counts, _CLEANS):
            return counts, f"in round {number}: {fault}"
    return counts, ""


def drawn(number: int, count: int) -> list[Sequence]:
    """Return the sequences of a round, the same each time."""
    found: list[Sequence] = []

    @seed(number)
    @settings(max_examples=count, deadline=None, database=None, suppress_health_check=list(HealthCheck), phases=(Phase.generate,))
    @given(sequences())
    def note(sequence: Sequence) -> None:
        found.append(sequence)

    note()
    return found[:count]


def told(sequence: Sequence, room: Path, counts: Counts, cleans: Cleans) -> str:
    """Run a sequence; when it fails, return the shortest one that does and its fault."""
    fault = _fault(sequence, room, counts, cleans)
    if not fault:
        return ""
    print(f"\n{sequence}\n{fault}\nshortening it …", flush=True)
    is_shorter = True
    while is_shorter:
        is_shorter = False
        for shorter in _shorter(sequence):
            if found := _fault(shorter, room, Counts(), cleans):
                sequence, fault, is_shorter = shorter, found, True
                break
    return f"shortest: --only {str(sequence)!r}\n{fault}"


def _fault(sequence: Sequence, room: Path, counts: Counts, cleans: Cleans) -> str:
    try:
        run(sequence, room, counts, cleans)
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
