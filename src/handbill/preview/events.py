"""Tell every open page of the preview what happened.  Knows nothing of HTTP.

Two things last: the version of the site, and the problems of its content.
Whoever listens hears both first, so a page that was away misses nothing.
What changed from one version to the next is told by addresses, so that a page
that shows nothing of it stays as it is, also if it was away meanwhile.
"""

from __future__ import annotations

import json
import secrets
import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from queue import Empty, SimpleQueue

from handbill.preview.panel import NOTHING

#: What keeps a connection from looking dead, and finds out when it is.
HEARTBEAT = b": still here\n\n"
_HEARTBEAT_S = 15.0

#: With more addresses than that, every page loads itself again.
MOST_NAMED = 2000

#: So many changes are told to a page that was away; after more it loads itself again.
_KEPT = 100


class Channel:
    """The events of one preview, for any number of pages."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._listeners: dict[SimpleQueue[bytes | None], str] = {}
        # Pages of an earlier preview on the same port must reload too.
        self._run = secrets.token_hex(4)
        self._count = 0
        # What the latest changes named, each under the number of its version.
        self._past: dict[int, frozenset[str] | None] = {}
        self._panel = NOTHING
        self._is_closed = False
        self.on_open: Callable[[], None] = lambda: None

    @property
    def version(self) -> str:
        """Return the name of what is shown now; another one after each reload."""
        return f"{self._run}-{self._count}"

    @property
    def pages(self) -> frozenset[str]:
        """Return the paths of the pages that somebody looks at."""
        with self._lock:
            return frozenset(page for page in self._listeners.values() if page)

    def change(self, addresses: Collection[str] | None = None) -> None:
        """Let every page take up what changed, ``None`` for everything; problems stay as they are."""
        with self._lock:
            self._tell(self._changed(addresses))

    def reload(self, addresses: Collection[str] | None = None) -> None:
        """Let every page take up what changed; whatever was wrong is mended."""
        with self._lock:
            self._panel = NOTHING
            self._tell(event("problems", NOTHING) + self._changed(addresses))

    def show(self, panel: str) -> None:
        """Let every page show the *panel* on top of itself."""
        with self._lock:
            self._panel = panel
            self._tell(event("problems", panel))

    def close(self) -> None:
        """Let everybody stop listening."""
        with self._lock:
            self._is_closed = True
            self._tell(None)

    @contextmanager
    def listen(self, page: str = "", heartbeat_s: float = _HEARTBEAT_S, since: str = "") -> Iterator[Iterator[bytes]]:
        """Give what to send to the page at a path: how things stand, then each event, and a sign of life between.

        A page that shows the version *since* hears what changed from there on, where that is still known.
        """
        queue: SimpleQueue[bytes | None] = SimpleQueue()
        with self._lock:
            queue.put(self._missed(since) + event("problems", self._panel))
            if self._is_closed:
                queue.put(None)
            self._listeners[queue] = page
        try:
            if page:
                self.on_open()
            yield _messages(queue, heartbeat_s)
        finally:
            with self._lock:
                self._listeners.pop(queue, None)

    def _missed(self, since: str) -> bytes:
        run, _, count = since.partition("-")
        missed = range(int(count) + 1, self._count + 1) if run == self._run and count.isdecimal() else range(0)
        named = [self._past.get(number) for number in missed]
        if not named or None in named:
            return event("version", self.version)
        return self._named(frozenset[str]().union(*filter(None, named)))

    def _changed(self, addresses: Collection[str] | None) -> bytes:
        self._count += 1
        self._past[self._count] = None if addresses is None or len(addresses) > MOST_NAMED else frozenset(addresses)
        self._past.pop(self._count - _KEPT, None)
        return self._named(self._past[self._count])

    def _named(self, addresses: frozenset[str] | None) -> bytes:
        return event("changed", json.dumps([self.version, None if addresses is None else sorted(addresses)]))

    def _tell(self, message: bytes | None) -> None:
        for queue in self._listeners:
            queue.put(message)


def event(name: str, text: str) -> bytes:
    """Return one event; *text* is one line.

    Source: HTML Living Standard, section 9.2.6 (server-sent events).
    """
    return f"event: {name}\ndata: {text}\n\n".encode()


def _messages(queue: SimpleQueue[bytes | None], heartbeat_s: float) -> Iterator[bytes]:
    while True:
        try:
            message = queue.get(timeout=heartbeat_s)
        except Empty:
            message = HEARTBEAT
        if message is None:
            return
        yield message
