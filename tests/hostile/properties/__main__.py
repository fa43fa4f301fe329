"""Try every property as often as is asked: ``python -m tests.hostile.properties 50000``.

Examples are drawn in rounds, each by a number of its own, so that a round that
found something can be run again: ``--first 7 5000 name``.
"""

# ruff: noqa: T201

from __future__ import annotations

import argparse
import sys
import time
import traceback
from collections.abc import Sequence

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
    asked = parser.parse_args(words)
    if strange := set(asked.names) - PROPERTIES.keys():
        parser.error(f"no such property: {', '.join(sorted(strange))}")
    faults = []
    for name in asked.names or PROPERTIES:
        start, tried, number = time.process_time(), 0, asked.first
        try:
            while tried < asked.examples:
                try_out(PROPERTIES[name], min(ROUND, asked.examples - tried), number)
                tried, number = tried + ROUND, number + 1
        except BaseException as fault:
            if isinstance(fault, KeyboardInterrupt):
                raise
            faults.append(name)
            traceback.print_exc()
            print(f"{name}: does not hold, round {number}", flush=True)
        else:
            print(f"{name}: {asked.examples} examples, {time.process_time() - start:.0f} s", flush=True)
    print(f"{len(asked.names or PROPERTIES)} properties, {len(faults)} do not hold{': ' if faults else ''}{', '.join(faults)}")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
