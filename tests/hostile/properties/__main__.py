"""Try every property as often as is asked: ``python -m tests.hostile.properties 50000``.

Examples are drawn in rounds, each by a number of its own, so that a round that
found something can be run again: ``--first 7 5000 name``.
"""

# ruff: noqa: T201

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import time
import traceback
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed

from tests.hostile.properties.all import PROPERTIES
from tests.hostile.properties.holding import try_out

#: So many examples make a round: what is drawn is remembered within one.
ROUND = 5000


def main(words: Sequence[str]) -> int:
    """Try what is named, or all; return 1 if something does not hold."""
    parser = argparse.ArgumentParser(prog="python -m tests.hostile.properties", description=(__doc__ or "").split(":")[0])
    parser.add_argument("examples", nargs="?", type=int, default=50_000, help="how many of each (default: 50000)")
    parser.add_argument("names", nargs="*", metavar="property", help="which (default: all)")
    parser.add_argument("--first", type=int, default=0, help="the number of the first round (default: 0)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="how many processes (default: one for each core)")
    asked = parser.parse_args(words)
    if strange := set(asked.names) - PROPERTIES.keys():
        parser.error(f"no such property: {', '.join(sorted(strange))}")
    names = asked.names or list(PROPERTIES)
    faults = []
    with ProcessPoolExecutor(asked.jobs, mp_context=multiprocessing.get_context("fork")) as pool:
        for done in as_completed([pool.submit(_tried, name, asked.examples, asked.first) for name in names]):
            name, told, holds = done.result()
            print(told, flush=True)
            if not holds:
                faults.append(name)
    print(f"{len(names)} properties, {len(faults)} do not hold{': ' if faults else ''}{', '.join(faults)}")
    return int(bool(faults))


def _tried(name: str, examples: int, first: int) -> tuple[str, str, bool]:
    """Try one property; return its name, what is to be told of it, and whether it held."""
    start, tried, number = time.process_time(), 0, first
    try:
        while tried < examples:
            try_out(PROPERTIES[name], min(ROUND, examples - tried), number)
            tried, number = tried + ROUND, number + 1
    except Exception:
        return name, f"{traceback.format_exc()}\n{name}: does not hold, round {number}", False
    return name, f"{name}: {examples} examples, {time.process_time() - start:.0f} s", True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
