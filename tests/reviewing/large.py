"""How long a review of one changed post takes in a large hub, and with what.

A hub of that many posts is made, committed and reviewed once, so that its
texts were read and its base is known; then another post is changed, and the
review of it is measured as it is typed::

    python -m tests.reviewing.large 5000

The wall clock counts on an idle machine only; the time of the processors is
told beside it, and where it goes.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter

from tests.hubs import options, text, write
from tests.reviewing.repository import committed

from handbill.reviewing.review import review

_THEN = "2026-11-01 12:00"
_WORDS = ("puits", "samedi", "voisins", "fontaine", "soupe", "pierre", "atelier", "roue", "lampe", "moteur", "scie", "bois", "pain", "vélo")


def hub_of(root: Path, posts: int) -> Path:
    """Make a hub of that many posts over ten years, each of some 250 words, and commit it."""
    chance = Random(posts)
    files: dict[str, str | bytes] = {".gitignore": "/.handbill/\n/public/\n"}
    for n in range(posts):
        body = "\n\n".join(" ".join(chance.choices(_WORDS, k=50)).capitalize() + "." for _ in range(5))
        date = f"{2016 + n * 10 // posts}-{1 + n % 12:02}-{1 + n % 28:02}"
        front = {"title": f"Billet {n}", "date": date, "tags": f"[t{n % 40}, u{n % 15}]", "authors": f"[Ada {n % 90}]"}
        files[f"content/posts/p{n:05}.md"] = text(body, **front)
    write(root, files)
    committed(root)
    return root


def edit(root: Path, post: int) -> None:
    """Write a sentence more at the end of a post."""
    with (root / "content" / "posts" / f"p{post:05}.md").open("a", encoding="utf-8") as file:
        file.write("\nUne phrase de plus.\n")


def typed(root: Path) -> tuple[float, float]:
    """Return the seconds that the command takes, by the clock and of the processors."""
    words = [sys.executable, "-m", "handbill", "--root", str(root), "review", "main", "--as-of", _THEN, "--no-pictures"]
    start, before = perf_counter(), os.times()
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
    after = os.times()
    return perf_counter() - start, after.children_user + after.children_system - before.children_user - before.children_system


def measured(posts: int) -> Iterator[str]:
    """Yield what each review took, the first of all and those that follow."""
    with TemporaryDirectory() as folder:
        root = hub_of(Path(folder) / "hub", posts)
        for n, name in enumerate(("first of all", "another post", "another post", "the same post")):
            if name != "the same post":
                edit(root, posts // 2 + n)
            clock, processors = typed(root)
            yield f"{name}: {clock:.1f} s, {processors:.1f} s of the processors"
        found = review(options(root, as_of=_THEN, jobs=os.cpu_count() or 1), "main", "", "fr")
        yield f"{len(found.pages)} pages, {len(found.files)} files; " + ", ".join(f"{name} {took:.2f} s" for name, took in found.seconds.items())


if __name__ == "__main__":
    for line in measured(int(sys.argv[1])):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
