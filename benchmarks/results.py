"""Measurements → one result that can be kept as JSON and read as a table."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.measuring import Measured

#: What everything is compared with.
STANDARD = "hugo"


@dataclass(frozen=True, slots=True)
class Made:
    """What a build made: how many files, and how much of it is HTML."""

    files: int
    bytes: int
    html_files: int
    html_bytes: int


@dataclass(frozen=True, slots=True)
class Run:
    """All turns of one contestant in one scenario with so many posts, without the first, in which memory was looked at."""

    contestant: str
    scenario: str
    posts: int
    turns: tuple[Measured, ...]
    memory_bytes: int | None
    made: Made

    def median(self, what: str) -> float:
        """Return the middle of ``wall_s`` or ``cpu_s``."""
        return float(median(getattr(one, what) for one in self.turns))

    def spread(self, what: str) -> tuple[float, float]:
        """Return the least and the most."""
        found = [getattr(one, what) for one in self.turns]
        return min(found), max(found)


@dataclass(frozen=True, slots=True)
class Result:
    """One call: what was measured, on what, of what, and who could not take part."""

    handbill: Mapping[str, Any]
    machine: Mapping[str, Any]
    versions: Mapping[str, str]
    corpus: Mapping[str, Any]
    runs: tuple[Run, ...]
    left_out: Mapping[str, str] = field(default_factory=dict)


def made_of(folder: Path) -> Made:
    """Count what lies in a folder."""
    counts = [0, 0, 0, 0]
    for where, _, names in os.walk(folder):
        for name in names:
            size = (Path(where) / name).stat().st_size
            counts[0] += 1
            counts[1] += size
            if name.endswith(".html"):
                counts[2] += 1
                counts[3] += size
    return Made(*counts)


def as_json(result: Result) -> str:
    """Return a result as JSON that a later version can read; seconds to the millisecond."""
    return json.dumps(_rounded(asdict(result)), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 3)
    if isinstance(value, dict):
        return {key: _rounded(one) for key, one in value.items()}
    return [_rounded(one) for one in value] if isinstance(value, (list, tuple)) else value


def from_json(text: str) -> Result:
    """Return the result that was kept."""
    read = json.loads(text)
    runs = (
        Run(**{**one, "turns": tuple(Measured(**turn) for turn in one["turns"]), "made": Made(**one["made"])}) for one in read.pop("runs")
    )
    return Result(runs=tuple(runs), **read)


def ratio(run: Run, runs: Sequence[Run], what: str) -> float | None:
    """Return by how much a run is slower than a whole build of Hugo of the same posts, or None if there was none."""
    standard = next((one for one in runs if (one.contestant, one.scenario, one.posts) == (STANDARD, "cold", run.posts)), None)
    return run.median(what) / standard.median(what) if standard else None


@dataclass(frozen=True, slots=True)
class Growth:
    """What a post costs in a run of a scale.

    ``each`` is the whole time of the processors over the number of posts, and
    so bears the start; ``further`` is what each post more than in the smaller
    run before it cost.  Memory likewise.
    """

    run: Run
    each_s: float
    further_s: float | None
    each_bytes: float | None
    further_bytes: float | None


def growth(runs: Sequence[Run]) -> Iterator[Growth]:
    """Yield what a post costs, for each contestant and scenario with the fewest posts first."""
    before: Run | None = None
    for run in sorted(runs, key=lambda one: (one.contestant, one.scenario, one.posts)):
        if before and (before.contestant, before.scenario) != (run.contestant, run.scenario):
            before = None
        more = run.posts - before.posts if before else 0
        held, held_before = run.memory_bytes, before.memory_bytes if before else None
        yield Growth(
            run,
            run.median("cpu_s") / run.posts,
            (run.median("cpu_s") - before.median("cpu_s")) / more if before and more else None,
            held / run.posts if held is not None else None,
            (held - held_before) / more if held is not None and held_before is not None and more else None,
        )
        before = run
