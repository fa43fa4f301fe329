"""Tell every open page of the preview what happened.  Knows nothing of HTTP.

Two things last: the version of the site, and the problems of its content.
Whoever listens hears both first, so a page that was away misses nothing.
"""

from __future__ import annotations

import json
import secrets
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from queue import Empty, SimpleQueue

from handbill.errors import Problem

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
        self._problems: tuple[Problem, ...] = ()
        self._is_closed = False

    @property
    def version(self) -> str:
        """Return the name of what is shown now; another one after each reload."""
        return f"{self._run}-{self._count}"

    def reload(self) -> None:
        """Let every page load itself again; whatever was wrong is mended."""
        with self._lock:
            self._problems = ()
            self._count += 1
            self._tell(event("problems", "[]") + event("reload", self.version))

    def show(self, problems: Sequence[Problem]) -> None:
        """Let every page show *problems* on top of itself; none takes them away."""
        with self._lock:
            self._problems = tuple(problems)
            self._tell(event("problems", as_json(self._problems)))

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
            queue.put(event("version", self.version) + event("problems", as_json(self._problems)))
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


def as_json(problems: Sequence[Problem]) -> str:
    """Return *problems* as one line that needs no more knowledge to be shown."""
    told = [
        {
            "path": one.path,
            "line": one.line,
            "column": one.column,
            "field": one.field,
            "found": one.found,
            "wanted": one.wanted,
            "code": one.code,
            "level": one.level.name.lower(),
            "text": str(one),
        }
        for one in problems
    ]
    return json.dumps(told)


def _messages(queue: SimpleQueue[bytes | None], heartbeat_s: float) -> Iterator[bytes]:
    while True:
        try:
            message = queue.get(timeout=heartbeat_s)
        except Empty:
            message = HEARTBEAT
        if message is None:
            return
        yield message
