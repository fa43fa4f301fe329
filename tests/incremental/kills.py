"""Builds that are killed at any instant, with a reader that never stops: 0 mixed, 0 missing, and the next build is as from nothing.

Each edit gives the community another number in its name, which stands on every
page, in every feed and in every calendar; ``build.json`` has the digest of
every file.  So a mixture shows, whatever was in the making.
``python -m tests.incremental.kills 300`` kills that often.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import mkdtemp

from tests.hubs import files_of
from tests.incremental import hubs
from tests.incremental.builds import Ask, Fallen, Living, Told, do, once, room_for_builds
from tests.incremental.sequences import Different

AS_OF = "2026-03-20 12:00"

#: What a visitor asks for again and again; each says the number of its generation.
READ = ("index.html", "posts/index.html", "feeds/all.atom.xml", "feeds/all.json", "calendars/all.ics", "404.html", "en/index.html", "events/fete/index.html")

_NUMBER = re.compile(rb"Le village (\d{6})")

#: Instants that a clock would not hit: before and after the swap, and all that is written down after it.
EXACT = ("before the list", "before the swap", "after the swap", "before the locks", "before the calendars", "before the last word")


@dataclass
class Tally:
    """What was killed when, and what the reader saw meanwhile."""

    kills: dict[str, int] = field(default_factory=dict)
    old: int = 0
    new: int = 0
    compared: int = 0
    readings: int = 0

    def __str__(self) -> str:
        return (
            f"{sum(self.kills.values())} kills: {self.kills}; afterwards the old site stood {self.old} times, the new one {self.new} times; "
            f"{self.compared} next builds compared with builds from nothing; "
            f"{self.readings} readings of {len(READ)} files each, 0 mixed, 0 missing"
        )


class Victim:
    """A hub whose builds are killed, and its reader."""

    def __init__(self, room: Path) -> None:
        self._room, self.root = room, room / "victim"
        once(lambda: hubs.make("village", self.root))
        self._public, self._number = self.root / "public", 0
        self._spans = {kind: self._timed(kind) for kind in ("cold", "warm")}
        self._reader = Living(lambda _: _read_for_ever(self._public, room / "readings"))
        self._reader.put(None)

    def suffer(self, number: int, tally: Tally) -> None:
        """Kill a build at an instant that follows from *number*, look at what stands, and build again.

        Raises:
            Different: what stands is a mixture, or the next build is not as one from nothing.
        """
        chance = Random(number)
        kind = ("warm", "cold")[number % 2]
        exact = EXACT[number // 3 % len(EXACT)] if number % 3 == 0 else ""
        before = self._number
        self._edit()
        self._make_cold(kind)
        locks = self._locks()
        child = Living(lambda _: _dying(self._ask(), exact), alone=True)
        child.put(None)
        has_answered = False
        if exact:
            with suppress(Fallen):
                child.answer()
                has_answered = True
        else:
            time.sleep(chance.random() * self._spans[kind])
        # Its workers are of its group.
        with suppress(ProcessLookupError):
            os.killpg(child.number, signal.SIGKILL)
        child.close()
        case = f"kill {number} of a {kind} build{f' {exact}' if exact else ''}"
        tally.kills[exact or kind] = tally.kills.get(exact or kind, 0) + 1
        if has_answered:
            raise Different(f"{case}: it was not reached")
        stands = self._whole(case)
        if stands not in (before, self._number):
            raise Different(f"{case}: generation {stands} stands, neither {before} nor {self._number}")
        tally.old += stands == before
        tally.new += stands == self._number
        # On a busy machine builds take longer: the kills shall go on to be spread over the whole of them.
        if not exact:
            self._spans[kind] *= 1.03 if stands == before else 0.97
        wanted = self._from_nothing(locks) if number % 5 == 0 else None
        told = once(lambda: do(self._ask()))
        if told.end != "built" or self._whole(case) != self._number:
            raise Different(f"{case}: the next build: {told}")
        if wanted is not None:
            tally.compared += 1
            if wanted != (files_of(self._public), self._locks()):
                raise Different(f"{case}: the next build is not as one from nothing")
        left = {path.name for path in self.root.parent.iterdir()} | {path.name for path in self.root.iterdir() if path.name.startswith((".", "public"))}
        if any("scratch" in name or "aside" in name for name in left):
            raise Different(f"{case}: left behind: {sorted(left)}")
        self._ask_reader(case)

    def end(self, tally: Tally) -> None:
        """End the reader, which must still read."""
        self._ask_reader("the end")
        tally.readings = (self._room / "readings").stat().st_size
        if tally.readings < sum(tally.kills.values()):
            raise Different(f"the reader read only {tally.readings} times")

    def close(self) -> None:
        """End the reader, whatever it is doing."""
        self._reader.close()

    def _ask_reader(self, case: str) -> None:
        if os.waitpid(self._reader.number, os.WNOHANG) != (0, 0):
            raise Different(f"{case}: the reader fell")
        if (fault := self._room / "fault").exists():
            raise Different(f"{case}: the reader met {fault.read_text()}")

    def _edit(self) -> None:
        self._number += 1
        file = self.root / "hub.toml"
        whole = re.sub(r'(?m)^name = "Le village[ 0-9]*"', f'name = "Le village {self._number:06}"', file.read_text(encoding="utf-8"), count=1)
        file.write_text(whole, encoding="utf-8")

    def _timed(self, kind: str) -> float:
        self._make_cold(kind)
        self._edit()
        started = time.monotonic()
        told = once(lambda: do(self._ask()))
        assert told.end == "built", told
        return time.monotonic() - started

    def _make_cold(self, kind: str) -> None:
        if kind == "cold":
            shutil.rmtree(self.root / ".handbill", ignore_errors=True)

    def _whole(self, case: str) -> int:
        """Return the number of the generation that stands.

        Raises:
            Different: it is not whole, or a mixture.
        """
        files = files_of(self._public)
        listed = json.loads(files.pop("build.json"))["files"]
        if listed != {path: hashlib.sha256(raw).hexdigest() for path, raw in files.items()}:
            raise Different(f"{case}: a mixture stands")
        numbers = {int(found) for path in READ for found in _NUMBER.findall(files[path])}
        if len(numbers) != 1:
            raise Different(f"{case}: generations {numbers} stand together")
        return numbers.pop()

    def _from_nothing(self, locks: dict[str, bytes]) -> tuple[dict[str, bytes], dict[str, bytes]]:
        """Return what a build of the same tree makes in an empty folder without a cache."""
        root = Path(mkdtemp(dir=self._room)) / "hub"
        shutil.copytree(self.root, root, ignore=shutil.ignore_patterns("public", ".handbill", ".public.handbill", "*.lock"))
        for name, raw in locks.items():
            (root / name).write_bytes(raw)
        told = once(lambda: do(Ask(root, root / "public", AS_OF, {"no_cache": True})))
        assert told.end == "built", told
        made = files_of(root / "public"), {name: (root / name).read_bytes() for name in ("addresses.lock", "calendars.lock")}
        shutil.rmtree(root.parent)
        return made

    def _locks(self) -> dict[str, bytes]:
        return {name: (self.root / name).read_bytes() for name in ("addresses.lock", "calendars.lock") if (self.root / name).is_file()}

    def _ask(self) -> Ask:
        return Ask(self.root, self._public, AS_OF)


def _dying(ask: Ask, exact: str) -> Told:
    """Build, and die at the exact instant, if one is named."""
    from handbill import pipeline
    from handbill.publishing import shelf, swap

    places: dict[str, tuple[object, str, bool]] = {
        "before the list": (shelf.Shelf, "put", False),
        "before the swap": (swap, "swap", False),
        "after the swap": (swap, "swap", True),
        "before the locks": (pipeline, "_record", False),
        "before the calendars": (pipeline, "_note", False),
        "before the last word": (pipeline, "write_last", False),
    }
    if exact:
        owner, name, after = places[exact]
        setattr(owner, name, _deadly(getattr(owner, name), after))
    return do(ask)


def _deadly(call: Callable[..., object], after: bool) -> Callable[..., object]:
    def deadly(*given: object, **named: object) -> None:
        if after:
            call(*given, **named)
        os.kill(os.getpid(), signal.SIGKILL)

    return deadly


def _read_for_ever(public: Path, readings: Path) -> None:
    """Read the files again and again, in their order, as visitors do; write down the first that is wrong, and end."""
    latest = 0
    while True:
        for path in READ:
            try:
                (number,) = {int(one) for one in _NUMBER.findall((public / path).read_bytes())}
            except (OSError, ValueError) as fault:
                (readings.parent / "fault").write_text(f"{path}: {fault!r}")
                return
            # One page of an earlier generation than the page before is a mixed site.
            if number < latest:
                (readings.parent / "fault").write_text(f"{path} of generation {number} after {latest}")
                return
            latest = number
        with readings.open("ab") as opened:
            opened.write(b".")
        # Builds need a core as well.
        time.sleep(0.001)


def killed(numbers: Iterable[int], room: Path) -> Tally:
    """Kill builds at these instants; return what was seen.

    Raises:
        Different: a mixture stood, or the next build was not as one from nothing.
    """
    tally, victim = Tally(), Victim(room)
    try:
        for number in numbers:
            victim.suffer(number, tally)
        victim.end(tally)
    finally:
        victim.close()
    return tally


if __name__ == "__main__":
    with room_for_builds() as place:
        print(killed(range(int((*sys.argv, 300)[1])), place))  # noqa: T201
