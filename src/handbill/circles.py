"""Work that makes thousands of values which stay: meanwhile nobody looks for circles among them."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_looking_for_circles() -> Iterator[None]:
    """Leave circles of values where they are until the end.

    Items, records and plans hold none.  To look for some, again and again
    while they are made, took a third of a build of 5,000 pages.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
