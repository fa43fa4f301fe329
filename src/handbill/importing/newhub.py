"""What an import makes where there is no hub yet: all of one but its content, and its place, taken only by a whole one."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from handbill.errors import ContentProblems, WrongUse, said
from handbill.hub.clean import FORBIDDEN
from handbill.hub.zone import is_zone
from handbill.layout import HUB, PRIVATE
from handbill.settings import Settings, read_settings

#: The launcher, which a hub that holds only content has a copy of.
LAUNCHER = "build.py"

_IGNORED = """\
# Made by build.py and by a build; everything here can be deleted and comes back.
/.venv/
/.venv-handbook/
/.handbill/
/public/

# What names members, or this machine, never enters Git.
/hub.local.toml
"""


def is_vacant(folder: Path) -> bool:
    """Say whether a hub may be made there: there is nothing, or a folder with nothing in it."""
    return not folder.exists() or (folder.is_dir() and not any(folder.iterdir()))


@contextmanager
def in_place_of(into: Path) -> Iterator[Path]:
    """Give a folder that becomes *into*, a vacant place, once all is done: the hub is whole or not there."""
    into.parent.mkdir(parents=True, exist_ok=True)
    scratch = into.parent / f".{into.name}.importing.{os.getpid()}"
    scratch.mkdir()
    try:
        yield scratch
        with suppress(FileNotFoundError):
            into.rmdir()
        scratch.rename(into)
    except BaseException:
        shutil.rmtree(scratch, ignore_errors=True)
        raise


def refuse_zone(zone: str) -> None:
    """Raise :exc:`~handbill.errors.WrongUse` unless there is such a time zone."""
    if not is_zone(zone):
        raise WrongUse(said("found the time zone “{zone}”, wanted one such as Europe/Paris", zone=zone))


def first_settings(root: Path) -> Settings:
    """Return the settings that a hub was just given.

    Raises:
        WrongUse: what was asked for makes no hub.
    """
    try:
        return read_settings(root)
    except ContentProblems as error:
        first = error.problems[0]
        told = said("{field}: found {found}, wanted {wanted}", field=first.field, found=first.found, wanted=first.wanted)
        raise WrongUse(told) from error


def write_frame(root: Path, engine: Path | None, hub: Mapping[str, str], languages: tuple[str, ...], has_letter: bool) -> None:
    """Write all of a hub but its content into an empty folder.

    *hub* are the keys of the table of that name in hub.toml.  *engine* is the folder of Handbill that the hub borrows; its path is noted
    in ``.handbill/engine``, which is never committed.
    """
    lines = ["# The settings of this hub; the handbook tells of every key.", "", "[hub]"]
    lines += [f"{key} = {_text(value)}" for key, value in hub.items()]
    lines.append(f"languages = [{', '.join(_text(one) for one in languages)}]")
    if has_letter:
        lines += ["", "# The letter that the imported issues belong to.", "[letters.main]", f"name = {_text(hub['name'])}"]
    (root / HUB).write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    (root / ".gitignore").write_text(_IGNORED, encoding="utf-8", newline="\n")
    if engine is not None:
        shutil.copyfile(engine / LAUNCHER, root / LAUNCHER)
        note = root / PRIVATE / "engine"
        note.parent.mkdir()
        note.write_text(f"{engine.resolve()}\n", encoding="utf-8", newline="\n")


def _text(value: str) -> str:
    # A basic string of TOML is one of JSON; control characters may stand in no text of a hub.
    return json.dumps(FORBIDDEN.sub("", value), ensure_ascii=False)
