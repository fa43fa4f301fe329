"""Make the tests and the program ready to be run by several processes: each file is read, rewritten for its asserts and compiled by one of them.

At the first run after a change all processes would otherwise do so with all
files at the same moment, which took each of them half a minute.
"""

from __future__ import annotations

import compileall
import sys
from pathlib import Path

import pytest
from _pytest.assertion import rewrite

HERE = Path(__file__).parent


def compile_share(config: pytest.Config, number: int, processes: int) -> None:
    """Compile what falls to this one of the processes, and of that what is not ready yet; the others find it where Python keeps such."""
    if sys.dont_write_bytecode:
        return
    for file in _share(HERE.parent / "src" / "handbill", "*.py", number, processes):
        compileall.compile_file(file, quiet=2)
    state = config.stash.get(rewrite.assertstate_key, None)
    if state is None or state.mode != "rewrite":
        return
    for file in _share(HERE, "test_*.py", number, processes):
        ready = rewrite.get_cache_dir(file) / f"{file.stem}{rewrite.PYC_TAIL}"
        if rewrite.try_makedirs(ready.parent) and rewrite._read_pyc(file, ready) is None:
            source, code = rewrite._rewrite_test(file, config)
            rewrite._write_pyc(state, code, source, ready)


def _share(folder: Path, names: str, number: int, processes: int) -> list[Path]:
    # The largest first, so that they are dealt out like cards.
    files = sorted(folder.rglob(names), key=lambda one: (-one.stat().st_size, one))
    return files[number::processes]
