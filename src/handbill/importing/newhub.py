"""What a hub consists of besides its content: settings, what Git passes over, and the way to build it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

from handbill.hub.clean import FORBIDDEN
from handbill.layout import HUB, PRIVATE

#: The launcher, which a hub that holds only content has a copy of.
LAUNCHER = "build.py"

#: Our own things in a hub: caches and notes, never committed.

_IGNORED = """\
# Made by build.py and by a build; everything here can be deleted and comes back.
/.venv/
/.venv-handbook/
/.handbill/
/public/

# What names members, or this machine, never enters Git.
/hub.local.toml
"""


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
