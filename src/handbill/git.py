"""Questions to git about one repository, and its answers.  Runs git, read-only."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

#: Of the variables that steer git only these are followed: where its own programs lie, and the settings of whoever runs
#: it, by which a machine says whose folders are trusted.  The others point it at another repository, another index or other
#: objects than those of the folder, or have it read names in another way.
_FOLLOWED = ("GIT_EXEC_PATH", "GIT_CONFIG")

#: A proposal may bring the files of a bare repository, with settings that run programs, into the very folder that git is
#: asked about: without this, git takes it for the repository.  A git before 2.38 does not know the setting.
KNOWN_ONLY = (
    "-c", "safe.bareRepository=explicit",
    # Nor are programs run that the settings of the folder name, nor the history shown without its first commit.
    "-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}", "-c", "log.showSignature=false", "-c", "log.showRoot=true",
)  # fmt: skip


_OURS = {
    "LC_ALL": "C",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    # History as it was committed: no commit in the place of another, no other parents.
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_GRAFT_FILE": os.devnull,
    # What a partial clone lacks is asked of nobody: not over the network, and not of a program that settings name.
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
}


def git_of(root: Path) -> Git | None:
    """Return the git of this machine, to be asked about a folder; ``None`` where it is not installed."""
    program = shutil.which("git")
    return Git(program, root) if program else None


def room() -> dict[str, str]:
    """Return the environment in which git speaks of the folder that it is asked about, in English, and asks nobody."""
    # Refreshing its index is git's own idea, and would be a change; a question for a password would wait for ever.
    own = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or name.startswith(_FOLLOWED)}
    return own | _OURS


@dataclass(frozen=True, slots=True)
class Git:
    """One repository as git sees it: its ``program`` and the folder asked about."""

    program: str
    root: Path

    def answer(self, *words: str) -> str:
        """Return what git prints, "" where it refuses; who owns the folder does not matter."""
        return self._read(*words).decode("utf-8", "replace")

    def names(self, *words: str) -> list[str]:
        """Return the names that git prints with ``-z``."""
        return [name for name in self.answer(*words).split("\0") if name]

    def complaint(self, *words: str) -> str:
        """Return what git says when it refuses, in English, and as whoever uses it would hear it; "" if it does not."""
        done = self._run(*words)
        return done.stderr.decode("utf-8", "replace") if done is not None and done.returncode else ""

    def path(self, name: str) -> Path:
        """Return where git keeps one of its own files; a linked working tree has them elsewhere."""
        told = self.answer("rev-parse", "--git-path", name).strip()
        return self.root / told if told else self.root / ".git" / name

    @property
    def common(self) -> Path | None:
        """Return the folder that all working trees of the repository share; ``None`` where there is no repository."""
        told = self.answer("rev-parse", "--git-common-dir").strip()
        return (self.root / told).resolve() if told else None

    def blobs(self, names: Sequence[str]) -> dict[str, bytes]:
        """Return the bytes of objects by their names; one that is not there, or is no file, is left out."""
        told = self._read("cat-file", "--batch", given="".join(f"{name}\n" for name in names).encode())
        found: dict[str, bytes] = {}
        place = 0
        # Each answer: what was asked for, its sort, its size LF its bytes LF; or what was asked for, "missing" LF.
        for name in names:
            end = told.find(b"\n", place)
            about = told[place:end].rsplit(b" ", 2)
            place = end + 1
            if end < 0:
                break
            if len(about) == 3 and about[2].isdigit():
                size = int(about[2])
                if about[1] == b"blob":
                    found[name] = told[place : place + size]
                place += size + 1
        return found

    def _read(self, *words: str, given: bytes = b"") -> bytes:
        done = self._run("-c", "safe.directory=*", *words, given=given)
        return done.stdout if done is not None and done.returncode == 0 else b""

    def _run(self, *words: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes] | None:
        command = [self.program, *KNOWN_ONLY, "-C", str(self.root), *words]
        try:
            return subprocess.run(command, capture_output=True, check=False, input=given, timeout=60, env=room())
        except (OSError, subprocess.TimeoutExpired):
            return None
