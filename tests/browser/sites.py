"""The hubs that are looked at: built as their editors build them, and the list of their pages."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from tests.browser.serving import Host
from tests.hubs import VILLAGE, moment

ROOT = Path(__file__).resolve().parents[2]
STATES = Path(__file__).parent / "states"

#: The moments at which the hubs are built: each has all its states then.
DEMO_THEN = "2026-11-21 12:00"
VILLAGE_THEN = "2026-03-20 12:00"
STATES_THEN = "2026-05-15 12:00"

#: What a page is made from where no template of the theme is.
HANDBOOK, MAIL = "the handbook", "a mail"


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of a site: its file, its address on the host, its template, and the class of its body."""

    path: str
    url: str
    template: str
    face: str
    size: int

    def __str__(self) -> str:
        return self.path

    @property
    def is_mail(self) -> bool:
        """Tell a letter as it was mailed, which follows the rules of mail programs, from a page."""
        return self.template == MAIL

    @property
    def is_moved(self) -> bool:
        """Tell whether the page sends its reader on at once."""
        return self.template == "moved.html"


class Site:
    """A built hub on a host of its own."""

    def __init__(self, name: str, host: Host, then: datetime, templates: dict[str, str]) -> None:
        self.name, self.host, self.folder, self.then, self._templates = name, host, host.folder, then, templates

    @cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        """Return all its pages, mails among them, by path.

        A letter that was frozen leads to the public address of its hub and shows
        its pictures from there, so it is looked at elsewhere (``test_mails.py``).
        """
        files = sorted(self.folder.rglob("*.html"), key=lambda file: file.relative_to(self.folder).as_posix())
        return tuple(self._leaf(file) for file in files if file.name != "mail.html" or self.host.address in file.read_text(encoding="utf-8"))

    @cached_property
    def pages(self) -> tuple[Leaf, ...]:
        """Return its pages, without mails."""
        return tuple(one for one in self.leaves if not one.is_mail)

    @cached_property
    def faces(self) -> tuple[Leaf, ...]:
        """Return one page of each sort, the longest: it has most of what such a page can have."""
        longest: dict[tuple[str, str], Leaf] = {}
        for one in self.pages:
            known = longest.get((one.template, one.face))
            if not one.is_moved and (known is None or one.size > known.size):
                longest[one.template, one.face] = one
        return tuple(longest.values())

    def page(self, path: str) -> Leaf:
        """Return the page at a path from the front page on, such as ``posts/x/``."""
        return next(one for one in self.pages if one.path == f"{path}index.html")

    def _leaf(self, file: Path) -> Leaf:
        path = file.relative_to(self.folder).as_posix()
        head = re.search(r'<body[^>]*?\bclass="([^"]*)"', file.read_text(encoding="utf-8"))
        template = MAIL if file.name == "mail.html" else self._templates.get(path, HANDBOOK)
        face = head[1] if head and template != HANDBOOK else ""
        return Leaf(path, self.host.address + path.removesuffix("index.html"), template, face, file.stat().st_size)


def demo(into: Path) -> Site:
    """Build the hub of this repository, handbook included, from a copy of its sources."""
    from handbill.layout import SOURCES

    root = into / "demo"
    root.mkdir()
    for name in SOURCES:
        # The theme of this repository is the program's own, and needs no copy.
        if name != "theme":
            (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, root / name)
    return built("the demo", root, DEMO_THEN)


def village(into: Path) -> Site:
    """Build the small hub of the tests, which lies below a path of its host."""
    shutil.copytree(VILLAGE, into / "village", ignore=shutil.ignore_patterns("expected", ".handbill", "public"))
    return built("the village", into / "village", VILLAGE_THEN, "/hub/")


def states(into: Path) -> Site:
    """Build the hub that has every state and every unkind text."""
    shutil.copytree(STATES, into / "states", ignore=shutil.ignore_patterns(".handbill", "public"))
    return built("every state", into / "states", STATES_THEN)


def built(name: str, root: Path, then: str, base: str = "/") -> Site:
    """Build a hub for the very address at which it is then looked at.

    In a process of its own: Playwright's loop may run in this one, and a build
    has loops and forks of its own.
    """
    host = Host(root / "public", base)
    words = [sys.executable, "-m", "tests.browser.sites", str(root), then, host.address]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        host.close()
        raise AssertionError(f"{name} cannot be built:\n{done.stderr[-3000:]}")
    return Site(name, host, moment(then), json.loads(done.stdout))


def main(root: str, then: str, address: str) -> None:
    """Build the hub in *root* into its public folder, and write which template each page is made from."""
    from handbill.errors import ContentProblems
    from handbill.examining import examine
    from handbill.options import Options
    from handbill.outputs.planned import Finished
    from handbill.pipeline import build

    options = Options(
        root=Path(root), output=Path(root) / "public", as_of=moment(then), base_url=address, jobs=2, records=False, flushed=False
    )
    try:
        build(options)
    except ContentProblems as refusal:
        sys.exit("\n".join(f"{one.path}:{one.line}: {one.field}: {one.found}, {one.wanted}" for one in refusal.problems))
    planned = examine(options, lambda _: nullcontext()).planned
    json.dump({one.path: one.work.template for one in planned if one.path.endswith(".html") and isinstance(one.work, Finished)}, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
