"""How long from the write of a file until its new words stand painted in an open page of the preview.

A copy of a hub, or with *own* the hub itself, is served as an editor would;
Chromium looks at one post, and the words of that post, or its *title*, are
edited again and again::

    python -m tests.preview.painting HUB [TIMES] [title] [own]

Median and slowest of every link of the chain are told: until the preview
notices, until the page is told, until the browser asks, until the words are
painted; and how long until the folder is published.  It needs what the tests
in a browser need.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import monotonic, time
from typing import Any

_WAIT_S = 600.0

#: Tells of each number that stands in the page, after the frame in which it does.
_LOOK = """
(() => {
  let last = "";
  const look = () => {
    const found = document.body?.textContent.match(/Repère (\\d+)\\./)?.[1] ?? "";
    if (found && found !== last) {
      last = found;
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => painted(found, performance.timeOrigin + performance.now());
      port2.postMessage(0);
    }
    requestAnimationFrame(look);
  };
  look();
})();
"""


class Notes:
    """What happened when, in a file that two processes share."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def take(self, what: str) -> None:
        """Write down that something happened now."""
        with self._file.open("a") as opened:
            opened.write(json.dumps([time(), what]) + "\n")

    def since(self, moment: float) -> dict[str, float]:
        """Return when each thing happened first after *moment*."""
        found: dict[str, float] = {}
        for line in self._file.read_text().splitlines():
            at, what = json.loads(line)
            if at >= moment:
                found.setdefault(what, at)
        return found


def serve(root: Path, notes: Notes) -> None:
    """Serve a hub as `handbill serve` does, and note each link of the chain."""
    from handbill.cli import main
    from handbill.preview import server, session

    for owner, name, what in (
        (session.Session, "note", "noticed"),
        (server.Preview, "show_ahead", "drawn"),
        (session.Session, "_show", "published"),
        (session.Session, "_learn", "learning"),
        (server._Answer, "_send_page", "asked"),
    ):
        _noting(owner, name, what, notes)
    sys.argv = ["handbill", "--root", str(root), "serve", "--port", "8700", "--as-of", "2026-11-01"]
    main()


def _noting(owner: Any, name: str, what: str, notes: Notes) -> None:
    was = getattr(owner, name)

    def noted(self: Any, *given: Any, **named: Any) -> Any:
        notes.take(what)
        return was(self, *given, **named)

    setattr(owner, name, noted)


@contextmanager
def served(root: Path, notes: Notes) -> Iterator[str]:
    """Serve a hub in a process of its own and give its address."""
    words = [sys.executable, "-m", "tests.preview.painting", "serve", str(root), str(notes._file)]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"})
    assert process.stdout
    try:
        address = next(word for line in process.stdout for word in line.split() if word.startswith("http://127.0.0.1:"))
        threading.Thread(target=process.stdout.read, daemon=True).start()
        yield address
    finally:
        process.terminate()
        process.wait()


def edited(page: Any, file: Path, number: int, is_title: bool, seen: dict[str, float], notes: Notes) -> dict[str, float]:
    """Write the file with another number in it, and return how many ms later each link of the chain followed."""
    lines = file.read_text(encoding="utf-8").splitlines()
    place = 1 if is_title else len(lines) - 1
    assert is_title is lines[place].startswith("title:")
    lines[place] = f"{'title: ' * is_title}Repère {number}."
    begun = time()
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    until = monotonic() + _WAIT_S
    while str(number) not in seen and monotonic() < until:
        page.wait_for_timeout(5)
    found = {**notes.since(begun), "painted": seen[str(number)] / 1000}
    return {what: (at - begun) * 1000 for what, at in found.items()}


def measured(hub: Path, times: int, is_title: bool, is_own: bool) -> Iterator[str]:
    """Yield what each edit took, and last the median and the slowest of each link."""
    from tests.browser.driving import started

    with TemporaryDirectory(prefix="handbill-") as folder:
        root = hub if is_own else shutil.copytree(hub, Path(folder) / "hub", symlinks=True)
        post = sorted((root / "content" / "posts").glob("*.md"))[-40]
        notes, seen = Notes(Path(folder) / "notes"), dict[str, float]()
        notes.take("begun")
        with served(root, notes) as address, started() as browser:
            page = browser.new_page()
            page.expose_function("painted", lambda number, at: seen.setdefault(number, at))
            page.add_init_script(_LOOK)
            page.goto(f"{address}posts/{post.stem}/")
            page.wait_for_timeout(5000)
            first = int(time())
            every: list[dict[str, float]] = []
            for number in range(times):
                every.append(edited(page, post, first + number, is_title, seen, notes))
                yield f"{number}: " + ", ".join(f"{what} {took:.0f}" for what, took in sorted(every[-1].items(), key=lambda one: one[1]))
                # As people do: the build that follows has time to end.
                page.wait_for_timeout(6000)
        names = sorted({name for one in every for name in one}, key=lambda name: median(one.get(name, 0.0) for one in every))
        for name in names:
            took = sorted(one[name] for one in every if name in one)
            yield f"{name}: median {median(took):.0f} ms, 95 of 100 within {took[int(0.95 * (len(took) - 1))]:.0f} ms, {len(took)} times"


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        serve(Path(sys.argv[2]), Notes(Path(sys.argv[3])))
    else:
        hub, *words = sys.argv[1:]
        count = next((int(word) for word in words if word.isdigit()), 20)
        for line in measured(Path(hub), count, "title" in words, "own" in words):
            sys.stdout.write(line + "\n")
            sys.stdout.flush()
