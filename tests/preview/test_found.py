from __future__ import annotations

import os

import pytest

from handbill.preview.found import BadAddress, Moved, content_type, find


@pytest.fixture
def folder(tmp_path):
    for path in ("index.html", "posts/a/index.html", "posts/été/index.html", "feeds/all.rss.xml", "a b.txt", "empty/x.txt"):
        (tmp_path / "public" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "public" / path).write_text(path)
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "public-evil").mkdir()
    (tmp_path / "public-evil/x.txt").write_text("secret")
    return tmp_path / "public"


def text(found):
    with found.file as file:
        return file.read().decode()


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/", "index.html"),
        ("/index.html", "index.html"),
        ("/posts/a/", "posts/a/index.html"),
        ("/posts/%C3%A9t%C3%A9/", "posts/été/index.html"),
        ("/a%20b.txt", "a b.txt"),
        ("/feeds/all.rss.xml", "feeds/all.rss.xml"),
    ],
)
def test_an_address_means_its_file(folder, address, path):
    found = find(folder, "/", address)

    assert path == text(found)
    assert found.size == len(path.encode())


@pytest.mark.parametrize(
    "address",
    [
        "/../secret.txt",
        "/posts/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/%2e%2e%2fsecret.txt",
        "/..%2fsecret.txt",
        "/..%5csecret.txt",
        "/..\\secret.txt",
        "/%252e%252e/secret.txt",
        "/....//secret.txt",
        "/./secret.txt",
        "/posts/../index.html",
        "/./index.html",
        "//secret.txt",
        "/posts//a/",
        "/../public-evil/x.txt",
        "/%00",
        "/index.html%00.txt",
        "/C:/secret.txt",
        "/index.html::$DATA",
        "/index.html/",
        "/nothing",
        "/empty/",
        "/posts/a/index.html/../../../../secret.txt",
    ],
)
def test_nothing_outside_and_nothing_that_is_not_there_is_found(folder, address):
    assert find(folder, "/", address) is None


def test_the_whole_path_to_a_secret_is_no_way_to_it(folder):
    secret = folder.parent / "secret.txt"

    assert find(folder, "/", str(secret)) is None
    assert find(folder, "/", f"/{secret}") is None


@pytest.mark.skipif(os.name != "posix", reason="needs links and pipes")
def test_links_that_lead_outside_and_odd_things_are_not_opened(folder):
    """A pipe would be waited on for ever."""
    (folder / "link.txt").symlink_to("../secret.txt")
    (folder / "out").symlink_to("..")
    (folder / "page").mkdir()
    (folder / "page/index.html").symlink_to("../../secret.txt")
    (folder / "inside.txt").symlink_to("a b.txt")
    os.mkfifo(folder / "pipe")

    assert [None] * 4 == [find(folder, "/", address) for address in ("/link.txt", "/out/secret.txt", "/page/", "/pipe")]
    assert "a b.txt" == text(find(folder, "/", "/inside.txt"))


def test_a_folder_without_its_slash_is_moved_to(folder):
    assert Moved("/posts/a/") == find(folder, "/", "/posts/a")
    assert Moved("/posts/%C3%A9t%C3%A9/") == find(folder, "/", "/posts/%C3%A9t%C3%A9")


def test_a_redirect_never_leads_to_another_site(folder):
    (folder / "evil.example").mkdir()

    assert find(folder, "/", "//evil.example") is None
    assert Moved("/evil.example/") == find(folder, "/", "/evil.example")


def test_a_site_below_a_base_is_found_there_only(folder):
    assert "posts/a/index.html" == text(find(folder, "/hub/", "/hub/posts/a/"))
    assert Moved("/hub/posts/a/") == find(folder, "/hub/", "/hub/posts/a")
    assert Moved("/hub/") == find(folder, "/hub/", "/") == find(folder, "/hub/", "/hub")
    assert find(folder, "/hub/", "/posts/a/") is None
    assert find(folder, "/hub/", "/hubbub/posts/a/") is None


@pytest.mark.parametrize("address", ["", "index.html", "http://127.0.0.1/index.html", "/%ff"])
def test_what_is_no_address_is_told_apart(folder, address):
    with pytest.raises(BadAddress):
        find(folder, "/", address)


def test_a_folder_that_is_missing_for_an_instant_is_waited_for(folder):
    """Between the two renames of a system that cannot exchange."""
    import threading

    folder.rename(folder.with_name("aside"))
    timer = threading.Timer(0.1, lambda: folder.with_name("aside").rename(folder))
    timer.start()

    assert "index.html" == text(find(folder, "/", "/"))
    timer.join()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("event.ics", "text/calendar; charset=utf-8"),
        ("all.rss.xml", "application/rss+xml; charset=utf-8"),
        ("all.atom.xml", "application/atom+xml; charset=utf-8"),
        ("sitemap.xml", "application/xml"),
        ("all.json", "application/json"),
        ("site.webmanifest", "application/manifest+json"),
        ("letter.eml", "text/plain; charset=utf-8"),
        ("PHOTO.JPG", "image/jpeg"),
        ("hub.opml", "text/x-opml; charset=utf-8"),
        ("mail.html", "text/html; charset=utf-8"),
        ("2026.05.01.html", "text/html; charset=utf-8"),
        ("CNAME", "application/octet-stream"),
        ("x.unknown", "application/octet-stream"),
    ],
)
def test_a_file_has_the_type_that_a_host_would_give_it(name, expected):
    assert expected == content_type(name)
