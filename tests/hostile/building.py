"""Build hubs that were made up by chance, and look at what came out: ``python -m tests.hostile.building 1000``."""

# ruff: noqa: T201

from __future__ import annotations

import argparse
import shutil
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest import mock

from tests.hostile.invented import invented, lay
from tests.hostile.leading import dead_ends, odd_names, unlike_plan, unreadable
from tests.hubs import files_of, options

from handbill import pipeline


def look(number: int, room: Path, counts: Counter[str] | None = None) -> list[str]:
    """Build the hub of that number and return all that is wrong with the site."""
    hub = invented(number)
    root = lay(hub, room / f"hub-{number}")
    planned: list[str] = []

    def note(paths: Sequence[Any], *rest: Any) -> int:
        planned.extend(one.path for one in paths)
        return record(paths, *rest)

    record = pipeline._record
    try:
        # What every output planned is told in one place: where its promises are kept.
        with mock.patch.object(pipeline, "_record", note):
            pipeline.build(options(root, hub.as_of, no_cache=True))
        files = files_of(root / "public")
        base = next(line.split('"')[1] for line in str(hub.files["hub.toml"]).splitlines() if line.startswith("base_url"))
        wrong = [*unlike_plan(planned, files), *dead_ends(files, base), *unreadable(files), *odd_names(files)]
        wrong += [
            f"{path}: {secret}, which is not to be seen yet"
            for path, raw in files.items()
            for secret in hub.hidden
            if secret.encode() in raw
        ]
        if counts is not None:
            counts.update(sites=1, planned=len(planned), files=len(files), missing=0, extra=0, hidden=len(hub.hidden))
            counts["pages"] += sum(path.endswith(".html") for path in files)
    finally:
        shutil.rmtree(root, ignore_errors=True)
    return [f"hub {number}: {one}" for one in wrong]


def main(words: Sequence[str]) -> int:
    """Build as many hubs as are asked for; return 1 if anything is wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.hostile.building", description=(__doc__ or "").split(":")[0])
    parser.add_argument("hubs", nargs="?", type=int, default=1000, help="how many (default: 1000)")
    parser.add_argument("--first", type=int, default=0, help="the number of the first (default: 0)")
    asked = parser.parse_args(words)
    counts: Counter[str] = Counter()
    wrong = 0
    with TemporaryDirectory(prefix="handbill-hostile-") as folder:
        start = time.process_time()
        for number in range(asked.first, asked.first + asked.hubs):
            for one in look(number, Path(folder), counts):
                wrong += 1
                print(one, flush=True)
    spent = time.process_time() - start
    print(
        ", ".join(f"{counts[name]} {name}" for name in ("sites", "planned", "files", "pages", "hidden"))
        + f"; {wrong} faults; {spent / max(1, asked.hubs):.2f} s each"
    )
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
