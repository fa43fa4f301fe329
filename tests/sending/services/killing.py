"""Hand letters over in processes that are killed (SIGKILL) while a service is at work, and count what members would get.

``python -m tests.sending.services.killing 500`` kills 500 runs of each service at
random requests, each up to three times, and takes them up again; it prints what
was lost and what was sent twice.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import tempfile
from collections import Counter
from datetime import datetime
from pathlib import Path

from tests.sending.services.ways import AT, WAYS, Way, mailing, version

from handbill.sending.handed import Notes
from handbill.sending.handing import Until, hand_over


def run(way: Way, folder: Path, at: datetime | None, number: int = 0, stage: str = "") -> bool:
    """Run the command in a process of its own; kill it at that request of its, if it comes so far; say whether it ended well."""
    first = len(way.fake.asked)
    child = os.fork()
    if not child:
        try:
            hand_over(mailing(), way.service(), {"fr": way.target}, Notes(folder), at, Until.SENT, lambda _: None)
        except BaseException:
            os._exit(1)
        os._exit(0)

    def watch(asked: int, when: str) -> bool:
        if (asked - first, when) != (number, stage):
            return False
        os.kill(child, signal.SIGKILL)
        return True

    way.fake.watch = watch
    _, status = os.waitpid(child, 0)
    way.fake.watch = lambda _number, _stage: False
    return os.waitstatus_to_exitcode(status) == 0


def kill(word: str, chance: random.Random, folder: Path) -> Counter[str]:
    """Kill one letter's runs up to three times, take it up again, and return what came of it."""
    way, counts = WAYS[word](), Counter(letters=1)
    at = chance.choice([AT, None])
    for _ in range(chance.randrange(1, 4)):
        counts["kills"] += not run(way, folder, at, chance.randrange(1, 22), chance.choice(["asked", "done"]))
    counts["failures"] += not run(way, folder, at)
    way.fake.close()
    drafts, departures = len(way.drafts(version())), sum(way.fake.departures.values())
    counts.update({"lost": departures == 0, "twice": departures > 1, "doubled": drafts > 1})
    return counts


def main(letters: int) -> int:
    """Print the counts for each service; return 0 if nothing was lost or doubled."""
    chance, bad = random.Random(45), 0
    for word in WAYS:
        counts: Counter[str] = Counter()
        with tempfile.TemporaryDirectory() as folder:
            for n in range(letters):
                counts.update(kill(word, chance, Path(folder) / str(n)))
        print(word, ", ".join(f"{name} {counts[name]}" for name in ("letters", "kills", "failures", "lost", "twice", "doubled")))  # noqa: T201
        bad += sum(counts[name] for name in ("failures", "lost", "twice", "doubled"))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 500))
