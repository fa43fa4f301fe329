"""How long a text keeps its reader busy, in time of the processor, in a process that is ended when it takes far too long."""

from __future__ import annotations

import json
import os
import resource
import time
from collections.abc import Iterator
from typing import NamedTuple

from handbill.kinds import KINDS
from handbill.reading.draft import Terms
from handbill.reading.drafting import read_draft

KIND = {kind.name: kind for kind in KINDS}
FRONT = {
    "post": ("content/posts/a.md", "---\ntitle: x\ndate: 2026-05-01\n---\n\n"),
    "issue": ("newsletters/1.md", "---\ntitle: x\nsubject: x\nnumber: 1\ndate: 2026-05-01\n---\n\n"),
}

#: What ends a process that looked like it would never end.
ENOUGH_S = 120


class Read(NamedTuple):
    """What became of a text: of which size, as which kind, in what time of the processor, and by which codes it was refused."""

    name: str
    kind: str
    size: int
    seconds: float
    codes: list[str]
    is_read: bool


def terms(dialect: str) -> Terms:
    return Terms(dialect, "Europe/Paris", ("fr", "en"), 4 * 1024 * 1024, followed=2030)


def reading(name: str, kind: str, body: str, tries: int = 1) -> Read:
    """Return how a text was read, in the shortest time of several."""
    path, front = FRONT[kind]
    raw, shortest = (front + body).encode(), float("inf")
    for _ in range(tries):
        begun = time.process_time()
        draft, problems = read_draft(path, raw, KIND[kind], terms("github"))
        shortest = min(shortest, time.process_time() - begun)
    return Read(name, kind, len(raw), shortest, sorted({one.code for one in problems}), draft is not None)


def apart(work: Iterator[Read]) -> list[Read]:
    """Return what a process of its own has read, which is ended when it takes far too long."""
    here, there = os.pipe()
    child = os.fork()
    if not child:
        code = 1
        try:
            os.close(here)
            used = int(time.process_time())
            resource.setrlimit(resource.RLIMIT_CPU, (used + ENOUGH_S, used + ENOUGH_S))
            with os.fdopen(there, "w", encoding="utf-8") as pipe:
                for one in work:
                    print(json.dumps(one), file=pipe, flush=True)
            code = 0
        finally:
            os._exit(code)
    os.close(there)
    with os.fdopen(here, encoding="utf-8") as pipe:
        done = [Read(*json.loads(line)) for line in pipe]
    status = os.waitpid(child, 0)[1]
    assert status == 0, f"ended by {status} after {done[-1] if done else 'nothing'}"
    return done
