"""What is known of a file without its bytes → whether it is the one that was read before."""

from __future__ import annotations

import os
import time

#: How long two changes of a file can be stamped with the same moment: Linux counts in steps
#: of 4 to 10 ms, FAT and some mounted disks in whole seconds.
_TICK_NS, _COARSE_TICK_NS = 20_000_000, 2_000_000_000

#: How often files that change again and again are looked at before they are given up.
PATIENCE = 5


def stamp_of(found: os.stat_result) -> bytes:
    """Return what tells a file from any other and from itself at another time, without its bytes.

    The time of the last change of its entry is in it, because programs set
    the other one back (rsync, ``touch -r``) after they wrote as many bytes as before.
    """
    return b"%d %d %d %d %d %d" % (found.st_size, found.st_mtime_ns, changed_ns(found), found.st_ino, found.st_dev, found.st_mode)


def changed_ns(found: os.stat_result) -> int:
    """Return when a file last changed, by the clock of its disk; where that is not told, when its bytes did."""
    return found.st_mtime_ns if os.name == "nt" else found.st_ctime_ns


def settle(path: str, found: os.stat_result) -> os.stat_result:
    """Wait until no further change of a file can have the same stamp, and return what is known of it then; a few milliseconds at most."""
    for _ in range(PATIENCE):
        if not (seconds := unsettled_s(changed_ns(found))):
            break
        time.sleep(seconds)
        found = os.lstat(path)
    return found


def unsettled_s(changed: int) -> float:
    """Return how long another change could still be stamped with that same moment."""
    tick_ns = _COARSE_TICK_NS if changed % 1_000_000_000 == 0 else _TICK_NS
    # A moment well ahead of ours is of another clock, or ours was put back: no waiting would reach it.
    age_ns = time.time_ns() - changed
    return (tick_ns - age_ns) / 1e9 if -tick_ns < age_ns < tick_ns else 0.0
