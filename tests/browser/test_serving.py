"""The static host of these tests must answer as real ones do, or a green test says nothing about them."""

from __future__ import annotations

import gzip
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.browser.serving import APART, SHARES, Host

HEADERS = """
# A note.
/*
  X-Content-Type-Options: nosniff
  Cache-Control: max-age=0
  Cross-Origin-Opener-Policy: same-origin
/pagefind/*
  ! Cache-Control
  Cache-Control: max-age=31536000, immutable
/posts/:slug/
  Content-Security-Policy: default-src 'none'
/feeds/all.atom.xml
  Content-Type: application/atom+xml
"""


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    for name, text in {"index.html": "<p>front", "404.html": "<p>lost", "posts/x/index.html": "<p>x", "feeds/all.atom.xml": "<feed/>", "pagefind/a.js": "1", "_headers": HEADERS}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    opened = Host(tmp_path, "/hub/")
    yield opened
    opened.close()


def ask(host: Host, path: str, **headers: str):
    request = urllib.request.Request(host.origin + path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    return urllib.request.urlopen(request, timeout=5)


def test_a_folder_answers_with_its_page(host):
    assert b"<p>x" == ask(host, "/hub/posts/x/").read()
    assert host.address + "posts/x/" == ask(host, "/hub/posts/x").url


@pytest.mark.parametrize("path", ["/hub/nowhere/", "/elsewhere/", "/hub/_headers", "/hub/../../etc/passwd"])
def test_what_is_not_there_answers_with_the_page_for_it(host, path):
    with pytest.raises(urllib.error.HTTPError) as refusal:
        ask(host, path)

    assert (404, b"<p>lost") == (refusal.value.code, refusal.value.read())


def test_texts_are_compressed_for_those_who_can_read_that(host):
    answer = ask(host, "/hub/", accept_encoding="gzip")

    assert b"<p>front" == gzip.decompress(answer.read())
    assert len(gzip.compress(b"<p>front", 6)) == int(answer.headers["content-length"]) == host.weight("/hub/")


def test_the_headers_that_the_build_wrote_are_sent(host):
    """A policy that is only in the file was never tried."""
    front, post, script, feed = (ask(host, f"/hub/{path}").headers for path in ("", "posts/x/", "pagefind/a.js", "feeds/all.atom.xml"))

    assert ("nosniff", "max-age=0", None) == (front["x-content-type-options"], front["cache-control"], front["content-security-policy"])
    assert "default-src 'none'" == post["content-security-policy"]
    assert "max-age=31536000, immutable" == script["cache-control"]
    assert "application/atom+xml" == feed["content-type"]


def test_only_who_asks_for_it_is_spared_a_process_of_its_own(host):
    assert "same-origin" == ask(host, "/hub/").headers[APART]
    asked = ask(host, "/hub/", **{SHARES: "1"}).headers
    assert APART not in asked
    assert "nosniff" == asked["X-Content-Type-Options"]
