"""Questions to git about one repository, and its answers.  Runs git, read-only."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Git:
    """One repository as git sees it: its ``program`` and the folder asked about."""

    program: str
    root: Path

    def answer(self, *words: str) -> str:
        """Return what git prints, "" where it refuses; who owns the folder does not matter."""
        done = self._run("-c", "safe.directory=*", *words)
        return done.stdout.decode("utf-8", "replace") if done is not None and done.returncode == 0 else ""

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

    def _run(self, *words: str) -> subprocess.CompletedProcess[bytes] | None:
        # Refreshing its index is git's own idea, and would be a change; a question for a password would wait for ever.
        room = {**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0"}
        command = [self.program, "-C", str(self.root), *words]
        try:
            return subprocess.run(command, capture_output=True, check=False, stdin=subprocess.DEVNULL, timeout=60, env=room)
        except (OSError, subprocess.TimeoutExpired):
            return None
