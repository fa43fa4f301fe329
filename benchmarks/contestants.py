"""Who takes part: how each has its posts laid out, is started, and is changed by a scenario."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from benchmarks import rivals
from benchmarks.corpus import Corpus
from benchmarks.layouts import eleventy, handbill, hugo, pelican


@dataclass(frozen=True, slots=True)
class Contestant:
    """A program with its settings.

    ``rival`` names its environment, "" is Handbill.  ``start`` makes the
    command of a build from the folder of that environment and a moment.  A
    build makes ``output``; to begin from nothing, ``leftovers`` go as well.
    ``settings`` and ``template`` are the files that hold the name of the site
    and the template of a post.
    """

    name: str
    title: str
    rival: str
    lay: Callable[[Path, Corpus], None]
    start: Callable[[Path, datetime], list[str]]
    settings: str
    template: str
    posts: str = "content/posts"
    events: str = "content/events"
    output: str = "public"
    leftovers: tuple[str, ...] = ()
    is_incremental: bool = False


def _handbill(_home: Path, moment: datetime) -> list[str]:
    # What build.py becomes once it has found the environment ready, as Hugo is started without the script around it.
    return [sys.executable, "-I", "-X", "utf8", "-m", "handbill", "--root", ".", "site", "--as-of", f"{moment:%Y-%m-%d %H:%M}"]


def _hugo(home: Path, _moment: datetime) -> list[str]:
    return [str(rivals.hugo(home)), "--quiet", "--noBuildLock", "--destination", "public"]


def _pelican(home: Path, _moment: datetime) -> list[str]:
    return [str(rivals.pelican(home)), "--quiet", "--output", "public", "--settings", "pelicanconf.py", "content"]


def _eleventy(home: Path, _moment: datetime) -> list[str]:
    return ["node", str(rivals.eleventy(home)), "--quiet"]


_OURS = partial(
    Contestant,
    rival="",
    start=_handbill,
    settings="hub.toml",
    template="theme/templates/post.html",
    events="events",
    leftovers=(".handbill", ".public.handbill"),
    is_incremental=True,
)

#: In the order of their turns.
CONTESTANTS: tuple[Contestant, ...] = (
    Contestant("hugo", "Hugo", "hugo", hugo.lay, _hugo, "hugo.toml", "layouts/page.html", leftovers=("resources",)),
    _OURS("handbill-site", "Handbill: site, feeds, calendars", lay=partial(handbill.lay, is_whole=False)),
    _OURS("handbill", "Handbill with everything", lay=handbill.lay),
    _OURS(
        "handbill-python-markdown",
        "Handbill: the same in python-markdown",
        lay=partial(handbill.lay, dialect="python-markdown", is_whole=False),
    ),
    Contestant("eleventy", "Eleventy", "eleventy", eleventy.lay, _eleventy, "content/_data/site.json", "content/_includes/post.njk"),
    Contestant(
        "pelican",
        "Pelican",
        "pelican",
        pelican.lay,
        _pelican,
        "pelicanconf.py",
        "theme/templates/article.html",
        leftovers=("cache", "__pycache__"),
    ),
)
