"""A static host on this machine: a built folder, answered as the hosts of such sites answer it.

Folders answer with their index.html, unknown paths with 404.html, texts are
compressed, and the ``_headers`` file of the build is applied where there is one.
It runs in a process of its own: while a thread of it stood in the process of
the tests, nothing there could fork, as a build does.
"""

from __future__ import annotations

import gzip
import re
import subprocess
import sys
import time
from functools import cached_property
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

#: What hosts answer by the ending of a file; ``_headers`` may say otherwise.
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".xml": "application/xml",
    ".ics": "text/calendar; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".wasm": "application/wasm",
}
COMPRESSED = ("text/", "application/json", "application/xml", "image/svg+xml")
PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif", ".svg")

#: What hosts compress with while a reader waits.
LEVEL = 6


#: Where a browser asks for pictures as over a slow line: how much later than asked for they come, in milliseconds.
LATE = "x-pictures-late"

#: Where a browser asks for pages as over a line that stops for a while: the signs before which it does.
STOPS = "x-page-stops-before"
STOP_S = 0.4

#: Where a browser asks for pages without the header for which it gives each a process of its own.
SHARES = "x-page-shares-process"
APART = "cross-origin-opener-policy"


class Shown:
    """A folder shown from the path *base* on: which file answers what, how heavy, and with which headers."""

    def __init__(self, folder: Path, base: str = "/") -> None:
        self.folder, self.base = folder, base

    def file(self, path: str) -> Path | None:
        """Return the file that answers a path, if there is one."""
        if not path.startswith(self.base):
            return None
        file = self.folder / unquote(path[len(self.base) :])
        if path.endswith("/"):
            file /= "index.html"
        return file if file.is_file() and file.name != "_headers" else None

    def weight(self, path: str) -> int:
        """Return how many bytes a text costs a reader; 0 for what is not there."""
        file = self.file(path)
        return len(gzip.compress(file.read_bytes(), LEVEL)) if file else 0

    @cached_property
    def rules(self) -> list[tuple[re.Pattern[str], list[tuple[str, str]]]]:
        """Return the rules of the ``_headers`` file: a path, and what is added there."""
        file = self.folder / "_headers"
        return parsed(file.read_text(encoding="utf-8")) if file.is_file() else []

    def headers(self, path: str) -> dict[str, str]:
        """Return the headers that the build asks for; all rules that fit apply, and equal names are joined."""
        found: dict[str, str] = {}
        inside = "/" + path[len(self.base) :]
        for pattern, lines in self.rules:
            if pattern.fullmatch(path) or pattern.fullmatch(inside):
                for name, value in lines:
                    if name.startswith("! "):
                        found.pop(name[2:].lower(), None)
                    else:
                        held = found.get(name.lower())
                        found[name.lower()] = f"{held}, {value}" if held else value
        return found


class Host(Shown):
    """A port of this machine that shows a folder, which may be made later."""

    def __init__(self, folder: Path, base: str = "/") -> None:
        super().__init__(folder, base)
        words = [sys.executable, "-m", "tests.browser.serving", str(folder), base]
        self._process = subprocess.Popen(words, cwd=Path(__file__).parents[2], stdout=subprocess.PIPE, text=True)
        assert self._process.stdout
        #: Scheme, host and port, without a final slash.
        self.origin = f"http://127.0.0.1:{int(self._process.stdout.readline())}"

    @property
    def address(self) -> str:
        """Return the address of the front page."""
        return self.origin + self.base

    def close(self) -> None:
        """Stop answering."""
        self._process.terminate()
        self._process.communicate()


def parsed(text: str) -> list[tuple[re.Pattern[str], list[tuple[str, str]]]]:
    """Return the rules of a ``_headers`` file as Netlify and Cloudflare read it: a path, then indented lines."""
    rules: list[tuple[re.Pattern[str], list[tuple[str, str]]]] = []
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if line[0].isspace():
            name, colon, value = line.strip().partition(":")
            rules[-1][1].append((name.strip(), value.strip()) if colon else (name.strip(), ""))
        else:
            pattern = re.escape(urlsplit(line.strip()).path).replace(r"\*", ".*")
            rules.append((re.compile(re.sub(r":\w+", "[^/]+", pattern)), []))
    return rules


def _handler(host: Shown) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            path = urlsplit(self.path).path
            file = host.file(path)
            if file is None and host.file(path + "/"):
                self._answer(301, b"", {"location": path + "/"})
                return
            status = 200 if file else 404
            file = file or host.folder / "404.html"
            if not file.is_file():
                self._answer(404, b"Nothing here.\n", {"content-type": "text/plain"})
                return
            if file.suffix in PICTURES:
                time.sleep(int(self.headers.get(LATE, "0")) / 1000)
            body = file.read_bytes()
            headers = {"content-type": TYPES.get(file.suffix, "application/octet-stream"), "cache-control": "no-cache"}
            headers |= host.headers(path)
            if SHARES in self.headers:
                headers.pop(APART, None)
            stop = body.find(self.headers.get(STOPS, "").encode()) if file.suffix == ".html" else 0
            if stop > 0:
                self._answer(status, body, headers, stop)
                return
            if headers["content-type"].startswith(COMPRESSED) and "gzip" in self.headers.get("accept-encoding", ""):
                body = gzip.compress(body, LEVEL)
                headers |= {"content-encoding": "gzip", "vary": "accept-encoding"}
            self._answer(status, body, headers)

        do_HEAD = do_GET  # noqa: N815 (the name that the library calls)

        def _answer(self, status: int, body: bytes, headers: dict[str, str], stop: int = 0) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            if self.command == "GET":
                try:
                    if stop:
                        self.wfile.write(body[:stop])
                        self.wfile.flush()
                        time.sleep(STOP_S)
                    self.wfile.write(body[stop:])
                except (BrokenPipeError, ConnectionResetError):
                    self.close_connection = True  # the reader went to another page before this one had come

        def log_message(self, *words: object) -> None:
            """Stay silent: what was asked for is looked at in the browser."""

    return Handler


def main(folder: str, base: str) -> None:
    """Say the port on the first line, and answer until ended."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(Shown(Path(folder), base)))
    server.daemon_threads = True
    sys.stdout.write(f"{server.server_port}\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
