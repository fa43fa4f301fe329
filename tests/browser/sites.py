"""The hubs that are looked at: built as their editors build them, and the list of their pages."""

from __future__ import annotations

import re
import shutil
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

    def __init__(self, name: str, folder: Path, host: Host, then: datetime, templates: dict[str, str]) -> None:
        self.name, self.folder, self.host, self.then, self._templates = name, folder, host, then, templates

    @cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        """Return all its pages, mails among them, by path."""
        files = sorted(self.folder.rglob("*.html"), key=lambda file: file.relative_to(self.folder).as_posix())
        return tuple(self._leaf(file) for file in files)

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


def built(name: str, root: Path, as_of: str, base: str = "/") -> Site:
    """Build a hub for the very address at which it is then looked at."""
    from handbill.examining import examine
    from handbill.options import Options
    from handbill.outputs.planned import Finished
    from handbill.pipeline import build

    host = Host(base)
    options = Options(
        root=root, output=root / "public", as_of=moment(as_of), base_url=host.address, jobs=2, records=False, flushed=False
    )
    build(options)
    host.folder = options.output
    planned = examine(options, lambda _: nullcontext()).planned
    templates = {one.path: one.work.template for one in planned if one.path.endswith(".html") and isinstance(one.work, Finished)}
    return Site(name, options.output, host, options.as_of, templates)
