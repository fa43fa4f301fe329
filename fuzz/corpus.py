"""What a target begins with: seeds from this repository's own files, and inputs that once were too much for it.

A target is a module of ``fuzz/targets``: its ``one`` takes bytes and returns
nothing; whatever it raises is a finding.  It may say more:

- ``SEEDS``: patterns of files to begin with; ``LINES``: each of their lines by itself
- ``seeds()``: more of them, made
- ``HEADS``: first bytes that say how the rest is taken; each seed gets one
- ``WORDS``: what has a meaning there, to be put in and left out
- ``MOST_BYTES``: the longest input
"""

from __future__ import annotations

import importlib
from pathlib import Path
from types import ModuleType

FOLDER = Path(__file__).parent
ROOT = FOLDER.parent

#: Seeds of a target, at most; some of what is there is alike.
_MOST_SEEDS = 120
_MOST_BYTES = 8000


def targets() -> tuple[str, ...]:
    """Return the names of all targets."""
    return tuple(sorted(file.stem for file in (FOLDER / "targets").glob("*.py")))


def target(name: str) -> ModuleType:
    """Return a target."""
    return importlib.import_module(f"fuzz.targets.{name}")


def most_bytes(target: ModuleType) -> int:
    """Return how long an input of a target may be."""
    return int(getattr(target, "MOST_BYTES", _MOST_BYTES))


def seeds_of(target: ModuleType) -> list[bytes]:
    """Return what a target begins with, evenly from all that is there."""
    files = sorted({file for pattern in target.SEEDS for file in ROOT.glob(pattern) if file.is_file() and ".handbill" not in file.parts})
    raws = [file.read_bytes() for file in files]
    if getattr(target, "LINES", False):
        raws = [line for raw in raws for line in raw.splitlines() if line.strip()]
    heads = getattr(target, "HEADS", None)
    if heads:
        raws = [bytes([heads[number % len(heads)]]) + raw for number, raw in enumerate(raws)]
    made = target.seeds() if hasattr(target, "seeds") else []
    found = list(dict.fromkeys(raw[: most_bytes(target)] for raw in raws))
    return [*made, *found[:: max(1, -(-len(found) // _MOST_SEEDS))]]


def found_of(name: str) -> dict[str, bytes]:
    """Return the inputs that once were too much for a target, by the name of their file."""
    folder = FOLDER / "found" / name
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir()) if file.is_file()} if folder.is_dir() else {}
