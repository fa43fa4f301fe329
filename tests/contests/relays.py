"""A relay of the beacon on this machine, which answers as it is told to."""

from __future__ import annotations

import json
import ssl
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import TCPServer

from handbill.draw.beacon import QUICKNET

#: What the beacon really said, by round.
ROUNDS = {
    case["round"]: case for case in json.loads((Path(__file__).parents[1] / "draw" / "vectors.json").read_text(encoding="utf-8"))["rounds"]
}


def answer(round_: int, **changed: object) -> bytes:
    """Return what a relay of drand answers for a round, with some of it changed or, for None, left out."""
    told = {"round": round_, "randomness": ROUNDS[round_]["randomness"], "signature": ROUNDS[round_]["signature"], **changed}
    return json.dumps({name: value for name, value in told.items() if value is not None}, separators=(",", ":")).encode()


class Relay:
    """Has some rounds of the beacon, all that we know unless told otherwise.

    ``instead`` are a status and bytes for every question, ``how`` a word for
    what goes wrong, ``tls`` its certificate; ``asked`` is every path that was
    asked for, with its headers.
    """

    def __init__(self, rounds=(), instead: tuple[int, bytes] | None = None, how: str = "", tls: ssl.SSLContext | None = None) -> None:
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.rounds = set(rounds or ROUNDS)
        self.instead = instead
        self.how = how
        relay = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                relay._handle(self)

            def log_message(self, *words: object) -> None:
                """Say nothing."""

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def server_bind(self) -> None:
                """Take the port, and ask nobody what this machine is called."""
                TCPServer.server_bind(self)
                self.server_name, self.server_port = "127.0.0.1", self.server_address[1]

            def handle_error(self, *words: object) -> None:
                """Say nothing of clients that went away."""

        self._server = Server(("127.0.0.1", 0), Handler)
        self._scheme = "http"
        if tls is not None:
            self._scheme = "https"
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    @property
    def address(self) -> str:
        return f"{self._scheme}://{self.host}"

    @property
    def host(self) -> str:
        return f"{'127.0.0.1' if self._scheme == 'http' else 'localhost'}:{self._server.server_port}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _handle(self, handler: BaseHTTPRequestHandler) -> None:
        self.asked.append((handler.path, dict(handler.headers.items())))
        chain, _, number = handler.path.rpartition("/public/")
        if self.how == "cut":
            handler.close_connection = True
            handler.connection.close()
            return
        status, body = self.instead or (
            (200, answer(int(number)))
            if chain.endswith(QUICKNET.hash) and int(number) in self.rounds
            else (404, b'{"message": "not found"}')
        )
        handler.send_response(status)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(body)))
        if 300 <= status < 400:
            handler.send_header("Location", body.decode())
        handler.end_headers()
        if self.how == "silent":
            time.sleep(2)
        for place in range(0, len(body) // (2 if self.how == "half" else 1), 16):
            handler.wfile.write(body[place : place + 16])
            if self.how == "slow":
                time.sleep(0.05)
        if self.how == "half":
            handler.close_connection = True
