"""A site with every trouble that links run into, on this machine."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\nConnection: close\r\n\r\n"


@dataclass
class Site:
    """A server; ``asked`` counts the requests by method and path, ``most`` is how many went on at the same time."""

    port: int
    scheme: str = "http"
    asked: Counter[str] = field(default_factory=Counter)
    robots: str = ""
    robots_at: str = ""
    wait: str = "1"
    now: int = 0
    most: int = 0
    agents: set[str] = field(default_factory=set)

    def url(self, path: str) -> str:
        return f"{self.scheme}://localhost:{self.port}{path}"


def reply(status: str, body: bytes = b"", **headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def answer(site: Site, method: str, path: str, times: int) -> bytes | None:
    """Return what the site says there; ``None``: it hangs up."""
    to = {"moved": "301 Moved Permanently", "lasting": "308 Permanent Redirect", "found": "302 Found", "see": "303 See Other"}
    name, _, rest = path.strip("/").partition("/")
    match name:
        case "robots.txt" if site.robots_at:
            return reply("301 Moved Permanently", Location=site.robots_at)
        case "robots.txt" | "rules.txt":
            return reply("200 OK", site.robots.encode(), Content_Type="text/plain") if site.robots else reply("404 Not Found")
        case "moved" | "lasting" | "found" | "see":
            return reply(to[name], Location=f"/{rest}")
        case "status":
            return reply(f"{rest} Said So")
        case "no-head":
            return reply("405 Method Not Allowed") if method == "HEAD" else OK + b"ok"
        case "lying-head":
            return reply("404 Not Found") if method == "HEAD" else OK + b"ok"
        case "hung-up-head":
            return None if method == "HEAD" else OK + b"ok"
        case "far-off":
            time.sleep(0.3)
            return reply("302 Found", Location=path)
        case "signs":
            return reply("301 Moved", Location="/page/\x1b[2J")
        case "busy-signs":
            return reply("429 Too Many Requests", Retry_After="\x1b[2J")
        case "circle":
            return reply("302 Found", Location=path)
        case "script":
            return reply("301 Moved", Location="javascript:alert(1)")
        case "file":
            return reply("301 Moved", Location="file:///etc/passwd")
        case "inside":
            return reply("302 Found", Location="http://169.254.169.254/latest/meta-data/")
        case "accents":
            return reply("301 Moved", Location="/page/été".encode().decode("latin-1"))
        case "nowhere":
            return reply("301 Moved")
        case "once-busy":
            return reply("429 Too Many Requests", Retry_After=site.wait) if times == 1 else OK
        case "busy":
            return reply("429 Too Many Requests", Retry_After="86400")
        case "flaky":
            return reply("503 Service Unavailable") if times < 4 else OK
        case "rubbish":
            return b"\x00\xff\x00 no such thing\r\n\r\n"
        case "headers":
            return b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: y\r\n" % n for n in range(1000)) + b"\r\n"
        case "hung-up":
            return None
        case "endless":
            return b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + b"x" * (8 << 20) if method == "GET" else reply("405 No")
    return OK + (b"ok" if method == "GET" else b"")


@contextmanager
def site(context: ssl.SSLContext | None = None) -> Iterator[Site]:
    """Give a site that is up; with the *context* of a server, an encrypted one."""
    listener = socket.create_server(("127.0.0.1", 0))
    found = Site(listener.getsockname()[1], "https" if context else "http")
    turn = threading.Lock()

    def serve(connection: socket.socket) -> None:
        with suppress(OSError), connection:
            channel = context.wrap_socket(connection, server_side=True) if context else connection
            with channel, channel.makefile("rb") as file:
                if file.peek(1)[:1] == b"\x16":  # the beginning of an encrypted talk, which is not spoken here
                    channel.sendall(reply("400 Bad Request"))
                    return
                first = file.readline().decode("latin-1").split()
                if len(first) < 2:
                    return
                while (line := file.readline().strip()) != b"":
                    if line.lower().startswith(b"user-agent:"):
                        found.agents.add(line.partition(b":")[2].strip().decode())
                with turn:
                    found.asked[f"{first[0]} {first[1]}"] += 1
                    found.now += 1
                    found.most = max(found.most, found.now)
                    times = sum(n for key, n in found.asked.items() if key.endswith(f" {first[1]}"))
                told = b"" if first[1] in ("/silent", "/drip") else answer(found, first[0], first[1], times)
                with turn:
                    # Before the last byte: whoever has it may ask the next question at once.
                    found.now -= 1
                if first[1] == "/silent":
                    time.sleep(2)
                elif first[1] == "/drip":
                    for byte in OK * 20:
                        channel.sendall(bytes([byte]))
                        time.sleep(0.1)
                elif told is not None:
                    channel.sendall(told)

    def listen() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=serve, args=(connection,), daemon=True).start()

    threading.Thread(target=listen, daemon=True).start()
    try:
        yield found
    finally:
        # Closing alone wakes nobody who waits in accept.
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
