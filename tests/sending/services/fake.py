"""A web interface on this machine that goes wrong as it is told to; what it knows is for those who inherit it.

It keeps strictly to what the service's documentation says, so that a request
that the real one might take, or might not, is refused here.
"""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

#: How long silence may last, and how long it lasts where something is slow.
PATIENCE_S = 5.0
SHORT_S, SLOW_S = 0.2, 0.35


@dataclass(frozen=True)
class Fault:
    """What goes wrong with the *nth* request whose method and path match, before or after the work is done.

    ``how`` is ``"cut"``, ``"slow"``, a status, or a word for what the answer is instead.
    """

    which: str
    how: str
    is_after: bool = False
    nth: int = 1
    wait: str = ""


class Refusal(Exception):
    """A request that the service does not take."""

    def __init__(self, status: int, body: dict[str, Any]) -> None:
        self.status, self.body = status, body
        super().__init__(body)


class Fake:
    """Inherit and answer :meth:`work`.  ``asked`` are method and path of each request that came, in their order."""

    def __init__(self, *faults: Fault) -> None:
        self.asked: list[str] = []
        self.faults = list(faults)
        #: Those that happened.
        self.met: list[Fault] = []
        #: How often a letter was let go, by the service's own name for it.
        self.departures: dict[str, int] = {}
        self.proofs: list[tuple[str, str]] = []
        #: Called before the work of a request ("asked") and after it ("done"), with its number; True lets the request fall.
        self.watch: Callable[[int, str], bool] = lambda _number, _stage: False
        self._lock = threading.Lock()
        self._seen: dict[Fault, int] = {}
        fake = self

        class Handler(BaseHTTPRequestHandler):
            def do(self) -> None:
                fake._handle(self)

            do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do  # noqa: N815

            def log_message(self, *words: object) -> None:
                """Say nothing."""

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 50

            def server_bind(self) -> None:
                """Take the port, and ask nobody what this machine is called."""
                TCPServer.server_bind(self)
                self.server_name, self.server_port = "127.0.0.1", self.server_address[1]

            def handle_error(self, *words: object) -> None:
                """Say nothing of clients that went away."""

        self._server = Server(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def work(self, method: str, path: str, query: dict[str, list[str]], headers: dict[str, str], body: Any) -> tuple[int, Any]:
        """Return status and answer, or raise a :class:`Refusal`; only one request is worked at a time."""
        raise NotImplementedError

    def leaves(self, name: str) -> None:
        self.departures[name] = self.departures.get(name, 0) + 1

    def _handle(self, handler: BaseHTTPRequestHandler) -> None:
        raw = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
        parts = urlsplit(handler.path)
        with self._lock:
            self.asked.append(f"{handler.command} {parts.path}")
            number = len(self.asked)
            fault = self._fault(f"{handler.command} {parts.path}")
        if fault and not fault.is_after and self._goes_wrong(handler, fault, {}):
            return
        headers = {name.lower(): value for name, value in handler.headers.items()}
        if self.watch(number, "asked"):
            return
        with self._lock:
            try:
                if raw and not headers.get("content-type", "").startswith("application/json"):
                    raise Refusal(415, {"message": "JSON wanted"})
                status, answer = self.work(handler.command, parts.path, parse_qs(parts.query), headers, json.loads(raw) if raw else None)
            except Refusal as refusal:
                status, answer = refusal.status, refusal.body
        if self.watch(number, "done"):
            return
        if fault and fault.is_after and self._goes_wrong(handler, fault, answer):
            return
        _send(handler, status, b"" if answer is None else json.dumps(answer).encode())

    def _fault(self, asked: str) -> Fault | None:
        found = None
        for fault in self.faults:
            if re.fullmatch(fault.which, asked):
                self._seen[fault] = self._seen.get(fault, 0) + 1
                found = fault if fault.nth == self._seen[fault] else found
        if found:
            self.met.append(found)
        return found

    def _goes_wrong(self, handler: BaseHTTPRequestHandler, fault: Fault, answer: Any) -> bool:
        """Do what the fault says; False where the request goes on after that."""
        if fault.how == "slow":
            time.sleep(SLOW_S)
            return False
        if fault.how == "cut":
            handler.close_connection = True
            handler.connection.close()
            return True
        if fault.how.isdigit():
            more = {"Retry-After": fault.wait} if fault.wait else {}
            _send(handler, int(fault.how), b'{"message": "out of order, ask ada@essai.example", "detail": "out of order"}', **more)
            return True
        raw = json.dumps(answer).encode()
        if fault.how == "half":
            handler.send_response(200)
            handler.send_header("Content-Type", "application/json")
            handler.send_header("Content-Length", str(len(raw)))
            handler.end_headers()
            handler.wfile.write(raw[: len(raw) // 2])
            handler.close_connection = True
            return True
        strange: dict[str, Callable[[], None]] = {
            "page": lambda: _send(handler, 200, b"<!doctype html><title>502</title>", **{"Content-Type": "text/html"}),
            "truncated": lambda: _send(handler, 200, raw[: len(raw) // 2]),
            "list": lambda: _send(handler, 200, b"[1, 2]"),
            "types": lambda: _send(handler, 200, re.sub(rb'"(id|status|results)": [^,}]+', rb'"\1": {"x": 1}', raw)),
            "empty": lambda: _send(handler, 200, b""),
            "latin": lambda: _send(handler, 200, b'{"data": "\xe9"}'),
            "nan": lambda: _send(handler, 200, b'{"data": NaN}'),
            "twice": lambda: _send(handler, 200, b'{"data": {}, "data": {}}'),
            "deep": lambda: _send(handler, 200, b"[" * 100_000),
            "away": lambda: _send(handler, 302, b"", Location="http://127.0.0.2:9/steal"),
            "state": lambda: _send(handler, 200, re.sub(rb'"status": "\w+"', b'"status": "quantum"', raw)),
        }
        strange[fault.how]()
        return True


def _send(handler: BaseHTTPRequestHandler, status: int, raw: bytes, **headers: str) -> None:
    handler.send_response(status)
    for name, value in {
        "Content-Type": "application/json; charset=UTF-8",
        **{key.replace("_", "-"): one for key, one in headers.items()},
    }.items():
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(raw)))
    handler.end_headers()
    handler.wfile.write(raw)
