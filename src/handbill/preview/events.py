"""Tell every open page of the preview what happened.  Knows nothing of HTTP.

Two things last: the version of the site, and the problems of its content.
Whoever listens hears both first, so a page that was away misses nothing.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from queue import Empty, SimpleQueue

from handbill.preview.panel import NOTHING

#: What keeps a connection from looking dead, and finds out when it is.
HEARTBEAT = b": still here\n\n"
_HEARTBEAT_S = 15.0


class Channel:
    """The events of one preview, for any number of pages."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._listeners: set[SimpleQueue[bytes | None]] = set()
        # Pages of an earlier preview on the same port must reload too.
        self._run = secrets.token_hex(4)
        self._count = 0
        self._panel = NOTHING
        self._is_closed = False

    @property
    def version(self) -> str:
        """Return the name of what is shown now; another one after each reload."""
        return f"{self._run}-{self._count}"

    def reload(self) -> None:
        """Let every page load itself again; whatever was wrong is mended."""
        with self._lock:
            self._panel = NOTHING
            self._count += 1
            self._tell(event("problems", NOTHING) + event("reload", self.version))

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
    def listen(self, heartbeat_s: float = _HEARTBEAT_S) -> Iterator[Iterator[bytes]]:
        """Give what to send to one page: how things stand, then each event, and a sign of life between."""
        queue: SimpleQueue[bytes | None] = SimpleQueue()
        with self._lock:
            queue.put(event("version", self.version) + event("problems", self._panel))
            if self._is_closed:
                queue.put(None)
            self._listeners.add(queue)
        try:
            yield _messages(queue, heartbeat_s)
        finally:
            with self._lock:
                self._listeners.discard(queue)

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
