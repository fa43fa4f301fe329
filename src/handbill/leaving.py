"""The end of the process: what it holds goes back to the system in one piece."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Callable
from typing import NoReturn


def run_and_leave(main: Callable[[], int]) -> NoReturn:
    """Run the program and leave with its exit code; its values are not freed one by one, which took a fifth of a small build.

    Whatever asks to be called at the end has its turn first.
    """
    codes: list[int] = []
    _held.append(codes)
    # What registers first is called last, after those that end other processes and remove temporary files.
    atexit.register(_leave, codes)
    codes.append(main())
    sys.exit(codes[0])


def hold(value: object) -> None:
    """Keep a value until the process ends, and look for no circles any more; in a process that goes on nothing is done."""
    if _held:
        gc.disable()
        _held.append(value)


_held: list[object] = []


def _leave(codes: list[int]) -> None:
    # Without a code something was raised; then, and where nobody reads any more, Python ends in its own way.
    if not codes:
        return
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):
        return
    os._exit(codes[0])
