"""Built pages → the search index that browsers load piece by piece.  Runs pagefind; no other module names it."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from html import escape
from pathlib import Path

from handbill.engine import engine_digest
from handbill.errors import MachineLacks, said
from handbill.hub.hub import Hub
from handbill.outputs.planned import Artifact, Planned, digest, settled
from handbill.outputs.search_order import facets, put_in_order, read_entry, write_entry, write_named
from handbill.outputs.search_texts import MARK, stage, words
from handbill.settings import Settings

name = "search"

FOLDER = "pagefind/"

#: The longest time that indexing may take; five thousand pages take twelve seconds.
TIMEOUT_S = 600

# Ready-made boxes of pagefind's own, half a megabyte, and its way in from a page; our search page has its own.
_UNUSED = re.compile(r"pagefind(-(ui|modular-ui|component-ui|highlight))?\.(js|css)")
_ROOM = ("SYSTEMROOT", "TEMP", "TMP")


def plan(_planned: Sequence[Planned], digests: Mapping[str, str], _hub: Hub, _settings: Settings) -> Iterator[Planned]:
    """Yield the index, keyed by every page: while no page changes, it is not made again."""
    pages = sorted((path, key) for path, key in digests.items() if path.endswith((".html", "/")) and not path.startswith(FOLDER))
    if pages:
        yield settled(FOLDER, digest(engine_digest(), _version(), pages), ())


def make(planned: Sequence[Planned], settings: Settings, scratch: Path, made: Path) -> Iterator[Artifact]:
    """Index the pages in the folder *made*.

    Raises:
        MachineLacks: pagefind is missing or cannot run here.
    """
    for one in planned:
        index, staged = scratch / "index", scratch / "pages"
        # Where no page has the mark, pagefind would index everything.
        if not stage(made, staged):
            _nothing_but_home(staged, settings)
        with ThreadPoolExecutor(1) as beside:
            # Pagefind uses one core; what it leaves free counts words meanwhile.
            running = beside.submit(_run, staged, index, scratch)
            found = words(staged)
            running.result()
        for file in sorted(index.iterdir()):
            if _UNUSED.fullmatch(file.name):
                file.unlink()
        put_in_order(index)
        _say_more(index, found)
        yield Artifact(one.path, index)


def _say_more(index: Path, found: Mapping[str, Sequence[str]]) -> None:
    """Add to each language what our search page asks besides: what each page is, and words to offer for misspelt ones."""
    entry = read_entry(index)
    for lang, language in entry["languages"].items():
        # In the folders of which hosts are told that a name never gets other bytes.
        language["facets"] = write_named(index, "filter", lang, facets(index, language))
        language["words"] = write_named(index, "index", lang, found.get(lang, ()))
    write_entry(index, entry)


def _run(site: Path, index: Path, scratch: Path) -> None:
    command = [str(_binary()), "--silent", "--site", str(site.resolve()), "--output-path", str(index.resolve())]
    room = {key: os.environ[key] for key in _ROOM if key in os.environ}
    try:
        # In scratch, because pagefind takes settings from the folder that it is started in.
        done = subprocess.run(command, cwd=scratch, env=room, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=TIMEOUT_S)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise MachineLacks(said("the search index cannot be made: {reason}", reason=str(error))) from error
    if done.returncode:
        first = (done.stderr or done.stdout).decode("utf-8", "replace").split("\n")[0]
        raise MachineLacks(said("the search index cannot be made; pagefind says: {words}", words=first))


def _binary() -> Path:
    folder = _package()
    if folder is None:
        raise MachineLacks(said("the search index cannot be made: pagefind is not installed; run: pip install 'pagefind[bin]'"))
    binary = folder / ("pagefind.exe" if os.name == "nt" else "pagefind")
    if not binary.is_file():
        raise MachineLacks(said("the search index cannot be made: pagefind has no program for this machine"))
    return binary


def _package() -> Path | None:
    """Return the folder in which pip put pagefind's program.

    Its own function would take another program that the environment names.
    """
    spec = importlib.util.find_spec("pagefind_bin")
    return Path(spec.submodule_search_locations[0]) if spec and spec.submodule_search_locations else None


def _version() -> str:
    """Return the version of pagefind from the name of its folder; importlib.metadata would cost 30 ms at every start."""
    folder = _package()
    return ",".join(sorted(one.name for one in folder.parent.glob("pagefind_bin-*.dist-info"))) if folder else ""


def _nothing_but_home(staged: Path, settings: Settings) -> None:
    """Write a site of one page with the hub's name: pagefind refuses to make an index of nothing."""
    staged.mkdir()
    page = f'<!doctype html><html lang="{settings.lang}"><body {MARK.decode()}><h1>{escape(settings.name)}</h1></body></html>'
    (staged / "index.html").write_text(page, encoding="utf-8")


__all__ = ["FOLDER", "make", "name", "plan"]
