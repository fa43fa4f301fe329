"""Several builds at once, of the same files into the same folder or into others: each as if it had been alone.

``python -m tests.incremental.together 50`` tries that often, each time after
another edit, with a site and its caches or without.
"""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import mkdtemp

from tests.hubs import files_of
from tests.incremental import edits, hubs
from tests.incremental.builds import Ask, Living, Server, Told, do, once, room_for_builds
from tests.incremental.sequences import Clean, Cleans, Different

#: So many at once.
BUILDS = 4


@dataclass
class Tally:
    """What was tried at once, and how often builds had to wait for nothing to do."""

    one_folder: int = 0
    folders: int = 0
    beside_a_server: int = 0
    builds: int = 0
    unchanged: int = 0

    def __str__(self) -> str:
        return (
            f"{BUILDS} builds at once, {self.one_folder} times into one folder, {self.folders} times into {BUILDS}, and {self.beside_a_server} times "
            f"beside two that live on: {self.builds} builds, of which {self.unchanged} had nothing left to do"
        )


def tried(count: int, room: Path) -> Tally:
    """Try it that often; return what was tried.

    Raises:
        Different: one is not as if it had been alone.
    """
    tally, cleans = Tally(), Cleans()
    root = Path(mkdtemp(dir=room)) / "hub"
    once(lambda: hubs.make("village", root))
    ground = edits.Ground(root, hubs.FIRST["village"], ())
    # Two that live on, as `serve` and a second `serve` for drafts: they build into the first folder as well.
    servers = [Server(), Server()]
    try:
        for number in range(count):
            edits.EDITS[("append", "retag", "write_post", "redate")[number % 4]](ground, number, number // 4)
            if number % 5 == 0:
                for name in (".handbill", "public", ".public.handbill"):
                    shutil.rmtree(root / name, ignore_errors=True)
            ask = Ask(root, root / "public", ground.as_of)
            clean = cleans.of(ask, room / f"clean-{number}")
            _at_once(number, ask, clean, servers if number % 3 == 2 else [], tally)
    finally:
        for server in servers:
            server.close()
    return tally


def _at_once(number: int, ask: Ask, clean: Clean, servers: list[Server], tally: Tally) -> None:
    asks = [replace(ask, output=ask.root / f"out-{one}") if number % 3 == 1 else ask for one in range(BUILDS)]
    builders = [Living(lambda one: do(one)) for _ in asks]
    try:
        for builder, one in zip(builders, asks, strict=True):
            builder.put(one)
        told: list[Told] = [server.do(ask) for server in servers]
        told += [builder.answer() for builder in builders]
    finally:
        for builder in builders:
            builder.close()
    tally.one_folder, tally.folders = tally.one_folder + (number % 3 == 0), tally.folders + (number % 3 == 1)
    tally.beside_a_server, tally.builds = tally.beside_a_server + (number % 3 == 2), tally.builds + len(told)
    tally.unchanged += sum(one.is_unchanged for one in told)
    for one, output in zip(told, [ask.output] * len(servers) + [asked.output for asked in asks], strict=True):
        if one.end != clean.told.end or (not one.is_unchanged and one.problems != clean.told.problems):
            raise Different(f"try {number}: {one}")
        found = files_of(output)
        if clean.told.end == "built" and found != clean.files:
            raise Different(f"try {number}: {sorted(path for path in {*found, *clean.files} if found.get(path) != clean.files.get(path))[:10]}")
    # The locks are those of a build from the locks before; what is promised once stays so.
    after = {name: (ask.root / name).read_bytes() for name in edits.LOCKS if (ask.root / name).is_file()}
    if after != clean.locks:
        raise Different(f"try {number}: the locks are not as after one build")


if __name__ == "__main__":
    with room_for_builds() as place:
        print(f"{tried(int((*sys.argv, 50)[1]), place)}, each as if alone")  # noqa: T201
