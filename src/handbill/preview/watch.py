"""Tell which source files changed, soon after the last of a burst.  The one module that knows watchfiles."""

from __future__ import annotations

import re
import stat
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from queue import Empty, SimpleQueue

import watchfiles

from handbill.errors import MachineLacks, said

# Waiting costs an editor time; waiting less cuts one save in two, because
# editors write, rename and change rights one after the other.
_QUIET_MS = 15
_BURST_MS = 300

# How soon an end is noticed.
_LOOK_UP_S = 0.1

_NOT_SOURCES = re.compile(r"\.git|\.venv.*|\.handbill|\..*\.handbill|__pycache__|node_modules|\.(pytest|mypy|ruff)_cache|\.hypothesis")

# Emacs, Vim, Kate and Nano, GTK programs, LibreOffice, JetBrains, VS Code, Windows editors, file browsers.
_TEMPORARY = re.compile(
    r".*~|\.#.*|#.*#|\..*\.sw[a-z]|4913|.*\.kate-swp|\.goutputstream-.*|\.~lock\..*#"
    r"|.*___jb_(tmp|old)___|.*\.tmp(\.\d+)*|~\$.*|\.DS_Store|\._.*|Thumbs\.db|desktop\.ini|\.nfs.*"
)


def watch(
    paths: Iterable[Path],
    ignore: Iterable[Path],
    on_change: Callable[[frozenset[Path]], None],
    stop: threading.Event | None = None,
    on_ready: Callable[[], None] = lambda: None,
) -> None:
    """Call *on_change* with the paths that changed below *paths*, until *stop* is set.

    *paths* are files and folders, which may appear and vanish meanwhile; they
    are told without links in them.  What lies in *ignore*, in version history,
    in environments and caches, and what editors write for themselves, is no
    change.  *on_ready* is called once nothing can be missed any more.

    Raises:
        MachineLacks: the system does not let the folders be watched.
    """
    wanted = frozenset(path.resolve() for path in paths)
    is_change = Filter(wanted, ignore)
    stop = stop or threading.Event()
    changes: SimpleQueue[Change] = SimpleQueue()
    places = _places(wanted)
    listeners = _listen(places, is_change, changes)
    try:
        on_ready()
        while not stop.is_set():
            changed = _next(changes)
            if not changed:
                continue
            # First listen to what is new, then tell: what was written in
            # between is there when the caller looks.
            if places != (now := _places(wanted)):
                _end(listeners)
                places, listeners = now, _listen(now, is_change, changes)
            on_change(changed)
    finally:
        _end(listeners)


class Filter:
    """Which paths are changes of the sources below *wanted*; called as watchfiles calls its filters."""

    def __init__(self, wanted: frozenset[Path], ignore: Iterable[Path]) -> None:
        self._wanted = wanted
        self._ignore = frozenset(path.resolve() for path in ignore)

    def __call__(self, _: object, path: str) -> bool:
        """Return whether *path* is a change that matters."""
        place = Path(path)
        if place in self._wanted:
            return True
        if _TEMPORARY.fullmatch(place.name) or place in self._ignore or not self._ignore.isdisjoint(place.parents):
            return False
        root = next((above for above in place.parents if above in self._wanted), None)
        return root is not None and not any(_NOT_SOURCES.fullmatch(part) for part in place.relative_to(root).parts)


Change = frozenset[Path] | OSError
Places = frozenset[tuple[Path, int, bool]]


class _Listener(threading.Thread):
    """One run of watchfiles; ``ready`` is set as soon as it misses nothing."""

    def __init__(self, places: list[Path], recursive: bool, is_change: Filter, changes: SimpleQueue[Change]) -> None:
        super().__init__(daemon=True)
        self._places = places
        self._recursive = recursive
        self._is_change = is_change
        self._changes = changes
        self._is_over = False
        self.ready = threading.Event()

    def run(self) -> None:
        try:
            try:
                self._watch(polling=None)
            except FileNotFoundError:
                raise
            except OSError:
                # Most often the system's limit of watched folders: look at them all instead.
                self._watch(polling=True)
        except FileNotFoundError:
            # A folder went away meanwhile, and the folder above it tells.
            self._changes.put(frozenset())
        except OSError as trouble:
            self._changes.put(trouble)
        finally:
            self.ready.set()

    def end(self) -> None:
        self._is_over = True

    def is_set(self) -> bool:
        """Say whether to stop; that watchfiles asks means that it has begun."""
        self.ready.set()
        return self._is_over

    def _watch(self, polling: bool | None) -> None:
        for found in watchfiles.watch(
            *self._places,
            watch_filter=self._is_change,
            debounce=_BURST_MS,
            step=_QUIET_MS,
            stop_event=self,
            recursive=self._recursive,
            force_polling=polling,
            raise_interrupt=False,
            ignore_permission_denied=True,
        ):
            self._changes.put(frozenset(Path(path) for _, path in found))


def _places(wanted: frozenset[Path]) -> Places:
    """Return the folders to listen to, with what tells a folder from its successor, and whether to look inside.

    The folders above tell of files (many editors replace a file instead of
    writing it) and of folders that come and go.
    """
    places = set()
    for path in wanted:
        for place, inside in ((path, True), (path.parent, False)):
            try:
                found = place.stat()
            except OSError:
                continue
            if stat.S_ISDIR(found.st_mode):
                places.add((place, found.st_ino, inside))
    return frozenset(places)


def _listen(places: Places, is_change: Filter, changes: SimpleQueue[Change]) -> list[_Listener]:
    listeners = []
    for inside in (True, False):
        folders = sorted(place for place, _, is_inside in places if is_inside == inside)
        if folders:
            listeners.append(_Listener(folders, inside, is_change, changes))
            listeners[-1].start()
    for listener in listeners:
        listener.ready.wait()
    return listeners


def _end(listeners: list[_Listener]) -> None:
    for listener in listeners:
        listener.end()
    for listener in listeners:
        listener.join()


def _next(changes: SimpleQueue[Change]) -> frozenset[Path]:
    """Return all changes told so far, after waiting a moment for the first."""
    together: frozenset[Path] = frozenset()
    try:
        change = changes.get(timeout=_LOOK_UP_S)
        while True:
            if isinstance(change, OSError):
                raise MachineLacks(said("cannot watch for changes: {reason}; save, and build by hand", reason=str(change))) from change
            together |= change
            change = changes.get_nowait()
    except Empty:
        return together
