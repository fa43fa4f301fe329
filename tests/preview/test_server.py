from __future__ import annotations

import http.client
import json
import socket
import threading
import time

import pytest
from tests.composing.letters import hub_with
from tests.hubs import options

from handbill.errors import MachineLacks, Problem, said
from handbill.preview.server import Preview
from handbill.preview.sheets import POLICY
from handbill.publishing.store import Store

PAGE = "<!doctype html><html><body><p>{}</p></body></html>"


@pytest.fixture
def folder(tmp_path):
    files = {
        "index.html": PAGE.format("home"),
        "posts/a/index.html": PAGE.format("a"),
        "404.html": PAGE.format("lost"),
        "feeds/all.rss.xml": "<rss></body></rss>",
        "event.ics": "BEGIN:VCALENDAR",
        "letter.eml": "Subject: </body>",
    }
    for path, text in files.items():
        (tmp_path / "public" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "public" / path).write_text(text)
    (tmp_path / "secret.txt").write_text("secret")
    return tmp_path / "public"


@pytest.fixture
def preview(folder):
    with Preview(folder, port=0) as preview:
        yield preview


def ask(preview, path, method="GET", **headers):
    """Return status, headers and body of one request, sent exactly as written."""
    port = int(preview.address.split(":")[2].split("/")[0])
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.putrequest(method, path, skip_host="Host" in headers)
    for name, text in headers.items():
        connection.putheader(name, text)
    connection.endheaders()
    answer = connection.getresponse()
    found = answer.status, dict(answer.getheaders()), answer.read()
    connection.close()
    return found


class Page:
    """An open page: the events that it hears."""

    def __init__(self, preview):
        self._socket = socket.create_connection(preview._server.server_address, timeout=10)
        self._socket.sendall(f"GET /__handbill/events HTTP/1.1\r\nHost: 127.0.0.1:{preview._server.server_port}\r\n\r\n".encode())
        self._file = self._socket.makefile("rb")
        self.status = self._file.readline()
        self.headers = http.client.parse_headers(self._file)
        assert b"retry: 500\n" == self._file.readline()
        self._file.readline()

    def hear(self):
        """Return the next event and its data."""
        name, data, _ = (self._file.readline().decode().rstrip("\n") for _ in range(3))
        return name.removeprefix("event: "), data.removeprefix("data: ")

    def ends(self):
        """Return whether the connection is over."""
        return self._file.read() == b""

    def close(self):
        self._file.close()
        self._socket.close()


@pytest.fixture
def page(preview):
    page = Page(preview)
    yield page
    page.close()


def test_a_page_is_shown_with_the_script_in_it_once_and_not_on_disk(preview, folder):
    status, headers, body = ask(preview, "/")

    assert 200 == status
    assert 1 == body.count(b"<script")
    assert b'/__handbill/live.js" data-version="' in body
    assert body.endswith(b"></script></body></html>")
    assert ("text/html; charset=utf-8", str(len(body)), "no-store") == (
        headers["Content-Type"],
        headers["Content-Length"],
        headers["Cache-Control"],
    )
    assert PAGE.format("home") == (folder / "index.html").read_text()


@pytest.mark.parametrize("path", ["/feeds/all.rss.xml", "/event.ics", "/letter.eml"])
def test_what_is_no_page_is_shown_byte_for_byte(preview, folder, path):
    assert (folder / path[1:]).read_bytes() == ask(preview, path)[2]


def test_a_page_that_does_not_exist_is_404_with_the_site_s_own_page(preview):
    status, _, body = ask(preview, "/nowhere/")

    assert 404 == status
    assert b"<p>lost</p>" in body
    assert 1 == body.count(b"<script")


def test_without_a_page_for_it_404_still_loads_itself_when_there_is_one(preview, folder):
    (folder / "404.html").unlink()

    status, _, body = ask(preview, "/nowhere/")

    assert (404, 1) == (status, body.count(b"<script"))


def test_before_the_first_build_there_is_a_page_that_waits(tmp_path):
    """The first thing that a newcomer's mistake shows must not be an empty window."""
    with Preview(tmp_path / "public", port=0) as preview:
        status, _, body = ask(preview, "/")

    assert 404 == status
    assert b"Nothing is built yet" in body
    assert b"live.js" in body


def test_head_says_the_same_without_the_body(preview):
    for path in ("/", "/event.ics", "/nowhere/"):
        with_body, without = ask(preview, path), ask(preview, path, "HEAD")

        assert b"" == without[2]
        assert with_body[0] == without[0]
        assert with_body[1]["Content-Length"] == without[1]["Content-Length"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_the_preview_only_shows(preview, method):
    status, headers, _ = ask(preview, "/", method)

    assert (405, "GET, HEAD") == (status, headers["Allow"])


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1.evil.example:{port}", "127.0.0.1", "localhost:1", "", "0.0.0.0:{port}"]
)
def test_a_foreign_name_is_refused_whatever_address_it_leads_to(preview, host):
    """A page on the web could give its own name this machine's address and read drafts."""
    for path in ("/", "/__handbill/events", "/__handbill/live.js", "/nowhere/"):
        status, _, body = ask(preview, path, Host=host.format(port=preview._server.server_port))

        assert 403 == status
        assert b"home" not in body


@pytest.mark.parametrize("host", ["127.0.0.1:{port}", "localhost:{port}", "LOCALHOST:{port}", "[::1]:{port}"])
def test_this_machine_s_own_names_are_welcome(preview, host):
    assert 200 == ask(preview, "/", Host=host.format(port=preview._server.server_port))[0]


def test_only_this_machine_can_connect(preview):
    assert "127.0.0.1" == preview._server.server_address[0]


@pytest.mark.parametrize(
    "path",
    ["/../secret.txt", "/%2e%2e/secret.txt", "/..%2f..%2fsecret.txt", "//secret.txt", "/posts/../../secret.txt", "/%252e%252e/secret.txt"],
)
def test_no_path_leads_outside(preview, path):
    status, _, body = ask(preview, path)

    assert 404 == status
    assert b"secret" not in body


@pytest.mark.parametrize("path", ["http://127.0.0.1/", "index.html", "/%ff"])
def test_what_is_no_address_is_refused(preview, path):
    assert 400 == ask(preview, path, Host=f"127.0.0.1:{preview._server.server_port}")[0]


def test_a_folder_without_its_slash_is_moved_to_with_its_question(preview):
    status, headers, _ = ask(preview, "/posts/a?q=1")

    assert (302, "/posts/a/?q=1") == (status, headers["Location"])


def test_a_site_below_a_path_is_shown_below_it(folder):
    with Preview(folder, base="/hub", port=0) as preview:
        assert preview.address.endswith("/hub/")
        assert b"<p>a</p>" in ask(preview, "/hub/posts/a/")[2]
        assert (302, "/hub/") == (ask(preview, "/")[0], ask(preview, "/")[1]["Location"])
        assert 404 == ask(preview, "/posts/a/")[0]
        assert b"EventSource" in ask(preview, "/__handbill/live.js")[2]


def test_an_open_page_hears_of_a_reload(preview, page):
    hello, problems = page.hear(), page.hear()
    preview.reload()

    assert b"200" in page.status
    assert ("text/event-stream", "no-store") == (page.headers["Content-Type"], page.headers["Cache-Control"])
    assert ("problems", "null") == problems == page.hear()
    name, told = page.hear()
    version, addresses = json.loads(told)
    assert ("changed", None) == (name, addresses)
    assert version != hello[1]
    assert f'data-version="{version}"'.encode() in ask(preview, "/")[2]


def test_an_open_page_hears_of_problems_and_that_they_are_mended(preview, page):
    page.hear(), page.hear()
    preview.show([Problem("a.md", 3, 1, "title", "<img onerror=x>", "text", "E1")])
    name, told = page.hear()
    preview.show([])

    assert "problems" == name
    assert [("a.md:3:1", "title: found <img onerror=x>, wanted text", "E1")] == [
        (one["where"], one["sentence"], one["code"]) for one in json.loads(told)["problems"]
    ]
    assert ("problems", "null") == page.hear()


def test_a_page_opened_while_there_are_problems_hears_of_them(preview):
    preview.show([Problem("a.md", 3, 1, "title", "x", "y", "E1")])
    page = Page(preview)
    page.hear()

    assert "a.md:3:1" == json.loads(page.hear()[1])["problems"][0]["where"]
    page.close()


def test_a_reload_reaches_twenty_pages_within_a_tenth_of_a_second(preview):
    """Part of the time from an edit to what the editor sees."""
    pages = [Page(preview) for _ in range(20)]
    for page in pages:
        page.hear(), page.hear()
    started = time.monotonic()
    preview.reload()
    for page in pages:
        page.hear(), page.hear()

    assert time.monotonic() - started < 0.1
    for page in pages:
        page.close()


def test_closing_ends_open_pages_and_frees_the_port(folder):
    preview = Preview(folder, port=0)
    preview.start()
    port = preview._server.server_port
    page = Page(preview)
    page.hear(), page.hear()

    preview.close()

    assert page.ends()
    page.close()
    again = Preview(folder, port=port)
    assert port == again._server.server_port
    again.close()


def test_a_page_that_leaves_is_no_trouble(preview, capfd):
    for _ in range(5):
        page = Page(preview)
        page.close()
    preview.reload()
    preview.reload()

    assert 200 == ask(preview, "/")[0]
    assert ("", "") == tuple(capfd.readouterr())


def test_a_second_preview_takes_the_next_free_port(folder):
    with Preview(folder, port=0) as first:
        port = first._server.server_port
        second = Preview(folder, port=port)

        assert port < second._server.server_port < port + 100
        second.close()


def test_no_free_port_is_said_with_a_remedy(folder, monkeypatch):
    monkeypatch.setattr("handbill.preview.server._PORTS_TRIED", 1)
    with Preview(folder, port=0) as first, pytest.raises(MachineLacks, match="--port"):
        Preview(folder, port=first._server.server_port)


def test_every_answer_is_whole_while_the_folder_is_swapped_underneath(tmp_path):
    """A preview reads while the store publishes, several times a second."""
    public, pages = tmp_path / "public", [f"{number % 3}/{number}.html" for number in range(12)]

    def publish(store, number):
        with store.begin() as generation:
            for path in pages:
                generation.add(path, str(number), PAGE.format(f"generation {number} " + "x" * 5000).encode())
            generation.publish(flushed=False)

    store = Store(public, trusting=True)
    publish(store, 0)
    over = threading.Event()

    def keep_publishing():
        number = 0
        while not over.is_set():
            number += 1
            publish(store, number)

    publishing = threading.Thread(target=keep_publishing)
    latest, answers = 0, 0
    with Preview(public, port=0) as preview:
        publishing.start()
        try:
            until = time.monotonic() + 2
            while time.monotonic() < until:
                for path in pages:
                    status, headers, body = ask(preview, f"/{path}")
                    assert 200 == status
                    assert int(headers["Content-Length"]) == len(body)
                    assert body.count(b"x" * 5000) == 1
                    number = int(body.split(b"generation ")[1].split()[0])
                    assert number >= latest
                    latest = number
                    answers += 1
        finally:
            over.set()
            publishing.join()
    assert latest > 3
    assert answers > 50


def test_a_large_file_arrives_whole(preview, folder):
    (folder / "film.mp4").write_bytes(bytes(range(256)) * 4096 * 3)

    assert (folder / "film.mp4").read_bytes() == ask(preview, "/film.mp4")[2]


def test_the_preview_speaks_the_language_of_the_hub(tmp_path):
    """Its own few words are the first that a new editor reads."""
    with Preview(tmp_path / "nothing", port=0, lang="fr", root=tmp_path) as preview:
        assert "<html lang=fr>" in ask(preview, "/")[2].decode()
        assert "Rien n’est encore construit" in ask(preview, "/")[2].decode()
        assert "Cet aperçu ne répond qu’à cette machine.\n" == ask(preview, "/", Host="evil.example")[2].decode()
        preview.show([Problem("a.md", 3, 1, "title", said("a folder"), "", "E1")])
        page = Page(preview)
        page.hear()
        assert "1 problème" == json.loads(page.hear()[1])["title"]
        page.close()


def test_pages_are_held_to_the_policy_that_the_hub_will_have(preview, folder):
    """What it forbids must fail here first, before an editor's eyes."""
    (folder / "_headers").write_text("/*\n  Content-Security-Policy: default-src 'none'; script-src 'self'\n  Cache-Control: max-age=9\n")

    for path, status in (("/", 200), ("/nowhere/", 404), ("/event.ics", 200)):
        found, headers, _ = ask(preview, path)
        assert (status, "default-src 'none'; script-src 'self'") == (found, headers["Content-Security-Policy"])
        assert "no-store" == headers["Cache-Control"]


def test_letters_are_shown_at_an_address_of_their_own(folder, tmp_path):
    """They are proofed before a page of them is published, and hear of changes like any page."""
    root = hub_with(tmp_path / "hub")
    with Preview(folder, port=0, root=root) as preview:
        assert 404 == ask(preview, "/__handbill/letters/")[0]
        preview.lay(lambda: options(root))
        status, headers, page = ask(preview, "/__handbill/letters/2/")
        _, pane_headers, pane = ask(preview, "/__handbill/letters/2/dark.html")

        assert (200, POLICY) == (status, headers["Content-Security-Policy"])
        assert b'<script src="/__handbill/live.js" data-version="' in page
        assert b"<script" not in pane
        assert "'none'" in pane_headers["Content-Security-Policy"]
        assert 404 == ask(preview, "/__handbill/letters/99/")[0]
        assert preview.letters.endswith("/__handbill/letters/")
        assert 403 == ask(preview, "/__handbill/letters/", Host="evil.example")[0]


def test_a_page_is_shown_ahead_of_the_folder_under_each_of_its_addresses(preview, folder):
    """What an editor sees first, while all the rest is still being built."""
    preview.show_ahead({"posts/a/index.html": PAGE.format("new").encode(), "index.html": PAGE.format("new home").encode()})

    for path in ("/posts/a/", "/posts/a/index.html"):
        status, headers, page = ask(preview, path)
        assert (200, "text/html; charset=utf-8") == (status, headers["Content-Type"])
        assert b"<p>new</p><script" in page
    assert b"<p>new home</p>" in ask(preview, "/")[2]
    assert PAGE.format("a") == (folder / "posts/a/index.html").read_text()
    preview.reload([])
    assert b"<p>a</p>" in ask(preview, "/posts/a/")[2]


def test_a_style_sheet_is_shown_ahead_as_it_is(preview):
    preview.show_ahead({"theme/hub.css": b"p { color: teal }"})
    status, headers, sheet = ask(preview, "/theme/hub.css?v=1")

    assert (200, "text/css; charset=utf-8", b"p { color: teal }") == (status, headers["Content-Type"], sheet)


def test_a_page_shown_ahead_is_held_to_the_same_policy(preview, folder):
    (folder / "_headers").write_text("/*\n  Content-Security-Policy: default-src 'none'; script-src 'self'\n")
    preview.show_ahead({"index.html": PAGE.format("new").encode()})

    assert "default-src 'none'; script-src 'self'" == ask(preview, "/")[1]["Content-Security-Policy"]


def test_open_pages_hear_what_is_shown_ahead_once(preview, page):
    """The same words saved twice are no change."""
    page.hear(), page.hear()
    ahead = {"posts/a/index.html": b"<p>new"}
    preview.show_ahead(ahead)
    preview.show_ahead(dict(ahead))
    preview.reload(["feeds/all.rss.xml", "posts/index.html"], ahead)

    assert ["/posts/a/"] == json.loads(page.hear()[1])[1]
    assert ("problems", "null") == page.hear()
    assert ["/feeds/all.rss.xml", "/posts/"] == json.loads(page.hear()[1])[1]


def test_problems_stand_over_the_site_as_it_was(preview, page):
    """Their panel says so."""
    page.hear(), page.hear()
    preview.show_ahead({"posts/a/index.html": b"<p>new"})
    preview.show([Problem("a.md", 3, 1, "title", "x", "y", "E1")])

    assert b"<p>a</p>" in ask(preview, "/posts/a/")[2]
    assert [["/posts/a/"], ["/posts/a/"]] == [json.loads(page.hear()[1])[1], json.loads(page.hear()[1])[1]]


def test_which_pages_are_open_is_known_by_their_files(folder):
    with Preview(folder, base="/hub/", port=0) as preview, preview.channel.listen("/hub/posts/é/"), preview.channel.listen("/elsewhere/"):
        assert {"posts/é/index.html"} == preview.open_pages


def test_a_page_of_the_site_knows_where_the_site_begins(folder):
    """Addresses of what changed are told from there."""
    with Preview(folder, base="/h\"ub/", port=0) as preview:
        assert b' data-base="/h&quot;ub/"></script>' in ask(preview, "/h%22ub/")[2]
        assert b' data-base="/h&quot;ub/" data-missing=1></script>' in ask(preview, "/h%22ub/nowhere/")[2]
