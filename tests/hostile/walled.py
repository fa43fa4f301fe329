"""A hub behind walls, with all around it that must not be reached: for tests that look from within."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from handbill.room.entrance import walled
from handbill.room.few import few
from handbill.room.waiting import Walled

ENGINE = Path(__file__).resolve().parents[2]

#: What nobody may find anywhere.
CANARY = "canary-2f9c41d7"


@cache
def why_not() -> str:
    """Return why this machine can have no walls, "" where it can; asked of bubblewrap, as walls of ours that fall must fail a test and not skip it."""
    if not sys.platform.startswith("linux") or not (bwrap := shutil.which("bwrap")):
        return "bubblewrap is not installed"
    tried = subprocess.run([bwrap, "--unshare-all", "--ro-bind", "/", "/", "--", "/bin/true"], capture_output=True, text=True, check=False)
    return tried.stderr or (f"bubblewrap ended with {tried.returncode}" if tried.returncode else "")


@dataclass(frozen=True)
class Place:
    """A hub, the home of whoever builds it, and a folder beside both."""

    hub: Path
    home: Path
    beside: Path

    @classmethod
    def at(cls, folder: Path) -> Place:
        """Return a small hub with what opens doors in it and around it."""
        place = cls(folder / "hub", folder / "home", folder / "beside")
        for file in (
            place.home / ".ssh" / "id_ed25519", place.home / ".netrc", place.beside / "secret.txt",
            place.hub / "hub.local.toml", place.hub / ".env", place.hub / "members" / "list.csv",
        ):  # fmt: skip
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(f"{CANARY}\n")
        (place.hub / "hub.toml").write_text(
            '[hub]\nname = "Pignes"\nbase_url = "https://pignes.example/"\nlang = "fr"\ntimezone = "Europe/Paris"\n'
        )
        (place.hub / "content" / "posts").mkdir(parents=True)
        (place.hub / "content" / "posts" / "a.md").write_text(
            "---\ntitle: Le puits\ndate: 2026-03-01\nauthors: [Ada]\n---\n\nLe puits est ouvert.\n"
        )
        subprocess.run(["git", "init", "-q", place.hub], check=True)
        return place

    def environ(self, **more: str) -> dict[str, str]:
        """Return the environment of whoever builds, with *more* in it."""
        return {**os.environ, "HOME": str(self.home), **more}

    def walled(self, *command: str, words: tuple[str, ...] = ("check",), given: dict[str, str] | None = None) -> Walled:
        """Return how a Python is started around this hub with the given arguments, in the place of Handbill's own."""
        room = few(words, self.environ())
        made = walled([sys.executable, "-I"], ["--root", str(self.hub), *words], str(ENGINE), room, is_trial=False)
        return Walled(
            made.bwrap, made.options, made.masks, [sys.executable, "-I", *command], {**made.environ, **(given or {})}, made.promise
        )
