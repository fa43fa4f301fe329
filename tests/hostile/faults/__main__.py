"""Let the machine fail at every single call: ``python -m tests.hostile.faults`` prints how often, and what did not hold.

python -m tests.hostile.faults --act "a later build" --calls write,rename --every 3
"""

# ruff: noqa: T201

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.hostile.faults.acts import Broken, Stage, Tally, acts
from tests.hostile.faults.hubs import make
from tests.hostile.faults.injecting import Fault, Hangs
from tests.incremental.builds import prepare


def main(words: Sequence[str]) -> int:
    """Run what is asked for; return 0 if everything held."""
    parser = argparse.ArgumentParser(prog="python -m tests.hostile.faults", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--act", default="", help="only acts whose name has this in it")
    parser.add_argument("--calls", default="", help="only these calls, with commas between")
    parser.add_argument("--every", type=int, default=1, help="only each so many-th (default: 1)")
    parser.add_argument("--one", action="store_true", help="only the first error of each call")
    asked = parser.parse_args(words)
    wrong, total = 0, 0
    with TemporaryDirectory(prefix="handbill-faults-") as folder:
        room = Path(folder).resolve()
        (room / "templates").mkdir()
        prepare(room / "templates")
        for number, act in enumerate(one for one in acts()[0] if asked.act in one.name):
            started, tally = time.monotonic(), Tally()
            stage = Stage(act, room / f"act-{number}", make)
            for fault in faults(stage, tuple(filter(None, asked.calls.split(","))), asked.every, asked.one):
                try:
                    stage.suffer(fault, tally)
                except (Broken, Hangs) as found:
                    wrong += 1
                    print(f"BROKEN {found}", flush=True)
            total += sum(tally.hits.values())
            print(
                f"{act.name}: {sum(tally.hits.values())} faults {tally.hits}; ended {tally.codes}; {tally.readings} readings; {time.monotonic() - started:.0f} s",
                flush=True,
            )
    print(f"{total} faults, {wrong or 'none'} with something that did not hold")
    return int(wrong > 0)


def faults(stage: Stage, calls: tuple[str, ...], every: int = 1, one: bool = False) -> Iterator[Fault]:
    """Yield each fault of an act: each call that it makes for a file of the hub, with each error of the table."""
    table = acts()[1]
    found = [
        Fault(call, error, number)
        for call, number in stage.calls
        if not calls or call in calls
        for error in table[call][: 1 if one else None]
    ]
    yield from found[::every]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
