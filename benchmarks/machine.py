"""What a result is worth nothing without: which machine, which Handbill, what they were made of.  Names no host."""

from __future__ import annotations

import os
import platform
import subprocess
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent


def machine() -> dict[str, str | int]:
    """Return the facts of a machine that decide how fast it is."""
    found: dict[str, str | int] = {"system": platform.system(), "architecture": platform.machine(), "cores": os.cpu_count() or 1}
    if hasattr(os, "sysconf"):
        found["memory_bytes"] = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    cpu = Path("/proc/cpuinfo")
    if cpu.is_file():
        names = (line.partition(":")[2].strip() for line in cpu.read_text(encoding="utf-8").splitlines() if line.startswith("model name"))
        found["processor"] = next(names, "")
    return found


def program() -> dict[str, str | bool]:
    """Return which Handbill was measured: its commit, that commit's moment, and whether files were changed since.

    A result is dated by the commit, because it is a fact of that program; the
    clock says nothing that anybody could check.
    """
    from handbill import __version__

    return {
        "version": __version__,
        "commit": _git("rev-parse", "HEAD"),
        "committed": _git("show", "--no-patch", "--format=%cI", "HEAD"),
        "is_changed": bool(_git("status", "--porcelain", "--", "src", "theme", "requirements.lock")),
    }


def _git(*words: str) -> str:
    return subprocess.run(["git", "-C", str(HOME), *words], capture_output=True, text=True, check=True).stdout.strip()
