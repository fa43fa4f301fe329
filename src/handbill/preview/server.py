"""Show a folder of finished files in the browser, and again whenever it changed.

It answers to this machine alone, changes no file, and puts one script into
each page on its way out.  Pages may be shown ahead of the folder, from memory.
"""

from __future__ import annotations

import errno
import os
import sys
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import TCPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, unquote

from handbill.errors import MachineLacks, Problem, Said, said
from handbill.options import Options
from handbill.preview.desk import Answer, Desk
from handbill.preview.events import Channel
from handbill.preview.found import BadAddress, Found, Moved, address_of, content_type, find, opened, path_of
from handbill.preview.headers import headers_for
from handbill.preview.panel import panel
from handbill.preview.script import SCRIPT, Place, script, with_script
from handbill.preview.sheets import LETTERS
from handbill.telling import tell

_EVENTS = "/__handbill/events"
_HOST = "127.0.0.1"
_NAMES = (_HOST, "localhost", "[::1]")
_PORTS_TRIED = 100
_PIECE = 1 << 16

_NOTHING = (
    "<!doctype html>\n<html lang={lang}><meta charset=utf-8><title>{title}</title>\n"
    "<body style='font:1.1rem/1.5 system-ui,sans-serif;max-width:36rem;margin:4rem auto;padding:0 1rem'>"
    "<h1>{title}</h1><p>{text}</p></body></html>\n"
)


class Preview:
    """The folder *folder* at an address of this machine, with live reload.

    *base* is the path at which the site begins, as it will when published.
    The first free port from *port* on is taken, at once.  What it says itself
    is in the language *lang*, with excerpts of the files of the hub in *root*.

    Raises:
        MachineLacks: no port is free.
    """

    def __init__(self, folder: Path, *, base: str = "/", port: int = 8000, lang: str = "en", root: Path | None = None) -> None:
        self.channel = Channel()
        self._lang, self._root = lang, root or folder
        stripped = base.strip("/")
        self._base = f"/{stripped}/" if stripped else "/"
        self._server = _bound(folder, self._base, port, self.channel, lang)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), name="preview", daemon=True)

    def lay(self, options: Callable[[], Options]) -> None:
        """Show the letters of the hub too, before they are sent; *options* say how it is built now."""
        self._server.desk = Desk(options, lambda: self.channel.version, self._lang, self._base)

    def on_open(self, opened: Callable[[], None]) -> None:
        """Call *opened* each time that somebody begins to look at a page."""
        self.channel.on_open = opened

    @property
    def letters(self) -> str:
        """Return where a browser finds the letters."""
        return f"http://{_HOST}:{self._server.server_port}{LETTERS}"

    @property
    def address(self) -> str:
        """Return where a browser finds the site."""
        # Not "localhost", which may lead to another program's port on ::1.
        return f"http://{_HOST}:{self._server.server_port}{self._base}"

    def start(self) -> None:
        """Answer from now on, in threads of its own."""
        self._thread.start()

    @property
    def open_pages(self) -> frozenset[str]:
        """Return the output paths of the pages that somebody looks at."""
        return frozenset(path for page in self.channel.pages if (path := path_of(page, self._base)))

    def show_ahead(self, pages: Mapping[str, bytes]) -> None:
        """Show these pages, by output path, instead of what lies in the folder; open ones take up what changed."""
        before, self._server.ahead = self._server.ahead, dict(pages)
        if changed := [path for path in {*before, *pages} if before.get(path) != pages.get(path)]:
            self.channel.change({address_of(path, self._base) for path in changed})

    def reload(self, changed: Iterable[str] | None = None, ahead: Mapping[str, bytes] | None = None) -> None:
        """Let every open page take up what changed, by output paths, and keep its place; problems are taken away.

        Only the pages of *ahead* are shown ahead of the folder from now on.
        """
        self._server.ahead = dict(ahead or {})
        self.channel.reload(None if changed is None else {address_of(path, self._base) for path in changed})

    def show(self, problems: Sequence[Problem]) -> None:
        """Let every open page show *problems* on top of itself until the next reload, and the folder behind them."""
        self.show_ahead({})
        self.channel.show(panel(problems, self._lang, self._root))

    def close(self) -> None:
        """Stop answering and free the port."""
        self.channel.close()
        if self._thread.is_alive():
            self._server.shutdown()
            self._thread.join()
        self._server.server_close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, trouble: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


class _Server(ThreadingHTTPServer):
    # A page that is being read does not keep the preview from ending.
    daemon_threads = True
    # On Windows this would let two programs share a port.
    allow_reuse_address = os.name != "nt"

    def __init__(self, address: tuple[str, int], folder: Path, base: str, channel: Channel, lang: str) -> None:
        self.folder = folder
        self.lang = lang
        self.base = base
        self.channel = channel
        self.desk: Desk | None = None
        self.ahead: Mapping[str, bytes] = {}
        super().__init__(address, _Answer)
        self.hosts = {f"{name}:{self.server_port}" for name in _NAMES}
        if self.server_port == 80:
            self.hosts |= set(_NAMES)

    def server_bind(self) -> None:
        # The inherited one asks the network for the machine's name, which can take seconds.
        TCPServer.server_bind(self)
        self.server_name, self.server_port = _HOST, self.server_address[1]

    def handle_error(self, request: Any, client_address: Any) -> None:
        # A browser that leaves in the middle of a page is no error.
        if not isinstance(sys.exception(), (ConnectionError, TimeoutError)):
            super().handle_error(request, client_address)


class _Answer(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    server_version = "Handbill"
    sys_version = ""
    timeout = 60
    # Head and body go out one after the other, and the second is not to wait until the first has arrived.
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        self._answer()

    def do_HEAD(self) -> None:
        self._answer()

    def _refuse_method(self) -> None:
        # What came with it is not read, so the connection cannot go on.
        self.close_connection = True
        self._send_text(HTTPStatus.METHOD_NOT_ALLOWED, said("The preview only shows."), allow="GET, HEAD")

    do_POST = do_PUT = do_DELETE = do_PATCH = do_OPTIONS = do_CONNECT = do_TRACE = _refuse_method  # noqa: N815 - likewise

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is given
        """Say nothing: every picture of a page would be a line."""

    def _answer(self) -> None:
        # A page on the web can give its own name the address 127.0.0.1 and then
        # read what is shown here; its name is in Host all the same.
        if self.headers.get("Host", "").lower() not in self.server.hosts:
            self._send_text(HTTPStatus.FORBIDDEN, said("This preview answers to this machine alone."))
            return
        # Before the file: a page made meanwhile must not pass for the one shown now.
        version = self.server.channel.version
        path, _, query = self.path.partition("?")
        if path == _EVENTS:
            self._send_events(dict(parse_qsl(query)))
            return
        if path == SCRIPT:
            self._send(HTTPStatus.OK, content_type(path), script())
            return
        if ahead := self.server.ahead.get(name := path_of(unquote(path), self.server.base)):
            self._send_page(HTTPStatus.OK, content_type(name), ahead, version)
            return
        if self.server.desk and path.startswith(LETTERS):
            self._send_answer(self.server.desk.answer(path), version)
            return
        try:
            found = find(self.server.folder, self.server.base, path)
        except BadAddress:
            self._send_text(HTTPStatus.BAD_REQUEST, said("This is no address."))
            return
        if isinstance(found, Moved):
            self._send_text(HTTPStatus.FOUND, None, location=found.address + (f"?{query}" if query else ""))
        elif found is None and self.server.desk and (picture := self.server.desk.picture(path)):
            self._send_answer(picture, version)
        elif found is None:
            self._send_missing(version)
        else:
            self._send_file(HTTPStatus.OK, found, version)

    def _send_answer(self, answer: Answer | None, version: str) -> None:
        if answer is None:
            self._send_missing(version)
            return
        body = with_script(answer.content, version) if answer.is_page else answer.content
        self._send(HTTPStatus.OK, answer.content_type, body, content_security_policy=answer.policy)

    def _send_missing(self, version: str) -> None:
        found = opened(self.server.folder / "404.html")
        if found is not None:
            self._send_file(HTTPStatus.NOT_FOUND, found, version)
            return
        if self.server.folder.exists():
            title, text = said("Not here"), said("No page has this address.")
        else:
            title, text = said("Nothing is built yet"), said("This page appears as soon as the first build succeeds.")
            if self.server.desk and self.path.partition("?")[0] in ("/", self.server.base):
                # What is wrong elsewhere keeps nobody from proofing a letter.
                self._send_text(HTTPStatus.FOUND, None, location=LETTERS)
                return
        lang = self.server.lang
        page = _NOTHING.format(lang=lang, title=tell(title, lang), text=tell(text, lang))
        self._send(HTTPStatus.NOT_FOUND, "text/html; charset=utf-8", with_script(page.encode(), version))

    def _send_file(self, status: HTTPStatus, found: Found, version: str) -> None:
        with found.file as file:
            if found.content_type.startswith("text/html"):
                self._send_page(status, found.content_type, file.read(), version)
                return
            self._begin(status, found.content_type, found.size, **self._headers_of_path())
            while self.command != "HEAD" and (piece := file.read(_PIECE)):
                self.wfile.write(piece)

    def _send_page(self, status: HTTPStatus, content_type: str, page: bytes, version: str) -> None:
        if content_type.startswith("text/html"):
            page = with_script(page, version, Place(self.server.base, status is HTTPStatus.NOT_FOUND))
        self._send(status, content_type, page, **self._headers_of_path())

    def _headers_of_path(self) -> dict[str, str]:
        return headers_for(self.server.folder, self.path.partition("?")[0])

    def _send_events(self, asked: Mapping[str, str]) -> None:
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        if self.command == "HEAD":
            return
        self.wfile.write(b"retry: 500\n\n")
        with self.server.channel.listen(asked.get("page", ""), since=asked.get("since", "")) as messages:
            for message in messages:
                self.wfile.write(message)

    def _send_text(self, status: HTTPStatus, text: Said | None, **headers: str) -> None:
        told = f"{tell(text, self.server.lang)}\n" if text else ""
        self._send(status, "text/plain; charset=utf-8", told.encode(), **headers)

    def _send(self, status: HTTPStatus, content_type: str, body: bytes, **headers: str) -> None:
        self._begin(status, content_type, len(body), **headers)
        if self.command != "HEAD":
            self.wfile.write(body)

    def _begin(self, status: HTTPStatus, content_type: str, size: int, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(size))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        for name, text in headers.items():
            self.send_header(name.replace("_", "-").title(), text)
        self.end_headers()


def _bound(folder: Path, base: str, port: int, channel: Channel, lang: str) -> _Server:
    for tried in range(port, min(port + _PORTS_TRIED, 65536)):
        try:
            return _Server((_HOST, tried), folder, base, channel, lang)
        except OSError as trouble:
            if trouble.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise
    raise MachineLacks(said("no free port from {port} on; end another preview, or choose with --port", port=port))
