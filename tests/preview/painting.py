"""How long from the write of a file until what it says stands painted in an open page of the preview.

A copy of a hub, or with *own* the hub itself, is served as an editor would;
Chromium looks at one page, and a file is edited again and again::

    python -m tests.preview.painting HUB [TIMES] [text] [title] [list] [template] [style] [fault] [own]

``text`` edits the last words of the open post, ``title`` its title; ``list``
edits the title of a post while the list of posts is open; ``template`` and
``style`` edit the theme of the hub; ``fault`` writes what cannot be read until
the page says so, and mends it.  Median and slowest of every link of the chain
are told: until the preview notices, until the page is told, until the browser
asks, until it is painted; and how long until the folder is published.  It
needs what the tests in a browser need, and their tools in ``PYTHONPATH``.
"""

from __future__ import annotations

import json
import os
import re
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

from handbill.engine import engine_theme

_WAIT_S = 600.0

#: Seconds between edits: the build that follows has time to end, as with people.
_REST_S = 6

#: Tells of each number that stands in the page, after the frame in which it does; with a panel over the page only of those in it.
_LOOK = r"""
(() => {
  let last = "";
  const look = () => {
    const panel = document.querySelector("#handbill-problems");
    const style = document.documentElement && getComputedStyle(document.documentElement).getPropertyValue("--mark");
    const text = panel ? panel.shadowRoot.textContent : `${style} ${document.body?.textContent}`;
    for (const [, found] of text.matchAll(/Repère (\d+)\./g)) {
      if (Number(found) <= Number(last)) continue;
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


def marked(text: str, what: str, number: int) -> str:
    """Return a file with another number in it."""
    mark = f"Repère {number}."
    if what == "style":
        return f':root {{ --mark: "{mark}"; }}\n'
    if what == "template":
        return re.sub("<p>Repère .*?</p>|(?=<h1)", f"<p>{mark}</p>", text, count=1)
    lines = [line for line in text.splitlines() if not line.startswith("draft: ")]
    if what in ("title", "list"):
        assert lines[1].startswith("title:")
        lines[1] = f"title: {mark}"
    elif what == "fault":
        lines.insert(1, f"draft: {mark}")
    else:
        lines[-1] = mark
    return "\n".join(lines) + "\n"


def edited(page: Any, file: Path, what: str, number: int, seen: dict[str, float], notes: Notes) -> dict[str, float]:
    """Write the file with another number in it, and return how many ms later each link of the chain followed."""
    text = marked(file.read_text(encoding="utf-8"), what, number)
    begun = time()
    file.write_text(text, encoding="utf-8")
    until = monotonic() + _WAIT_S
    while str(number) not in seen and monotonic() < until:
        page.wait_for_timeout(5)
    found = {**notes.since(begun), "painted": seen[str(number)] / 1000}
    return {what: (at - begun) * 1000 for what, at in found.items()}


def opened(page: Any, address: str, root: Path, what: str) -> Path:
    """Open the page that an edit will show on, and return the file to edit."""
    posts = root / "content" / "posts"
    post = sorted(posts.glob("*.md"))[-40]
    if what == "list":
        page.goto(f"{address}posts/")
        return posts / f"{page.locator('main h3 a, main h2 a').first.get_attribute('href').split('/')[-2]}.md"
    page.goto(f"{address}posts/{post.stem}/")
    if what == "style":
        return _made(root / "theme" / "style" / "mark.css", "")
    if what == "template":
        return _made(root / "theme" / "templates" / "post.html", (engine_theme() / "templates" / "post.html").read_text(encoding="utf-8"))
    return post


def _made(file: Path, text: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def measured(hub: Path, times: int, sorts: list[str], is_own: bool) -> Iterator[str]:
    """Yield what each edit took, and of each sort last the median and the slowest of each link."""
    from tests.browser.driving import started

    with TemporaryDirectory(prefix="handbill-") as folder:
        root = hub if is_own else shutil.copytree(hub, Path(folder) / "hub", symlinks=True)
        notes, seen = Notes(Path(folder) / "notes"), dict[str, float]()
        notes.take("begun")
        with served(root, notes) as address, started() as browser:
            page = browser.new_page()
            page.expose_function("painted", lambda number, at: seen.setdefault(number, at))
            page.add_init_script(_LOOK)
            for what in sorts:
                file = opened(page, address, root, what)
                page.wait_for_timeout(_REST_S * 1000)
                every: list[dict[str, float]] = []
                for _ in range(times):
                    number = int(time())
                    every.append(edited(page, file, what, number, seen, notes))
                    yield _told(f"{what} {len(every)}", every[-1])
                    page.wait_for_timeout(_REST_S * 1000)
                    if what == "fault":
                        yield _told("mended", edited(page, file, "text", number + 1, seen, notes))
                        page.wait_for_timeout(_REST_S * 1000)
                if what in ("template", "style"):
                    file.unlink()
                yield from _summary(what, every)


def _told(name: str, took: dict[str, float]) -> str:
    return f"{name}: " + ", ".join(f"{what} {ms:.0f}" for what, ms in sorted(took.items(), key=lambda one: one[1]))


def _summary(what: str, every: list[dict[str, float]]) -> Iterator[str]:
    names = sorted({name for one in every for name in one}, key=lambda name: median(one.get(name, 0.0) for one in every))
    for name in names:
        took = sorted(one[name] for one in every if name in one)
        yield f"{what}: {name}: median {median(took):.0f} ms, 95 of 100 within {took[int(0.95 * (len(took) - 1))]:.0f} ms, {len(took)} times"


SORTS = ("text", "title", "list", "template", "style", "fault")

if __name__ == "__main__":
    if sys.argv[1] == "serve":
        serve(Path(sys.argv[2]), Notes(Path(sys.argv[3])))
    else:
        hub, *words = sys.argv[1:]
        count = next((int(word) for word in words if word.isdigit()), 20)
        for line in measured(Path(hub), count, [one for one in SORTS if one in words] or ["text"], "own" in words):
            sys.stdout.write(line + "\n")
            sys.stdout.flush()
